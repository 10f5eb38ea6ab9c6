"""An OpenID provider of a few lines on a real port: discovery, keys, authorize, token and userinfo, signed with RSA.

It is as strict as the standard with whoever asks, and can be told to answer wrongly.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, SECRET = "practice-commons", "a secret of the client"


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """One a name, made once: making them takes time."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_pem(name: str) -> bytes:
    """What a forger takes for a shared secret."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key(name).public_key().public_bytes(serialization.Encoding.PEM, form)


class Provider(ThreadingHTTPServer):
    """Who signs in there, and how the answers are twisted."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.person: dict[str, Any] = {}
        self.discovery: dict[str, Any] = {}
        self.token: dict[str, Any] = {}
        self.userinfo: dict[str, Any] | None = None
        self.signed_with, self.algorithm, self.kid = "ours", "RS256", "one"
        self.refuses = ""
        self.broken: set[str] = set()
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[dict[str, str]] = []
        self.paths: list[str] = []

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        said = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": nonce}
        told = {"sub": self.person["sub"]} if self.userinfo is not None else self.person
        claims = {name: value for name, value in {**said, **told, **self.token}.items() if value is not None}
        if self.algorithm == "none":
            return jwt.encode(claims, None, algorithm="none", headers={"kid": self.kid})
        if self.algorithm == "HS256":
            return hs256(claims, public_pem("ours"), self.kid)
        return jwt.encode(claims, key(self.signed_with), algorithm=self.algorithm, headers={"kid": self.kid})


def hs256(claims: dict[str, Any], secret: bytes, kid: str) -> str:
    """By hand: the library refuses to sign with a public key as a secret."""
    import hmac

    head = {"alg": "HS256", "typ": "JWT", "kid": kid}
    parts = [base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=") for each in (head, claims)]
    signature = hmac.new(secret, b".".join(parts), hashlib.sha256).digest()
    return b".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        at = urlsplit(self.path)
        self.server.paths.append(at.path)
        if at.path in self.server.broken:
            return self.say({}, 500)
        {
            "/.well-known/openid-configuration": self.discovery,
            "/keys": self.keys,
            "/authorize": self.authorize,
            "/userinfo": self.userinfo,
        }[at.path]()

    def do_POST(self) -> None:
        """A code for a token, once, for whoever holds the secret and the verifier of the challenge."""
        self.server.paths.append(self.path)
        if self.path in self.server.broken:
            return self.say({}, 500)
        sent = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        asked = self.server.codes.pop(sent["code"], None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or (sent["client_id"], sent["client_secret"]) != (CLIENT_ID, SECRET)
            or sent["redirect_uri"] != asked["redirect_uri"]
            or (asked["code_challenge_method"], asked["code_challenge"]) != ("S256", challenge)
        ):
            return self.say({"error": "invalid_grant"}, 400)
        token = self.server.id_token(asked["nonce"])
        return self.say({"access_token": "an access token", "refresh_token": "a refresh token",
                         "expires_in": 300, "id_token": token})  # fmt: skip

    def discovery(self) -> None:
        url = self.server.url
        told = {
            "issuer": url,
            "authorization_endpoint": f"{url}/authorize",
            "token_endpoint": f"{url}/token",
            "userinfo_endpoint": f"{url}/userinfo",
            "jwks_uri": f"{url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }
        self.say({**told, **self.server.discovery})

    def keys(self) -> None:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(key("ours").public_key(), as_dict=True)
        self.say({"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]})

    def authorize(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        self.server.asked.append(asked)
        code = secrets.token_urlsafe(8)
        self.server.codes[code] = asked
        answer = {"error": self.server.refuses} if self.server.refuses else {"code": code}
        self.send_response(302)
        self.send_header(
            "Location", f"{asked['redirect_uri']}?{urlencode({**answer, 'state': asked['state']})}"
        )
        self.end_headers()

    def userinfo(self) -> None:
        assert self.headers["Authorization"] == "Bearer an access token"
        self.say(self.server.userinfo or {"sub": self.server.person["sub"]})

    def say(self, told: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def environment(url: str, **more: str) -> dict[str, str]:
    """What the site is told of it."""
    return {
        "OIDC_PROVIDERS": "north",
        "OIDC_NORTH_ISSUER": url,
        "OIDC_NORTH_CLIENT_ID": CLIENT_ID,
        "OIDC_NORTH_CLIENT_SECRET": SECRET,
        "OIDC_NORTH_NAME": "North Council",
        "OIDC_NORTH_DOMAINS": "north.example",
        **more,
    }


@contextmanager
def provider() -> Iterator[Provider]:
    """One that answers, until the block ends."""
    with Provider() as server:
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield server
        server.shutdown()
