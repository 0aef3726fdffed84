"""Opens the object store that the settings name."""

from __future__ import annotations

from pennydrop.errors import Unavailable
from pennydrop.settings import Settings
from pennydrop.storage.local import LocalStore
from pennydrop.storage.port import ObjectStore


class StorageNotSupported(Unavailable):
    """The settings name a store that this version can't use."""


def open_store(settings: Settings) -> ObjectStore:
    """Return the store for films. Raises `StorageNotSupported`."""
    if settings.storage == "s3":
        raise StorageNotSupported(
            "This version of Pennydrop keeps films in a folder only. Set PENNYDROP_STORAGE=local, "
            "or leave it out."
        )
    return LocalStore(settings.objects)
