"""From what a film is to what is made of it. Pure: no file, no process, all of it testable as a table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from pennydrop.media.probe import Probe, VideoStream

Watch = Literal["virtual", "remux_mp4", "remux_webm", "transcode"]
ToneMap = Literal["", "hlg", "pq"]

SHORT_SIDES = (720, 360)
MAX_RATE = 60
# Cameras that mean 60 write 60.1, and frame times on a grid of milliseconds tremble.
RATE_TOLERANCE = Fraction(61)
PLAYED_BY_ALL = frozenset({"yuv420p", "yuvj420p"})
# Decoders in browsers stop at High; High 10, 4:2:2 and 4:4:4 are for studios.
H264_PROFILES = frozenset(
    {"", "Baseline", "Constrained Baseline", "Main", "Extended", "High", "Constrained High"}
)
VIRTUAL_MAX_PIXELS = 4096 * 2304
IN_WEBM = frozenset({"vp8", "vp9"})
SOUND_IN_WEBM = frozenset({"opus", "vorbis"})
# Safari plays Opus in MP4 since 17; it is watched so only until the proxies are there.
SOUND_IN_MP4 = frozenset({"aac", "mp3", "opus"})
# Only some browsers play it in MP4, while all play the picture: the sound alone is encoded.
SOUND_FOR_SOME = frozenset({"ac3", "eac3", "alac", "flac"})
SOUND_IN_VIRTUAL = frozenset({"aac"})


@dataclass(frozen=True, slots=True)
class Size:
    """One rendition: its name, and its width and height in square pixels, both even."""

    name: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is made of a film, and why.

    `watch`: how it is watched until its proxies stand. `virtual` needs nothing written; the remuxes copy the
    streams into a file with an index; `transcode` plays its first seconds while the rest is being made.
    """

    watch: Watch
    reason: str
    sizes: tuple[Size, ...]
    deinterlace: bool
    tone_map: ToneMap
    max_rate: int | None
    encode_audio: bool


def plan_for(probe: Probe) -> Plan:
    """Decide from the probe alone."""
    watch, reason = _watch(probe)
    video = probe.video
    return Plan(
        watch=watch,
        reason=reason,
        sizes=rendition_sizes(*video.upright_size),
        deinterlace=video.interlaced,
        tone_map=video.hdr,
        max_rate=MAX_RATE if video.average_rate > RATE_TOLERANCE else None,
        encode_audio=probe.audio is not None,
    )


def rendition_sizes(width: int, height: int) -> tuple[Size, ...]:
    """Return the sizes to make of an upright picture: short sides of 720 and 360, never larger than it is.

    Named by the short side that was aimed at, so that a film of 180 lines has one rendition called `360p`.
    """
    short = min(width, height)
    aims = [aim for aim in SHORT_SIDES if aim <= short] or [SHORT_SIDES[-1]]
    if aims == [360] and short > 400:
        # Between the two: its own size is the large rendition, 360 the small one.
        aims = [720, 360]
    return tuple(_scaled(width, height, aim) for aim in aims)


def _scaled(width: int, height: int, aim: int) -> Size:
    if aim >= min(width, height):
        return Size(f"{aim}p", _even_below(width), _even_below(height))
    factor = Fraction(aim, min(width, height))
    return Size(f"{aim}p", _nearest_even(width * factor), _nearest_even(height * factor))


def _even_below(length: int) -> int:
    return max(2, length - length % 2)


def _nearest_even(length: Fraction) -> int:
    return max(2, 2 * math.floor(length / 2 + Fraction(1, 2)))


def _watch(probe: Probe) -> tuple[Watch, str]:
    video, sound = probe.video, probe.audio.codec if probe.audio else None
    trouble = _not_for_browsers(video)
    if trouble:
        return "transcode", trouble
    if video.codec == "h264":
        if probe.plain_mp4 and (sound is None or sound in SOUND_IN_VIRTUAL):
            return "virtual", "H.264 with AAC or no sound in plain MP4"
        if not probe.has_times:
            return "transcode", "a copy wouldn't say when its pictures are shown"
        if sound is None or sound in SOUND_IN_MP4 or encoded_in_remux(sound):
            return "remux_mp4", "H.264 without an index that browsers can use, or with other sound than AAC"
        return "transcode", f"its sound is {sound}"
    if sound is None or sound in SOUND_IN_WEBM:
        return "remux_webm", f"{video.codec} needs an index"
    return "transcode", f"its sound is {sound}"


def encoded_in_remux(sound: str) -> bool:
    """Whether sound is encoded anew when its picture is copied into an MP4."""
    return sound in SOUND_FOR_SOME or sound.startswith("pcm_")


def _not_for_browsers(video: VideoStream) -> str:
    """Say why no browser can be trusted to show the stored picture; empty when all show it."""
    if video.codec != "h264" and video.codec not in IN_WEBM:
        return f"browsers don't all play {video.codec}"
    if video.hdr:
        return "HDR must be mapped to SDR"
    if video.pix_fmt not in PLAYED_BY_ALL:
        return f"browsers don't all play {video.pix_fmt}"
    if video.interlaced:
        return "interlaced"
    if video.codec == "h264" and video.profile not in H264_PROFILES:
        return f"browsers don't all play H.264 {video.profile}"
    if video.width * video.height > VIRTUAL_MAX_PIXELS:
        return "larger than phones can decode"
    if video.codec in IN_WEBM and video.rotation:
        return "WebM can't say that it is turned"
    return ""
