"""The command lines say what the plan means. What ffmpeg makes of them, tests/media shows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from pennydrop.media import commands
from pennydrop.media.plan import Size, plan_for
from pennydrop.media.probe import Probe
from tests.unit.media.test_plan import a_probe

PHONE = a_probe()
TURNED = a_probe(rotation=90)


def every_command(probe: Probe) -> list[list[str]]:
    plan = plan_for(probe)
    span = {"start": Fraction(1), "end": Fraction(3), "seek": Fraction(0)}
    made = [
        commands.proxies(probe, plan),
        commands.chunk(probe, plan, **span, keyframes=[Fraction(1), Fraction(2)], live=True, threads=1),
        commands.remux(probe, webm=False),
        commands.remux(probe, webm=True),
        commands.clip(probe, plan, **span, size=Size("clip", 640, 360)),
        commands.poster(probe, plan, at=Fraction(5), size=plan.sizes[0]),
    ]
    return made + (
        [commands.sound(probe, segment_s=None), commands.samples(probe, rate=8000)] if probe.audio else []
    )


@pytest.mark.parametrize("probe", [PHONE, TURNED, a_probe(audio=None), a_probe(hdr="hlg", interlaced=True)])
def test_every_command_opens_one_local_file_of_known_kinds(probe: Probe) -> None:
    for argv in every_command(probe):
        assert argv.count("-i") == 1
        assert argv[argv.index("-i") + 1] == "file:/proc/self/fd/3"
        before = argv[: argv.index("-i")]
        assert before[before.index("-protocol_whitelist") + 1] == "file"
        assert "hls" not in before[before.index("-format_whitelist") + 1].split(",")
        assert "-codec_whitelist" in before
        assert "-nostdin" in argv


def test_no_command_lets_metadata_through() -> None:
    for argv in every_command(PHONE)[:-1]:
        assert argv[argv.index("-map_metadata") + 1] == "-1"
        assert argv[argv.index("-map_chapters") + 1] == "-1"


def test_both_renditions_and_one_sound_come_from_one_decoding() -> None:
    argv = commands.proxies(PHONE, plan_for(PHONE))
    graph = argv[argv.index("-filter_complex") + 1]
    assert graph.count("split=2") == 1
    assert argv.count("-map") == 3
    assert "720p.mp4" in argv[-1] or any("720p.mp4" in word and "360p.mp4" in word for word in argv)


def test_copies_are_put_together_of_their_own_pictures_and_the_one_sound() -> None:
    argv = commands.join(["720p", "360p"], has_sound=True)
    opened = [argv[n + 1] for n, word in enumerate(argv) if word == "-i"]
    mapped = [argv[n + 1].split(":") for n, word in enumerate(argv) if word == "-map"]
    assert [(opened[int(number)][-1], kind) for number, kind in mapped] == [
        ("3", "v"),
        ("5", "a"),
        ("4", "v"),
        ("5", "a"),
    ]
    assert commands.join(["360p"], has_sound=False).count("-i") == 1


def test_hdr_is_mapped_after_scaling() -> None:
    graph = " ".join(commands.proxies(a_probe(hdr="hlg"), plan_for(a_probe(hdr="hlg"))))
    assert graph.index("scale=1280:720") < graph.index("tonemap") < graph.index("split")


def test_time_begins_with_the_first_frame_whatever_the_files_own_clock_says() -> None:
    probe = replace(PHONE, video=replace(PHONE.video, start=Fraction(126_480, 90_000)))
    graph = " ".join(commands.proxies(probe, plan_for(probe)))
    assert "setpts=PTS-126480" in graph
    assert "-copyts" in commands.proxies(probe, plan_for(probe))
