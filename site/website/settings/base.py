"""What every environment shares. Secrets and addresses come from the environment, never from here."""

import os
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF

from .single_sign_on import providers

BASE_DIR = Path(__file__).resolve().parents[3]
env = environ.Env()

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

INSTALLED_APPS = [
    "website.accounts",
    "website.places",
    "website.outbox",
    "website.passages",
    "website.outgoing",
    "website.audit",
    "website.components",
    "website.health",
    "practice_library",
    "network",
    "search",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks_db",
    "taggit",
    "modelcluster",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.sites",
    "website.accounts.cms_users.CmsUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "django.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "search.api.problems.ApiProblems",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "website.conditional.ConditionalMiddleware",
    "csp.middleware.CSPMiddleware",
    "website.content_security.CmsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "website.accounts.middleware.SecondFactorMiddleware",
    "website.accounts.middleware.FreshSignOnMiddleware",
    "website.accounts.middleware.CmsDoorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "website.outbox.middleware.CmsTransactionMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "website.urls"
WSGI_APPLICATION = "website.wsgi.application"
ASGI_APPLICATION = "website.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "website.components.renderer.FormRenderer"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'practice-commons.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE is what stands in for row locks on SQLite; system check website.E001 guards it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
# One backend: each asks the database and hashes, and two would tell known addresses from unknown ones by both.
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "website.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True  # one address a person, replaced when the new one is confirmed
ACCOUNT_FORMS = {
    "login": "website.accounts.sign_in_forms.SignInForm",
    "reset_password": "website.accounts.sign_in_forms.ForgottenPasswordForm",
    "reset_password_from_key": "website.accounts.sign_in_forms.NewPasswordForm",
}
# Signs the address too, and asks the database nothing: allauth's own reads and writes for known addresses alone.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "single_sign_on": "300/m/ip",  # a whole council comes from one address in the morning
    "login_failed": "10/m/ip,5/300s/key",
    "reset_password": "20/m/ip,5/m/key",
    "signup": "20/m/ip",
    "confirm_email": "3/h/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
SOCIALACCOUNT_ADAPTER = "website.accounts.openid_adapter.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = providers(os.environ)
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: browsers keep a form from being led to another site (form-action)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Practice Commons"
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=False)
DEMO_LOGINS = False

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [BASE_DIR / "site" / "website" / "locale"]  # the words of allauth's pages and letters
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [path for path in [BASE_DIR / "site" / "build"] if path.exists()]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Opaque keys of erased people, outside the database: a restored copy of that has an old ledger.
ERASURE_LEDGER = Path(env("ERASURE_LEDGER", default=str(VAR_DIR / "erasures.txt")))
#: Hashes of removed passages, likewise.
REDACTION_LEDGER = Path(env("REDACTION_LEDGER", default=str(VAR_DIR / "removed-passages.txt")))

# Wagtail's own bookkeeping (a task for every row it saves) runs where it is enqueued; the worker gets batches only.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "worker": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

WAGTAIL_SITE_NAME = "Practice Commons"
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://localhost:8000")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_USAGE_COUNT_ENABLED = True
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_COMMENTS_ENABLED = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True
TAG_LIMIT = None

# Search. With ELASTICSEARCH_URL the site uses Elasticsearch; without it the embedded index below VAR_DIR.
ELASTICSEARCH_URL = env("ELASTICSEARCH_URL", default="")  # several nodes: commas between
ELASTICSEARCH_REPLICAS = env(
    "ELASTICSEARCH_REPLICAS", default="0-1"
)  # a number, or a range that follows the nodes
ELASTICSEARCH_PATIENCE = env.float(
    "ELASTICSEARCH_PATIENCE", default=0.8
)  # seconds, then the database answers
SEARCH_INDEX_DIR = Path(env("SEARCH_INDEX_DIR", default=str(VAR_DIR / "index")))
SEARCH_INDEX_PREFIX = env("SEARCH_INDEX_PREFIX", default="practice-commons")
SEARCH_MEANING_DIR = Path(env("SEARCH_MEANING_DIR", default=str(VAR_DIR / "meaning")))
#: How many people searches one person may make, in how many seconds: room for looking around, none for making lists.
PEOPLE_SEARCH_LIMITS = ((30, 60), (300, 86_400))
#: Passages that one visitor may report, who has no account: each takes words off a page until a moderator looked.
PASSAGE_REPORT_LIMITS = ((5, 600), (20, 86_400))
SEARCH_INDEXING = env("SEARCH_INDEXING", default="inline")  # "inline" or "worker"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's editing forms with many rows

# E-mail. "worker" leaves letters to the background worker; "inline" sends them after the commit, in the request.
MAIL_SENDING = env("MAIL_SENDING", default="inline")
MAIL_ALARM_SECONDS = env.int("MAIL_ALARM_SECONDS", default=3600)

COMPONENT_GALLERY = False
OUTBOX_ALARM_SECONDS = env.int("OUTBOX_ALARM_SECONDS", default=120)
