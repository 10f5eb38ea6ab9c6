"""Tests: real engines, throw-away files, fast hashing, tasks run where they are enqueued."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import INSTALLED_APPS
from .single_sign_on import providers

DEBUG = False
SECRET_KEY = "test-only-not-a-secret-" + "x" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TEST_DIR = Path(tempfile.mkdtemp(prefix="practice-commons-test-"))
MEDIA_ROOT = TEST_DIR / "media"
ERASURE_LEDGER = TEST_DIR / "erasures.txt"
REDACTION_LEDGER = TEST_DIR / "removed-passages.txt"
SEARCH_INDEX_DIR = TEST_DIR / "index"
SEARCH_MEANING_DIR = TEST_DIR / "meaning"
SEARCH_INDEX_PREFIX = f"test-{TEST_DIR.name[-8:].lower().replace('_', 'x')}"
SEARCH_INDEXING = "inline"
MAIL_SENDING = "inline"
# One that is configured and never answers: every page is looked at with its button.
SOCIALACCOUNT_PROVIDERS = providers(
    {
        "OIDC_PROVIDERS": "example",
        "OIDC_EXAMPLE_ISSUER": "http://127.0.0.1:9",
        "OIDC_EXAMPLE_CLIENT_ID": "practice-commons",
        "OIDC_EXAMPLE_CLIENT_SECRET": "not a secret",
        "OIDC_EXAMPLE_NAME": "Example Council",
        "OIDC_EXAMPLE_DOMAINS": "council.example",
    }
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
COMPONENT_GALLERY = True
DEMO_LOGINS = True
