"""Opens the staging that fits the store."""

from __future__ import annotations

from pennydrop.db.session import SessionMaker
from pennydrop.settings import Settings
from pennydrop.storage.port import ObjectStore
from pennydrop.uploads.staging.folder import FolderStaging
from pennydrop.uploads.staging.port import Staging


def open_staging(settings: Settings, store: ObjectStore, sessions: SessionMaker) -> Staging:
    """Return where unfinished uploads gather: beside the films, so that finishing is no copying."""
    if settings.storage == "local":
        return FolderStaging(settings.uploads)
    # Not loaded where it isn't wanted.
    from pennydrop.storage.s3 import S3Store
    from pennydrop.uploads.staging.bucket import BucketStaging
    from pennydrop.uploads.staging.lease import Leases

    if not isinstance(store, S3Store):
        raise TypeError(f"{store!r} takes no uploads in parts")
    return BucketStaging(store, Leases(sessions))
