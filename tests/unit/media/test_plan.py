"""What is made of a film follows from what it is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from pennydrop.media.plan import plan_for, rendition_sizes
from pennydrop.media.probe import AudioStream, Probe, VideoStream

AAC = AudioStream(index=1, codec="aac", profile="LC", rate=48_000, channels=1)


def a_probe(*, audio: str | None = "aac", plain_mp4: bool = True, **video: Any) -> Probe:
    """An ordinary phone's film, but for what is named."""
    picture = VideoStream(
        index=0,
        codec="h264",
        profile="High",
        pix_fmt="yuv420p",
        width=1920,
        height=1080,
        rotation=0,
        sar=Fraction(1),
        interlaced=False,
        hdr="",
        dolby_profile=0,
        full_range=False,
        average_rate=Fraction(30),
        start=Fraction(0),
    )
    return Probe(
        container="mov,mp4,m4a,3gp,3g2,mj2",
        fragmented=False,
        plain_mp4=plain_mp4,
        data_tracks=0,
        size=1_000_000,
        duration_ms=60_000,
        frames=1800,
        video=replace(picture, **video),
        audio=replace(AAC, codec=audio) if audio else None,
    )


@pytest.mark.parametrize(
    ("probe", "watch"),
    [
        (a_probe(), "virtual"),
        (a_probe(audio=None), "virtual"),
        (a_probe(rotation=90), "virtual"),
        (a_probe(pix_fmt="yuvj420p", full_range=True), "virtual"),
        (a_probe(width=3840, height=2160), "virtual"),
        (a_probe(average_rate=Fraction(240)), "virtual"),
        (a_probe(plain_mp4=False), "remux_mp4"),
        (a_probe(audio="opus"), "remux_mp4"),
        (a_probe(audio="pcm_s16le"), "remux_mp4"),
        (a_probe(codec="vp8", audio="opus", plain_mp4=False), "remux_webm"),
        (a_probe(codec="vp9", audio="vorbis", plain_mp4=False), "remux_webm"),
        (a_probe(codec="vp9", audio="aac", plain_mp4=False), "transcode"),
        (a_probe(codec="av1", audio="opus", plain_mp4=False), "transcode"),
        (a_probe(codec="hevc"), "transcode"),
        (a_probe(codec="hevc", pix_fmt="yuv420p10le", hdr="hlg"), "transcode"),
        (a_probe(hdr="pq"), "transcode"),
        (a_probe(pix_fmt="yuv422p"), "transcode"),
        (a_probe(pix_fmt="yuv420p10le", profile="High 10"), "transcode"),
        (a_probe(interlaced=True), "transcode"),
        (a_probe(codec="mjpeg", audio="pcm_s16le", plain_mp4=False), "transcode"),
        (a_probe(audio="amr_nb"), "transcode"),
        (a_probe(width=5312, height=2988), "transcode"),
    ],
)
def test_how_a_film_is_watched_at_once(probe: Probe, watch: str) -> None:
    assert plan_for(probe).watch == watch


@pytest.mark.parametrize(
    ("upright", "sizes"),
    [
        ((1920, 1080), [("720p", 1280, 720), ("360p", 640, 360)]),
        ((1080, 1920), [("720p", 720, 1280), ("360p", 360, 640)]),
        ((3840, 2160), [("720p", 1280, 720), ("360p", 640, 360)]),
        ((1280, 720), [("720p", 1280, 720), ("360p", 640, 360)]),
        ((1440, 1080), [("720p", 960, 720), ("360p", 480, 360)]),
        ((720, 576), [("720p", 720, 576), ("360p", 450, 360)]),
        ((854, 480), [("720p", 854, 480), ("360p", 640, 360)]),
        ((640, 360), [("360p", 640, 360)]),
        ((321, 181), [("360p", 320, 180)]),
        ((176, 144), [("360p", 176, 144)]),
        ((1080, 1080), [("720p", 720, 720), ("360p", 360, 360)]),
    ],
)
def test_renditions_keep_the_shape_and_are_never_enlarged(
    upright: tuple[int, int], sizes: list[tuple[str, int, int]]
) -> None:
    assert [(s.name, s.width, s.height) for s in rendition_sizes(*upright)] == sizes


@pytest.mark.parametrize("width", range(33, 700, 13))
@pytest.mark.parametrize("height", [33, 361, 719, 721, 2161])
def test_every_size_is_even_and_fits_into_the_film(width: int, height: int) -> None:
    for size in rendition_sizes(width, height):
        assert size.width % 2 == size.height % 2 == 0
        assert 2 <= size.width <= width
        assert 2 <= size.height <= height


def test_a_turned_film_with_wide_pixels_is_upright_and_square() -> None:
    assert a_probe(width=720, height=576, sar=Fraction(16, 15)).video.upright_size == (768, 576)
    assert a_probe(width=720, height=576, sar=Fraction(16, 15), rotation=270).video.upright_size == (576, 768)


@pytest.mark.parametrize(
    ("rate", "cap"),
    [(Fraction(30000, 1001), None), (Fraction(60), None), (Fraction(601, 10), None), (120, 60)],
)
def test_only_more_than_60_frames_a_second_are_thinned_out(rate: Fraction, cap: int | None) -> None:
    assert plan_for(a_probe(average_rate=Fraction(rate))).max_rate == cap


def test_interlace_and_hdr_are_taken_out() -> None:
    plan = plan_for(a_probe(interlaced=True, hdr="hlg"))
    assert plan.deinterlace
    assert plan.tone_map == "hlg"


def test_a_probe_survives_its_journey_as_json() -> None:
    probe = a_probe(sar=Fraction(4, 3), start=Fraction(126_480, 90_000), average_rate=Fraction(30000, 1001))
    assert Probe.from_json(probe.to_json()) == probe
    assert Probe.from_json(a_probe(audio=None).to_json()).audio is None
