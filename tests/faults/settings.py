"""A site of its own on files that outlive its processes, so that these may be killed."""

import os
from pathlib import Path

from website.settings.test import *  # noqa: F403

SEARCH_INDEX_DIR = Path(os.environ["FAULT_INDEX_DIR"])
SEARCH_INDEX_PREFIX = os.environ["FAULT_INDEX_PREFIX"]
SEARCH_INDEXING = os.environ.get("SEARCH_INDEXING", "worker")
