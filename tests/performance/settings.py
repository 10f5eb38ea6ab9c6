"""Settings of benchmarks: as in production where it costs time, with synthetic data allowed."""

from website.settings.test import *  # noqa: F403
from website.settings.test import BASE_DIR, INSTALLED_APPS, VAR_DIR, env

INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "zeal"]
ALLOW_SCALE_DATA = True
SEARCH_INDEXING = "inline"
ELASTICSEARCH_URL = ""
BENCH_ELASTICSEARCH_URL = env("ELASTICSEARCH_URL", default="")
STATICFILES_DIRS = [BASE_DIR / "site" / "build"]
COMPONENT_GALLERY = False
LOGGING_CONFIG = None
# One place for every process of a run; settings.test makes a new folder for each.
SEARCH_INDEX_DIR = VAR_DIR / "index"
MEDIA_ROOT = VAR_DIR / "media"
