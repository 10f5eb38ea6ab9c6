"""What the database knows of the size of its tables, told at once after much was written."""

from __future__ import annotations

from django.db import connection

#: PostgreSQL counts by itself about a minute after smaller changes, and rightly takes its time.
MANY = 200


def count_anew(written: int) -> None:
    """After many rows: until PostgreSQL has counted them it joins as if tables were empty, each row with each."""
    if written >= MANY and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
