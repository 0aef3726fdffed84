"""What a client says about the film it sends: tus `Upload-Metadata`, checked."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime

from pennydrop.ids import ID_LENGTH
from pennydrop.uploads.errors import UploadMetadataInvalid
from pennydrop.videos.models import Purpose

LONGEST = 4000
LONGEST_NAME = 255
LONGEST_TITLE = 200
_KEY = re.compile(r"[!-+\--~]+")  # visible ASCII but the comma
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class FilmDetails:
    """What is known of a film before its first byte."""

    filename: str
    title: str
    purpose: Purpose
    owner: str | None
    action_step: str | None
    round: str | None
    recorded_at: datetime | None


def read_pairs(header: str) -> dict[str, str]:
    """Take `Upload-Metadata` apart (tus 1.0.0, creation): `key base64, key base64, key`.

    Raises `UploadMetadataInvalid`.
    """
    if len(header) > LONGEST:
        raise UploadMetadataInvalid("There is too much in Upload-Metadata. Please shorten the title.")
    pairs: dict[str, str] = {}
    for part in header.split(",") if header.strip() else []:
        key, _, value = part.strip().partition(" ")
        if not _KEY.fullmatch(key) or key in pairs:
            raise UploadMetadataInvalid("Upload-Metadata is a list of different names, each with a value.")
        try:
            pairs[key] = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise UploadMetadataInvalid(f"The value of {key!r} isn't UTF-8 text in base64.") from None
    return pairs


def read_details(header: str) -> FilmDetails:
    """Return what the header says of the film. Raises `UploadMetadataInvalid` with what to change."""
    pairs = read_pairs(header)
    filename = _base_name(_clean(pairs.get("filename", "")))
    if not filename:
        raise UploadMetadataInvalid("Please send the file's name as filename in Upload-Metadata.")
    title = _clean(pairs.get("title", "")) or _without_suffix(filename)
    if len(title) > LONGEST_TITLE:
        raise UploadMetadataInvalid(f"Please choose a title of at most {LONGEST_TITLE} characters.")
    return FilmDetails(
        filename=filename[-LONGEST_NAME:],
        title=title,
        purpose=_purpose(pairs.get("purpose", "")),
        owner=_id(pairs, "owner"),
        action_step=_id(pairs, "action_step"),
        round=_id(pairs, "round"),
        recorded_at=_moment(pairs.get("recorded_at", "")),
    )


def _clean(text: str) -> str:
    """Drop what can't be seen and could mislead whoever reads it."""
    return _CONTROL.sub("", text).strip()


def _base_name(name: str) -> str:
    return re.split(r"[/\\]", name)[-1].strip()


def _without_suffix(filename: str) -> str:
    stem = filename.rpartition(".")[0] or filename
    return stem[:LONGEST_TITLE]


def _purpose(text: str) -> Purpose:
    try:
        return Purpose(text or Purpose.LESSON)
    except ValueError:
        choices = ", ".join(Purpose)
        raise UploadMetadataInvalid(f"The purpose of a film is one of: {choices}.") from None


def _id(pairs: dict[str, str], key: str) -> str | None:
    value = pairs.get(key, "")
    if value and (len(value) > ID_LENGTH or not value.isascii() or not value.isalnum()):
        raise UploadMetadataInvalid(f"The value of {key!r} isn't an id we know.")
    return value or None


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not 1900 < moment.year < 9000:
        raise UploadMetadataInvalid(
            "When it was recorded is written like 2026-03-09T10:15:00Z, with its time zone."
        )
    return moment
