"""Production's settings on files of their own: what is measured is what is served."""

import os
from pathlib import Path

BENCH_DIR = Path(os.environ["BENCH_DIR"])
DATABASE_URL = os.environ.get("DATABASE_URL", "")
os.environ["VAR_DIR"] = str(BENCH_DIR)
os.environ["SEARCH_INDEX_DIR"] = str(BENCH_DIR / "index")
os.environ["SECRET_KEY"] = "a-key-that-only-signs-measurements-0123456789-" + "abcdefghij" * 3
os.environ["ALLOWED_HOSTS"] = "localhost"
os.environ["LOG_LEVEL"] = "ERROR"
for reader_facing in ("CACHE_URL", "EMAIL_URL", "BASE_URL"):
    os.environ.pop(reader_facing, None)

from website.settings.production import *  # noqa: E402, F403
from website.settings.production import DATABASES  # noqa: E402

from tests.performance.stage import database_of  # noqa: E402

SECURE_SSL_REDIRECT = False
SEARCH_INDEXING = "inline"
SEARCH_INDEX_PREFIX = f"bench-{BENCH_DIR.name.lower().replace('_', '-').strip('-')}"
ALLOW_SCALE_DATA = True
PEOPLE_SEARCH_LIMITS = ((10**9, 60), (10**9, 86_400))  # counted as in production, and never reached
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
ELASTICSEARCH_AT = os.environ.get("ELASTICSEARCH_URL", "")
if os.environ.get("BENCH_ENGINE") != "elastic":
    ELASTICSEARCH_URL = ""

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["NAME"] = str(BENCH_DIR / "bench.sqlite3")
else:
    # Never the database that DATABASE_URL names: one beside it.
    DATABASES["default"]["NAME"] = database_of(BENCH_DIR)
