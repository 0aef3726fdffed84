"""What can go wrong with an upload. Nothing that has arrived is ever lost by these."""

from __future__ import annotations

from pennydrop.errors import Conflict, Gone, Invalid, NoRoom, NotFound, TooLarge, Unavailable

GIB = 1024**3


def gigabytes(size: int) -> str:
    return f"{size / GIB:.1f} GB" if size >= GIB // 10 else f"{size / 1024**2:.1f} MB"


class UploadNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("We don't know this upload. Please choose the file again.")


class UploadExpired(Gone):
    def __init__(self) -> None:
        super().__init__("Nothing came for a week, so this upload has ended. Please choose the file again.")


class UploadTerminated(Gone):
    def __init__(self) -> None:
        super().__init__("This upload was cancelled. Please choose the file again.")


class TusVersionUnsupported(Invalid):
    def __init__(self) -> None:
        super().__init__("Uploads are spoken in tus 1.0.0: please send Tus-Resumable: 1.0.0.")


class NotABodyOfBytes(Invalid):
    def __init__(self) -> None:
        super().__init__("The bytes of a film are sent as application/offset+octet-stream.")


class MethodNotOverridden(Invalid):
    def __init__(self) -> None:
        super().__init__("Please say in X-HTTP-Method-Override what to do: HEAD, PATCH or DELETE.")


class UploadHeaderInvalid(Invalid):
    """A header of the protocol is missing or isn't what it should be."""


class UploadMetadataInvalid(UploadHeaderInvalid):
    """What the client says about the film can't be used."""


class UploadLengthInvalid(UploadHeaderInvalid):
    """How long the file is was said wrongly, twice, or not at all."""


class OffsetMismatch(Conflict):
    def __init__(self, stated: int, kept: int) -> None:
        super().__init__(
            f"We have {kept} bytes of this file, but what was sent begins at byte {stated}. "
            f"Ask where to go on, then send the rest from there."
        )


class UploadBusy(Conflict):
    def __init__(self) -> None:
        super().__init__("This upload is going on over another connection just now. Try again in a moment.")


class UploadTakenOver(Conflict):
    def __init__(self) -> None:
        super().__init__("This upload went on over another connection; what came over this one is kept.")


class UploadStalled(Conflict):
    def __init__(self) -> None:
        super().__init__("Nothing came for too long. What arrived is kept: go on from there.")


class UploadMovesOn(Unavailable):
    def __init__(self) -> None:
        super().__init__(
            "Pennydrop is being restarted. What arrived is kept, and the rest goes on in a moment."
        )


class UploadBytesLost(Conflict):
    def __init__(self) -> None:
        super().__init__("Part of what was stored is gone from our disk. Please send the file again.")


class UploadArrived(Conflict):
    def __init__(self) -> None:
        super().__init__("This film has arrived whole. To remove it, delete the video itself.")


class FilmIsTheOwners(Conflict):
    """Who sent a film for somebody else can't throw it away any more."""

    def __init__(self, name: str) -> None:
        super().__init__(f"This film has arrived whole, and it is {name}'s: only {name} can delete it now.")


class ChecksumMismatch(Conflict):
    def __init__(self) -> None:
        super().__init__("Those bytes were damaged on their way and were thrown away. Send them again.")


class ChecksumUnsupported(UploadHeaderInvalid):
    def __init__(self) -> None:
        super().__init__("A checksum is the word sha1 or sha256, a space, and the digest in base64.")


class FilmTooLarge(TooLarge):
    def __init__(self, largest: int) -> None:
        super().__init__(
            f"This file is larger than {gigabytes(largest)}, the most that is taken here. "
            f"Film in 1080p rather than 4K, or in shorter pieces."
        )


class MoreThanSaid(TooLarge):
    def __init__(self, length: int) -> None:
        super().__init__(f"More came than the {length} bytes the file was said to have; it wasn't kept.")


class QuotaFull(NoRoom):
    def __init__(self, quota: int) -> None:
        super().__init__(
            f"With this film there would be more than {gigabytes(quota)} of films, the most one person may "
            f"keep here. Delete some that are no longer needed, then try again."
        )


class DiskFull(NoRoom):
    retry_after_s = 60

    def __init__(self) -> None:
        super().__init__(
            "There isn't enough room on the school's server for this film. What is there is safe. "
            "Please tell whoever looks after Pennydrop, and keep the film on your phone: it goes on by "
            "itself once there is room."
        )
