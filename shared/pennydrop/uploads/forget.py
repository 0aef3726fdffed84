"""What stays of an upload whose film is gone: that it has ended, so that its sender hears it, and no name."""

from __future__ import annotations

from pennydrop.uploads.models import Upload, UploadState


def forget(upload: Upload, state: UploadState) -> None:
    """End an upload in this state; its title and file name go, and the room it held is free."""
    upload.state = state
    upload.reserved = 0
    upload.upload_metadata = ""
