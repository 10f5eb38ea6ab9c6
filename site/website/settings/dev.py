"""Development: everything on one machine, no server needed, e-mail on the console."""

from .base import *  # noqa: F403
from .base import env

# Off in `make run`: whoever tries the site meets the error pages that readers meet, not a traceback.
DEBUG = env.bool("DEBUG", default=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
SECRET_KEY = "development-only-not-a-secret-" + "x" * 40
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
COMPONENT_GALLERY = True
DEMO_LOGINS = True
