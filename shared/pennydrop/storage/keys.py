"""What objects are called. Keys come from ids and attempts, never from what somebody typed."""

from __future__ import annotations

import re

from pennydrop.errors import Invalid

_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
LONGEST = 300

SOURCES = "sources/"
RENDITIONS = "renditions/"
CLIPS = "clips/"
LIVE = "live/"
PIECES = "pieces/"
TAILS = "tails/"
ERASURES = "erasures/"
# What the store says of itself.
INSTALLATION = "installation"
RESTORING = "restoring"
PROBE = "doctor/probe"


class KeyInvalid(Invalid):
    """A key that could leave the store, or that some store couldn't hold."""

    def __init__(self, key: str) -> None:
        super().__init__(f"{key[:80]!r} can't be the name of a stored file.")


def checked(key: str) -> str:
    """Return `key` if every store can hold it. Raises `KeyInvalid`.

    Parts between slashes are letters, digits, `.`, `_` and `-`, and never begin with a dot: no key can
    climb out of a folder or meet the store's own hidden files.
    """
    if len(key) > LONGEST or not all(_PART.fullmatch(part) for part in key.split("/")):
        raise KeyInvalid(key)
    return key


def source(source_id: str) -> str:
    return checked(f"{SOURCES}{source_id}")


def tail(upload_id: str, offset: int) -> str:
    """What has come of an unfinished upload beyond its last whole part, up to `offset`."""
    return checked(f"{tails_of(upload_id)}{offset}")


def tails_of(upload_id: str) -> str:
    return f"{TAILS}{upload_id}/"


def rendition(video_id: str, name: str, attempt: str, file: str) -> str:
    """One file of a rendition. `attempt` is the job attempt's own prefix: attempts never meet."""
    return checked(f"{RENDITIONS}{video_id}/{name}/{attempt}/{file}")


def clip(clip_id: str, attempt: str) -> str:
    return checked(f"{CLIPS}{clip_id}/{attempt}.mp4")


def live(video_id: str, attempt: str, file: str) -> str:
    """One file of the growing HLS copy."""
    return checked(f"{LIVE}{video_id}/{attempt}/{file}")


def piece(video_id: str, attempt: str, file: str) -> str:
    """What one chunk adds to a copy."""
    return checked(f"{pieces_of(video_id)}{attempt}/{file}")


def pieces_of(video_id: str) -> str:
    return f"{PIECES}{video_id}/"


def erasure(entry: str) -> str:
    """An entry of the ledger of erasures: kept for ever."""
    return checked(f"{ERASURES}{entry}")


def is_note(key: str) -> bool:
    """Whether an object is no film's, but what the store says of itself: no row refers to it."""
    return key in (INSTALLATION, RESTORING, PROBE) or key.startswith(ERASURES)


def of_video(video_id: str) -> tuple[str, ...]:
    """The prefixes under which everything made from a video lies (its source apart: others may use it)."""
    return (f"{RENDITIONS}{video_id}/", live_of(video_id), pieces_of(video_id))


def live_of(video_id: str) -> str:
    return f"{LIVE}{video_id}/"


def of_clip(clip_id: str) -> str:
    return f"{CLIPS}{clip_id}/"


def name(key: str) -> str:
    """The last part of a key."""
    return key[key.rfind("/") + 1 :]


def folder(key: str) -> str:
    """The prefix of the files that lie beside `key`."""
    return key[: key.rfind("/") + 1]
