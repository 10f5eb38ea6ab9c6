"""Development: everything on one machine, no server needed, e-mail on the console."""

from .base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "development-only-not-a-secret-" + "x" * 40
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
COMPONENT_GALLERY = True
DEMO_LOGINS = True
