"""OpenID Connect as allauth speaks it, held to what the standard asks of whoever relies on a provider.

allauth checks no signature of what comes from the token address, sends no nonce, takes the issuer that the discovery
document names and believes what userinfo says of anybody. Here each is checked: docs/adr/0020-single-sign-on.md.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cached_property
from typing import Any

import jwt
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from .models import User

#: Signed by the provider alone: none with a secret that we hold as well.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
REQUIRED = ["iss", "aud", "sub", "exp", "iat", "nonce"]
CLOCKS_DIFFER = 60  # seconds
#: What allauth's table of subjects holds.
LONGEST_SUBJECT = 191
#: In the address of leaving, and kept in the session until the way back: prove once more who you are.
AGAIN = "again"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")

Claims = dict[str, Any]


class Refused(OAuth2Error):
    """An answer of a provider that we do not accept, in words for the log: they hold nothing that the provider sent."""


class Exchange(OpenIDConnectOAuth2Adapter):
    """One sign-in, from leaving to coming back."""

    nonce = ""

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        """The discovery document of the issuer that was configured, and of no other.

        Raises: RequestException, Refused.
        """
        provider = self.get_provider()
        told = _asked(provider.server_url)
        if told.get("issuer") != provider.app.settings["issuer"]:
            raise Refused("The discovery document names another issuer.")
        if not all(isinstance(told.get(name), str) for name in ENDPOINTS):
            raise Refused("The discovery document lacks an address.")
        return told

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """Exchange the code, and keep in mind which nonce this browser was sent away with."""
        self.nonce = _challenge(pkce_code_verifier or "")
        try:
            told = super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)
        except (KeyError, ValueError) as error:
            raise Refused("The answer of the token address cannot be read.") from error
        return dict(told)

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """To ask userinfo with; it is never stored, and no second one is kept to renew it."""
        return SocialToken(token=data["access_token"])

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Whoever the signed token is about. Raises: RequestException, Refused."""
        claims = claims_of(
            kwargs["response"].get("id_token") or "",
            keys=_asked(self.openid_config["jwks_uri"]),
            issuer=self.openid_config["issuer"],
            client_id=app.client_id,
            nonce=self.nonce,
        )
        if "email" not in claims and "userinfo_endpoint" in self.openid_config:
            told = _asked(self.profile_url, {"Authorization": f"Bearer {token.token}"})
            if told.get("sub") != claims["sub"]:
                raise Refused("Userinfo is about somebody else.")
            claims = {**claims, **_of_one_source(told, claims)}
        return self.get_provider().sociallogin_from_response(request, claims)


class StrictProvider(OpenIDConnectProvider):
    """A provider that is asked for who somebody is, and for nothing else."""

    oauth2_adapter_class = Exchange

    def get_pkce_params(self) -> dict[str, str]:
        """The challenge is the nonce as well: both are new each time, and only this browser's session holds the verifier."""
        params = super().get_pkce_params()
        challenge = _challenge(params["code_verifier"])
        return {**params, "code_challenge": challenge, "nonce": challenge}

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Of the address only where to go afterwards, and whether to be asked anew: allauth takes scope and purpose."""
        again = AGAIN in request.GET
        return {
            "process": AuthProcess.LOGIN,
            "next_url": get_next_redirect_url(request),
            "scope": self.get_scope(),
            "auth_params": {"prompt": "login", "max_age": "0"} if again else {},
            AGAIN: again,
        }

    def sociallogin_from_response(self, request: HttpRequest, response: Claims) -> SocialLogin:
        """The subject, and beside it, for this request alone, what was said."""
        account = SocialAccount(provider=self.sub_id, uid=response["sub"], extra_data={})
        login = SocialLogin(provider=self, account=account, user=User())
        login.claims = response
        return login


def claims_of(id_token: str, *, keys: dict[str, Any], issuer: str, client_id: str, nonce: str) -> Claims:
    """What a token says that the issuer signed, for us, in answer to this browser. Raises: Refused."""
    try:
        kid = jwt.get_unverified_header(id_token).get("kid")
        key = next(each for each in jwt.PyJWKSet.from_dict(keys).keys if each.key_id == kid)
        claims: Claims = jwt.decode(
            id_token,
            key,
            algorithms=ALGORITHMS,
            audience=client_id,
            issuer=issuer,
            leeway=CLOCKS_DIFFER,
            options={"require": REQUIRED},
        )
    except (jwt.PyJWTError, StopIteration) as error:
        raise Refused(f"The token is refused: {type(error).__name__}.") from error
    if not nonce or not constant_time_compare(str(claims["nonce"]), nonce):
        raise Refused("The token answers another question.")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != client_id:
        raise Refused("The token is for somebody else too.")
    if not claims["sub"] or len(claims["sub"]) > LONGEST_SUBJECT:
        raise Refused("The subject is empty or too long.")
    return claims


def _of_one_source(told: Claims, claims: Claims) -> Claims:
    """An address and whether it is verified, both by userinfo: what the token says of another one does not count for it.

    A token that says no is believed.
    """
    verified = told.get("email_verified") if claims.get("email_verified", True) in (True, "true") else False
    return {"email": told.get("email"), "name": told.get("name"), "email_verified": verified}


def _challenge(verifier: str) -> str:
    """S256 of RFC 7636."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() if verifier else ""


def _asked(address: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    with get_adapter().get_requests_session() as session:
        answer = session.get(address, headers=headers)
        answer.raise_for_status()
        told = answer.json()
    if not isinstance(told, dict):
        raise Refused("The answer is not an object.")
    return told
