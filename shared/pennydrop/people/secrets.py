"""Random secrets that open a door, and what is kept of them: a fingerprint that opens nothing."""

from __future__ import annotations

import hashlib
import secrets


def new_secret(prefix: str = "") -> str:
    """Make a secret of 256 random bits, safe in a URL. The prefix says what kind it is to who finds one."""
    return prefix + secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """Return the sha256 of a secret, in hex.

    Unlike a password a secret can't be guessed, so a slow hash would only make every request slow.
    """
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
