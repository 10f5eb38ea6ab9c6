"""Production: everything from the environment, and no start with a setting that would be unsafe.

docs/operations.md lists the variables.
"""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import VAR_DIR, env
from .logs import json_logging

DEBUG = env.bool("DEBUG", default=False)
if DEBUG:
    raise ImproperlyConfigured("DEBUG must be off in production: error pages would show settings and data.")

SECRET_KEY = env("SECRET_KEY", default="")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
    raise ImproperlyConfigured(
        "SECRET_KEY must be set to at least 50 random characters, for example from "
        "python -c 'import secrets; print(secrets.token_urlsafe(64))'."
    )
if any(word in SECRET_KEY.lower() for word in ("not-a-secret", "insecure", "changeme", "change-me")):
    raise ImproperlyConfigured("SECRET_KEY is a default that everybody can read: make one of your own.")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS must name the hosts that the site answers to, with commas between."
    )
if any(host.startswith("*") for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must not hold *: links in e-mails could lead to any host.")

BASE_URL = env("BASE_URL", default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}")
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=True)

# Rate limits tell clients apart by address, so the number of proxies in front has to be known.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Rate limits count in the cache: one cache for all workers, or each worker would count for itself.
CACHES = {"default": env.cache_url("CACHE_URL", default=f"filecache://{VAR_DIR / 'cache'}")}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env(
    "DEFAULT_FROM_EMAIL", default=f"Practice Commons <no-reply@{ALLOWED_HOSTS[0].lstrip('.')}>"
)
EMAIL_TIMEOUT = 10

SEARCH_INDEXING = env("SEARCH_INDEXING", default="worker")
MAIL_SENDING = env("MAIL_SENDING", default="worker")
LOGGING = json_logging(env("LOG_LEVEL", default="INFO"))

# The CMS shows previews in a frame of the same origin, so frames are limited to it and not forbidden.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
