"""Reads back what was made: how long, how large, how many frames, and whether the last one decodes."""

from __future__ import annotations

from typing import Any

import av
from av.container import InputContainer
from av.video.frame import VideoFrame

from pennydrop.media.failures import MediaFailure
from pennydrop.media.inside.opening import audio_of, index_of, name_of, open_film, video_of
from pennydrop.media.mp4.boxes import Mp4Unreadable
from pennydrop.media.sandbox import source_path


def task(arguments: dict[str, Any]) -> dict[str, Any]:
    """Measure the first `files` sources."""
    return {"files": [_measure(source_path(number)) for number in range(arguments["files"])]}


def _measure(path: str) -> dict[str, Any]:
    with open_film(path) as film:
        video, audio = video_of(film), audio_of(film)
        frames, duration_ms = _length(film, path)
        last = _last_frame(film)
        return {
            "width": last.width if last else 0,
            "height": last.height if last else 0,
            "codec": name_of(video),
            "frames": frames,
            "duration_ms": duration_ms,
            "has_audio": audio is not None,
            "audio_codec": name_of(audio) if audio else "",
            "streams": len(film.streams),
            "last_frame_decodes": last is not None,
        }


def _length(film: InputContainer, path: str) -> tuple[int, int]:
    """Count the frames that are shown and how long they last together."""
    if film.format.name.startswith("mov"):
        try:
            track = index_of(path).video
        except Mp4Unreadable as error:
            raise MediaFailure("came_out_wrong", what=error.reason) from error
        return int(track.shown.sum()), (track.end_shown - track.first_shown) * 1000 // track.timescale
    video = film.streams.video[0]
    packets = [p for p in film.demux(video) if p.pts is not None]
    if not packets or video.time_base is None:
        raise MediaFailure("came_out_wrong", what="it has no frames")
    first, last = min(p.pts or 0 for p in packets), max(packets, key=lambda p: p.pts or 0)
    ticks = (last.pts or 0) + (last.duration or 0) - first
    return len(packets), int(ticks * video.time_base * 1000)


def _last_frame(film: InputContainer) -> VideoFrame | None:
    """Decode from the last keyframe to the end; None when the end can't be decoded."""
    video = film.streams.video[0]
    film.seek(film.duration or 0, backward=True)
    shown: VideoFrame | None = None
    wanted = -1
    try:
        for packet in film.demux(video):
            if packet.pts is not None and packet.size:
                wanted = max(wanted, packet.pts)
            for frame in packet.decode():
                if isinstance(frame, VideoFrame) and frame.pts is not None:
                    shown = frame if shown is None or frame.pts >= (shown.pts or 0) else shown
    except av.FFmpegError:
        return None
    return shown if shown is not None and shown.pts == wanted else None
