"""Keys in links that come by letter: what they hold cannot be read, so that no log or history tells whose they are."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings

LINK_HOLDS = 3 * 24 * 60 * 60  # seconds


def locksmith(purpose: str) -> Fernet:
    """One a purpose, so that a key opens nothing else."""
    secret = hashlib.sha256(f"website.accounts.{purpose}".encode() + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
