"""Opens a hostile film with PyAV: known formats and codecs only, no second file, errors as sentences."""

from __future__ import annotations

import os
from typing import Any, NoReturn

import av
import av.subtitles.codeccontext
import av.subtitles.stream  # PyAV imports these when it first meets such a track: too late, after the lock
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.stream import VideoStream

from pennydrop.media.failures import MediaFailure
from pennydrop.media.mp4.boxes import Mp4Unreadable, NotPlainMp4
from pennydrop.media.mp4.index import Mp4Index, read_index
from pennydrop.media.probe import AUDIO_DECODERS, FORMATS, VIDEO_DECODERS

MAX_TRACKS = 32
# How far into a film the demuxer may look for its streams' parameters.
PROBE_BYTES = 8 << 20
PROBE_US = 10_000_000
# The kinds of box with which MP4 and MOV files begin.
MP4_BEGINNINGS = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
PHOTO_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*")
# Photos of phones in a box that looks like MP4's: HEIC and AVIF.
PHOTO_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"avif", b"WEBP")


def _refuse(*_: Any) -> NoReturn:
    raise PermissionError("A film names another file.")


def open_film(path: str) -> InputContainer:
    """Open the film at `path`. Raises `MediaFailure` when it is none."""
    options = {
        "protocol_whitelist": "file",
        "format_whitelist": ",".join(FORMATS),
        "codec_whitelist": ",".join((*VIDEO_DECODERS, *AUDIO_DECODERS)),
        "probesize": str(PROBE_BYTES),
        "analyzeduration": str(PROBE_US),
        "max_streams": str(4 * MAX_TRACKS),
    }
    try:
        film = av.open(f"file:{path}", "r", options=options, metadata_errors="ignore")
    except (av.FFmpegError, ValueError) as error:
        raise _why_not(path, error) from error
    if len(film.streams) > MAX_TRACKS:
        raise MediaFailure("too_many_tracks", count=len(film.streams))
    return film


def _why_not(path: str, error: Exception) -> MediaFailure:
    technical = f"{type(error).__name__}: {error}"
    with open(path, "rb") as file:  # noqa: PTH123 — no import after the lock, and pathlib is lazy
        head = file.read(16)
    if not head:
        return MediaFailure("empty_file", technical=technical)
    if head.startswith(PHOTO_BEGINNINGS) or head[8:12] in PHOTO_BRANDS:
        return MediaFailure("still_picture", technical=technical)
    if head[4:8] in MP4_BEGINNINGS:
        try:
            index_of(path)
        except NotPlainMp4:
            return MediaFailure("damaged", technical=technical)
        except Mp4Unreadable as unreadable:
            return unreadable_index(unreadable)
        return MediaFailure("damaged", technical=technical)
    return MediaFailure("not_a_video", technical=technical)


def unreadable_index(error: Mp4Unreadable) -> MediaFailure:
    """Turn what is wrong with an MP4's index into a failure."""
    advice = "" if "Please" in error.reason else " Please copy it from the phone again."
    return MediaFailure("index_unreadable", reason=error.reason + advice)


def index_of(path: str) -> Mp4Index:
    """Read the index of the plain MP4 or MOV at `path`."""
    fd = os.open(path, os.O_RDONLY)
    try:
        return read_index(lambda offset, length: os.pread(fd, length, offset), os.fstat(fd).st_size)
    finally:
        os.close(fd)


def video_of(film: InputContainer, wanted: int | None = None) -> VideoStream:
    """Return the film's picture: stream `wanted`, or the largest one that is no cover art."""
    pictures = [s for s in film.streams.video if not s.disposition & s.disposition.attached_pic]
    if not pictures:
        raise MediaFailure("no_picture" if film.streams.audio else "not_a_video")
    known = [s for s in pictures if _decodable(s, VIDEO_DECODERS)]
    if not known:
        # A stream that no decoder is known for has no tag either.
        tag = str(getattr(pictures[0], "codec_tag", ""))
        raise MediaFailure("unknown_codec", what=name_of(pictures[0]) or tag or "its codec is unknown")
    for stream in known:
        if stream.index == wanted:
            return stream
    return max(known, key=lambda s: (s.width * s.height, -s.index))


def audio_of(film: InputContainer, wanted: int | None = None) -> AudioStream | None:
    """Return the sound that people hear: stream `wanted`, else AAC, else the first that can be decoded."""
    known = [s for s in film.streams.audio if _decodable(s, AUDIO_DECODERS) and s.rate and s.channels]
    return min(known, key=lambda s: (s.index != wanted, name_of(s) != "aac", s.index), default=None)


def name_of(stream: VideoStream | AudioStream) -> str:
    """Return the codec's own name, whichever decoder would be used for it; empty when it is unknown."""
    context = getattr(stream, "codec_context", None)
    return str(context.codec.canonical_name) if context is not None else ""


def _decodable(stream: VideoStream | AudioStream, decoders: tuple[str, ...]) -> bool:
    context = getattr(stream, "codec_context", None)
    return context is not None and context.name in decoders
