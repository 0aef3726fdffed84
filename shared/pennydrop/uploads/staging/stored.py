"""What both kinds of staging need to know of the store."""

from __future__ import annotations

from pennydrop.storage.port import ObjectMissing, ObjectStore

# What a creation that was rolled back left: no creation takes anywhere near this long.
STRAY_AFTER_S = 3600


def is_stored(store: ObjectStore, key: str, length: int) -> bool:
    """Say whether an object is there, whole."""
    try:
        return store.size(key) == length
    except ObjectMissing:
        return False
