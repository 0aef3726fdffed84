"""`pennydrop bucket`: a place for films on a new S3-compatible server."""

from __future__ import annotations

from pennydrop.errors import Invalid
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store
from pennydrop.storage.s3 import S3Store


class FilmsInAFolder(Invalid):
    def __init__(self) -> None:
        super().__init__("Films are kept in a folder here. For a bucket set PENNYDROP_STORAGE=s3.")


def make(settings: Settings) -> None:
    """Make the bucket that the settings name, and say so. Raises `FilmsInAFolder`, `Unavailable`."""
    store = open_store(settings)
    if not isinstance(store, S3Store):
        raise FilmsInAFolder
    made = store.make_bucket()
    print(f"The bucket {settings.s3_bucket} is {'made' if made else 'there already'}.")
