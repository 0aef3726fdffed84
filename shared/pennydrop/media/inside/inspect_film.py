"""Looks into a film once: what it is, when each frame is shown, and how it can be watched at once."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream as AvVideo

from pennydrop.media.failures import MediaFailure
from pennydrop.media.frames import FrameTable
from pennydrop.media.inside.opening import (
    audio_of,
    index_of,
    name_of,
    open_film,
    unreadable_index,
    video_of,
)
from pennydrop.media.inside.reading import frames_by_reading, is_heard
from pennydrop.media.mp4.boxes import Mp4Unreadable, NotPlainMp4
from pennydrop.media.mp4.index import Mp4Index, TrackIndex
from pennydrop.media.mp4.virtual import build_virtual
from pennydrop.media.plan import plan_for
from pennydrop.media.probe import AudioStream, Hdr, Probe, VideoStream

SOURCE = "/proc/self/fd/3"
# GoPro's 5.3K in its tallest shape has 24.7 million; 8K has 33 million.
MAX_PIXELS = 25_000_000
MAX_SIDE = 8192
MIN_SIDE = 32
# Half a second of 1000 frames a second, or a long GOP's leading pictures: then something must have shown.
PACKETS_TO_FIRST_FRAME = 500
FRAMES_LOOKED_AT = 3
MAX_RATE = 1000
# On average. A lecture recorded as slides may stand still for long, yet not a whole film of a lesson.
MAX_SECONDS_A_FRAME = 5
# Sample entries of encrypted pictures (ISO/IEC 23001-7) and of films from shops.
PROTECTED = frozenset({"encv", "drmi"})
TRANSFERS: dict[int, Hdr] = {16: "pq", 18: "hlg"}


def task(arguments: dict[str, Any]) -> dict[str, Any]:
    """Write `frames.json`, and `virtual.bin` where the film can be watched as it is; return the probe."""
    try:
        return _look_into(SOURCE, int(arguments["max_minutes"]))
    except av.FFmpegError as error:
        raise MediaFailure("damaged", technical=f"{type(error).__name__}: {error}") from error


def _look_into(path: str, max_minutes: int) -> dict[str, Any]:
    with open_film(path) as film:
        index = _index(film, path)
        if index and index.video.codec in PROTECTED:
            raise MediaFailure("protected")
        video = video_of(film, index.video.position if index else None)
        _check_size(video)
        sound = index.sound if index else None
        audio = audio_of(film, sound.position if sound else None)
        first = _first_frames(film, video)
        time_base = video.time_base or Fraction(1, 90_000)
        start = Fraction(first[0].pts or 0) * time_base
        if index and (
            index.video.position != video.index
            or abs(index.video.seconds(index.video.first_shown) - start) > Fraction(1, 200)
        ):
            # The decoder shows something else first than the index says: the decoder is what people see.
            index = None
        if index:
            frames = FrameTable.from_track(index.video)
        else:
            frames, begins = frames_by_reading(path, video.index, first[0].pts or 0)
            start = begins * time_base
        end = start + Fraction(frames.end, frames.timescale)
        if audio is not None and not _is_heard(path, sound, audio.index, start, end):
            audio = None
        probe = Probe(
            container=film.format.name,
            fragmented=index is None and film.format.name.startswith("mov"),
            plain_mp4=index is not None,
            data_tracks=sum(s.type in ("data", "attachment", "subtitle") for s in film.streams),
            size=film.size,
            duration_ms=frames.duration_ms,
            frames=len(frames),
            video=_video(video, first, start, frames, index),
            audio=_audio(audio),
        )
    _check_times(probe, max_minutes)
    if plan_for(probe).watch == "virtual" and not _write_virtual(index, probe):
        probe = Probe.from_json(probe.to_json() | {"plain_mp4": False})
    with open("frames.json", "w") as out:  # noqa: PTH123
        json.dump(frames.to_json(), out, separators=(",", ":"))
    return {"probe": probe.to_json()}


def _index(film: InputContainer, path: str) -> Mp4Index | None:
    if not film.format.name.startswith("mov"):
        return None
    try:
        return index_of(path)
    except NotPlainMp4:
        return None
    except Mp4Unreadable as error:
        if film.streams.audio and not film.streams.video:
            raise MediaFailure("no_picture") from error
        raise unreadable_index(error) from error


def _write_virtual(index: Mp4Index | None, probe: Probe) -> bool:
    if index is None:
        return False
    sound = index.sound if probe.audio and index.sound and index.sound.position == probe.audio.index else None
    try:
        virtual = build_virtual(index, index.video, sound)
    except NotPlainMp4:
        return False
    except Mp4Unreadable as error:
        raise unreadable_index(error) from error
    with open("virtual.bin", "wb") as out:  # noqa: PTH123
        out.write(virtual.to_bytes())
    return True


def _check_size(video: AvVideo) -> None:
    width, height = video.width, video.height
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise MediaFailure("picture_too_large", width=width, height=height)
    if width and height and min(width, height) < MIN_SIDE:
        raise MediaFailure("picture_too_small", width=width, height=height)


def _first_frames(film: InputContainer, video: AvVideo) -> list[VideoFrame]:
    """Decode the first frames. Raises `MediaFailure` when nothing can be decoded near the beginning."""
    # The size that the index claims may not be the one that the pictures have.
    video.codec_context.options = {"max_pixels": str(MAX_PIXELS)}
    video.thread_type = "NONE"
    found: list[VideoFrame] = []
    damaged = 0
    for number, packet in enumerate(film.demux(video)):
        try:
            found += [frame for frame in packet.decode() if isinstance(frame, VideoFrame)]
        except av.FFmpegError:
            damaged += 1
        if len(found) >= FRAMES_LOOKED_AT or number > PACKETS_TO_FIRST_FRAME:
            break
    found = [frame for frame in found if frame.pts is not None]
    if not found:
        raise MediaFailure("damaged", technical=f"no frame; {damaged} packets could not be decoded")
    if found[0].width * found[0].height > MAX_PIXELS:
        raise MediaFailure("picture_too_large", width=found[0].width, height=found[0].height)
    return found


def _is_heard(path: str, sound: TrackIndex | None, position: int, start: Fraction, end: Fraction) -> bool:
    """Whether the track has any sound while the picture is shown: some recorders leave one behind empty."""
    if sound is None or sound.position != position:
        return is_heard(path, position, start, end)
    begins = sound.seconds(sound.first_shown)
    return begins < end and sound.seconds(sound.end_shown) > start


def _check_times(probe: Probe, max_minutes: int) -> None:
    seconds = probe.duration_ms / 1000
    if probe.frames < 2:
        raise MediaFailure("still_picture")
    if probe.duration_ms > max_minutes * 60_000:
        hours, minutes = divmod(round(seconds / 60), 60)
        raise MediaFailure("too_long", length=f"{hours} h {minutes:02d} min", limit=f"{max_minutes} minutes")
    if probe.frames > MAX_RATE * max(1.0, seconds) or seconds > MAX_SECONDS_A_FRAME * max(12, probe.frames):
        raise MediaFailure("times_unreadable", technical=f"{probe.frames} frames in {seconds} s")


def _video(
    video: AvVideo, first: list[VideoFrame], start: Fraction, frames: FrameTable, index: Mp4Index | None
) -> VideoStream:
    context, frame = video.codec_context, first[0]
    sar = video.sample_aspect_ratio or context.sample_aspect_ratio
    dolby = _dolby_profile(index)
    hdr = TRANSFERS.get(frame.color_trc or context.color_trc, "")
    if dolby == 5:
        raise MediaFailure("dolby_only")
    return VideoStream(
        index=video.index,
        codec=name_of(video),
        profile=str(video.profile or ""),
        pix_fmt=frame.format.name,
        width=frame.width,
        height=frame.height,
        rotation=-round(frame.rotation / 90) * 90 % 360,
        sar=Fraction(sar) if sar and Fraction(1, 4) <= sar <= 4 else Fraction(1),
        interlaced=sum(f.interlaced_frame for f in first) * 2 > len(first),
        hdr=hdr,
        dolby_profile=dolby,
        full_range=frame.color_range == 2 or frame.format.name.startswith("yuvj"),
        average_rate=Fraction(len(frames) * 1000, max(1, frames.duration_ms)),
        start=start,
    )


def _dolby_profile(index: Mp4Index | None) -> int:
    """Return the Dolby Vision profile that an MP4 declares; 0 for none."""
    for kind in (b"dvcC", b"dvvC"):
        box = index.video.extension(kind) if index else None
        if box is not None and len(box.body) >= 3:
            return box.u16(2) >> 9
    return 0


def _audio(audio: av.AudioStream | None) -> AudioStream | None:
    if audio is None:
        return None
    return AudioStream(
        index=audio.index,
        codec=name_of(audio),
        profile=str(audio.profile or ""),
        rate=int(audio.rate),
        channels=int(audio.channels),
    )
