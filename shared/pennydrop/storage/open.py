"""Opens the object store that the settings name."""

from __future__ import annotations

from pennydrop.errors import Unavailable
from pennydrop.settings import Settings
from pennydrop.storage.local import LocalStore
from pennydrop.storage.port import ObjectStore


class StorageIncomplete(Unavailable):
    """The settings ask for S3 and don't say where or as whom, or name a folder that isn't there."""


def open_store(settings: Settings, *, impatient: bool = False) -> ObjectStore:
    """Return the store for films, `impatient` where people wait for it. Raises `StorageIncomplete`."""
    if settings.storage == "local":
        return LocalStore(settings.objects)
    missing = [
        name
        for name, value in (
            ("PENNYDROP_S3_ENDPOINT", settings.s3_endpoint),
            ("PENNYDROP_S3_ACCESS_KEY", settings.s3_access_key.get_secret_value()),
            ("PENNYDROP_S3_SECRET_KEY", settings.s3_secret_key.get_secret_value()),
        )
        if not value
    ]
    if missing:
        raise StorageIncomplete(f"Films are to be kept in S3. Please set {', '.join(missing)} too.")
    room = settings.room_folder
    if room is not None and not room.is_dir():
        raise StorageIncomplete(
            f"There is no folder {room}. Please set PENNYDROP_ROOM_FOLDER to one, or not at all."
        )
    # The client takes a while to load: not where it isn't wanted.
    from pennydrop.storage.s3 import S3Store
    from pennydrop.storage.s3_client import make_client

    return S3Store(make_client(settings, impatient=impatient), settings.s3_bucket, room)
