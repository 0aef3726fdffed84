"""What is known about a film after looking into it. Plain data, made inside the sandbox and read outside."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

# Demuxers and decoders that a film may meet; anything else is refused before it is tried. The names are
# those of ffmpeg and of PyAV's own build, which differ in a few decoders.
FORMATS = ("mov", "matroska", "avi", "mpegts", "mpeg", "asf", "flv", "dv")
VIDEO_DECODERS = (
    *("h264", "hevc", "vp8", "vp9", "av1", "libdav1d", "mpeg4", "mjpeg", "mpeg2video", "mpeg1video", "h263"),
    *("msmpeg4v2", "msmpeg4", "wmv1", "wmv2", "wmv3", "vc1", "prores", "dvvideo", "flv"),
)
AUDIO_DECODERS = (
    *("aac", "aac_latm", "mp3", "mp3float", "mp2", "mp2float", "ac3", "eac3", "opus", "libopus", "vorbis"),
    *("amrnb", "amrwb", "libopencore_amrnb", "libopencore_amrwb", "flac", "alac", "wmav1", "wmav2", "wmapro"),
    *("pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le", "pcm_f32be"),
    *("pcm_u8", "pcm_s8", "pcm_alaw", "pcm_mulaw", "pcm_bluray", "pcm_dvd", "adpcm_ms", "adpcm_ima_wav"),
)

# Containers that store pictures without saying when each is shown: the n-th one shown takes the n-th place.
WITHOUT_TIMES = frozenset({"avi"})

Hdr = Literal["", "hlg", "pq"]


@dataclass(frozen=True, slots=True)
class VideoStream:
    """The picture. `width` and `height` are as stored: before turning, with pixels of shape `sar`.

    `start` is when the first frame is shown on the file's own clock, in seconds: the film's time 0.
    """

    index: int
    codec: str
    profile: str
    pix_fmt: str
    width: int
    height: int
    rotation: int
    sar: Fraction
    interlaced: bool
    hdr: Hdr
    dolby_profile: int
    full_range: bool
    average_rate: Fraction
    start: Fraction

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height as shown: turned upright, with square pixels."""
        width = max(1, round(self.width * self.sar))
        return (self.height, width) if self.rotation % 180 else (width, self.height)


@dataclass(frozen=True, slots=True)
class AudioStream:
    """The sound, on the same clock as the picture."""

    index: int
    codec: str
    profile: str
    rate: int
    channels: int


@dataclass(frozen=True, slots=True)
class Probe:
    """A film's container and the streams that count.

    `plain_mp4`: an MP4 or MOV whose index was read whole and checked, so that a virtual file can stand on it.
    """

    container: str
    fragmented: bool
    plain_mp4: bool
    data_tracks: int
    size: int
    duration_ms: int
    frames: int
    video: VideoStream
    audio: AudioStream | None

    @property
    def has_times(self) -> bool:
        """Whether the container says when each picture is shown, which needn't be as they are decoded."""
        return self.container not in WITHOUT_TIMES

    def to_json(self) -> dict[str, Any]:
        return {name: _plain(value) for name, value in dataclasses.asdict(self).items()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Probe:
        video, audio = dict(data["video"]), data["audio"]
        for name in ("sar", "average_rate", "start"):
            video[name] = Fraction(video[name])
        rest = {name: value for name, value in data.items() if name not in ("video", "audio")}
        return cls(**rest, video=VideoStream(**video), audio=AudioStream(**audio) if audio else None)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return str(value) if isinstance(value, Fraction) else value
