"""Search by meaning: an optional part that orders what words find, and adds what they miss."""

import os

# Products as small as ours take longer on two threads that wait for each other than on one. Read when numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
