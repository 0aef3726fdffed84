"""Whatever a phone, a camera or a browser films ends upright, in the right shape, complete and in sync."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from pennydrop.media.frames import FrameTable
from pennydrop.media.inspection import Inspection, inspect
from pennydrop.media.mp4.virtual import Range, VirtualFile
from pennydrop.media.plan import plan_for
from pennydrop.media.proxies import CannotCopy, make_clip, make_poster, make_proxies, make_remux
from pennydrop.media.verify import measure
from tests.factories.films import FPS, FilmShelf, av_offset_ms, read_counters

pytestmark = pytest.mark.media

WIDE, TALL = (320, 180), (180, 320)


@dataclass(frozen=True)
class Case:
    kind: str
    watch: str
    size: tuple[int, int] = WIDE
    first: int = 0
    last: int = 119
    sound: bool = True
    every_frame: bool = True


CASES = [
    Case("phone", "virtual"),
    Case("rotated_90", "virtual", TALL),
    Case("rotated_180", "virtual"),
    Case("rotated_270", "virtual", TALL),
    Case("vfr", "virtual", last=116, every_frame=False),
    Case("hevc", "transcode"),
    Case("hevc_vfr", "transcode", last=116, every_frame=False),
    Case("hevc_hlg", "transcode"),
    Case("hevc_pq", "transcode"),
    Case("dolby_8_4", "transcode"),
    Case("edit_list", "virtual", first=39),
    Case("late_video", "virtual", first=15),
    Case("late_audio", "virtual"),
    Case("late_both", "virtual"),
    Case("late_video_hevc", "transcode", first=15),
    Case("fragmented", "remux_mp4"),
    Case("fragmented_phone", "remux_mp4"),
    Case("late_phone", "remux_mp4"),
    Case("progressive_camcorder", "remux_mp4"),
    Case("uncompressed_sound", "remux_mp4"),
    Case("clock_wraps", "remux_mp4"),
    Case("h264_avi", "transcode"),
    Case("silent_track", "remux_mp4", sound=False),
    Case("silent_track_mp4", "virtual", sound=False),
    Case("recorder_vp8", "remux_webm"),
    Case("recorder_vp9", "remux_webm"),
    Case("recorder_h264", "remux_mp4"),
    Case("opus_mp4", "remux_mp4"),
    Case("old_phone", "transcode", (192, 144)),
    Case("mjpeg", "transcode"),
    Case("camcorder", "transcode"),
    Case("mpeg2", "transcode"),
    Case("silent", "virtual", sound=False),
    Case("data_track", "virtual"),
    Case("odd_size", "transcode", (320, 180)),
    Case("wide_pixels", "virtual"),
    Case("located", "virtual"),
    Case("fast_120", "virtual", sound=False, last=118, every_frame=False),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)
def test_a_film_ends_upright_complete_and_in_sync(films: FilmShelf, out: Path, case: Case) -> None:
    source = films.get(case.kind)
    found = inspect(source, out)
    plan = plan_for(found.probe)
    assert plan.watch == case.watch
    frames = FrameTable.from_json(json.loads(found.frames.read_text()))

    made = make_proxies(source, found.probe, plan, frames, out)
    proxy = made.renditions[-1]
    assert (proxy.width, proxy.height) == case.size
    _shows(proxy.path, case)
    if plan.watch.startswith("remux"):
        _shows(make_remux(source, found.probe, plan, frames, out).renditions[0].path, case)
    if found.virtual is not None and case.kind != "fast_120":
        _shows(_written(found, source, out), case)


def _shows(path: Path, case: Case) -> None:
    """Read the counters: each frame at its own time, first and last as filmed, sound within 40 ms."""
    seen = read_counters(path)
    counters = [counter for _, counter in seen]
    assert counters[0] == case.first
    assert counters[-1] == case.last
    if case.every_frame:
        assert counters == list(range(case.first, case.last + 1))
    assert seen[0][0] == pytest.approx(0, abs=1)
    rate = 120 if case.kind == "fast_120" else FPS
    for ms, counter in seen:
        assert ms == pytest.approx((counter - case.first) * 1000 / rate, abs=1.5)
    if case.sound:
        assert abs(av_offset_ms(path)) <= 40


def _written(found: Inspection, source: Path, out: Path) -> Path:
    """Write the virtual file down as a browser would fetch it."""
    assert found.virtual is not None
    virtual = VirtualFile.from_bytes(found.virtual.read_bytes())
    path = out / "fetched.mp4"
    with source.open("rb") as original, path.open("wb") as fetched:
        for piece in virtual.slices(0, virtual.size):
            if isinstance(piece, Range):
                original.seek(piece.offset)
                piece = original.read(piece.length)
            fetched.write(piece)
    return path


@pytest.mark.parametrize("kind", ["progressive_camcorder", "uncompressed_sound"])
def test_a_copy_has_sound_that_every_browser_plays(films: FilmShelf, out: Path, kind: str) -> None:
    source = films.get(kind)
    found = inspect(source, out)
    frames = FrameTable.from_json(json.loads(found.frames.read_text()))
    made = make_remux(source, found.probe, plan_for(found.probe), frames, out)
    assert measure([made.renditions[0].path], scratch=out)[0].audio_codec == "aac"


def test_a_film_joined_from_stretches_is_encoded_as_it_is_shown(films: FilmShelf, out: Path) -> None:
    source = films.get("joined")
    found = inspect(source, out)
    plan = plan_for(found.probe)
    frames = FrameTable.from_json(json.loads(found.frames.read_text()))

    with pytest.raises(CannotCopy):
        make_remux(source, found.probe, plan, frames, out)
    made = make_proxies(source, found.probe, plan, frames, out)

    seen = read_counters(made.renditions[0].path)
    assert [counter for _, counter in seen] == [*range(30), *range(60, 90)]
    assert [ms for ms, _ in seen] == pytest.approx([n * 1000 / FPS for n in range(60)], abs=1.5)


@pytest.mark.parametrize(
    "kind", ["hevc_vfr", "camcorder", "late_video_hevc", "rotated_90", "recorder_vp9", "h264_avi"]
)
def test_a_clip_that_is_encoded_anew_has_exactly_its_frames(films: FilmShelf, out: Path, kind: str) -> None:
    source = films.get(kind)
    found = inspect(source, out)
    frames = FrameTable.from_json(json.loads(found.frames.read_text()))
    wanted = range(len(frames) // 2, len(frames) // 2 + 20)

    made = make_clip(source, found.probe, plan_for(found.probe), frames, wanted, out)

    everything = [counter for _, counter in read_counters(source)]
    shown = read_counters(made.renditions[0].path)
    assert [counter for _, counter in shown] == everything[wanted.start : wanted.stop]
    assert shown[0][0] == pytest.approx(0, abs=1)


def test_a_large_film_gets_a_720p_and_a_360p_rendition(films: FilmShelf, out: Path) -> None:
    source = films.get("phone_720")
    found = inspect(source, out)
    frames = FrameTable.from_json(json.loads(found.frames.read_text()))
    heard: list[float] = []

    made = make_proxies(source, found.probe, plan_for(found.probe), frames, out, on_progress=heard.append)

    assert [(r.name, r.width, r.height) for r in made.renditions] == [("720p", 1280, 720), ("360p", 640, 360)]
    assert heard == sorted(heard)
    assert heard[-1] == 1


def test_nothing_in_a_rendition_says_where_it_was_filmed(films: FilmShelf, out: Path) -> None:
    source = films.get("located")
    assert b"+51.5034" in source.read_bytes()
    found = inspect(source, out)
    frames = FrameTable.from_json(json.loads(found.frames.read_text()))
    plan = plan_for(found.probe)

    proxy = make_proxies(source, found.probe, plan, frames, out).renditions[0].path
    remux = make_remux(source, found.probe, plan, frames, out).renditions[0].path
    poster = make_poster(source, found.probe, plan, out)

    for path in (proxy, remux, poster, _written(found, source, out)):
        for secret in (b"51.50", b"Phonemaker", b"Ada", b"10:00:00"):
            assert secret not in path.read_bytes(), path.name
    assert measure([proxy], scratch=out)[0].streams == 2


def test_hdr_keeps_faces_bright_and_is_marked_as_plain_video(films: FilmShelf, out: Path) -> None:
    import av
    import numpy as np

    source = films.get("hevc_hlg")
    found = inspect(source, out)
    frames = FrameTable.from_json(json.loads(found.frames.read_text()))

    proxy = make_proxies(source, found.probe, plan_for(found.probe), frames, out).renditions[0].path

    with av.open(str(proxy)) as film:
        frame = next(film.decode(video=0))
        middle = np.asarray(frame.reformat(format="gray").to_ndarray())[40:140]
    assert frame.format.name == "yuv420p"
    assert (frame.color_trc, frame.color_primaries) == (1, 1)
    assert 70 < middle.mean() < 190


@pytest.mark.parametrize("kind", ["clock_wraps", "h264_avi", "recorder_vp8"])
def test_a_film_that_is_hard_to_search_has_a_poster(films: FilmShelf, out: Path, kind: str) -> None:
    source = films.get(kind)
    found = inspect(source, out)
    assert make_poster(source, found.probe, plan_for(found.probe), out).stat().st_size > 500


def test_a_film_from_an_old_tape_has_its_shape(films: FilmShelf, out: Path) -> None:
    source = films.get("tape")
    found = inspect(source, out)
    frames = FrameTable.from_json(json.loads(found.frames.read_text()))
    made = make_proxies(source, found.probe, plan_for(found.probe), frames, out)
    assert (made.renditions[0].width, made.renditions[0].height) == (640, 480)
    assert found.probe.audio is not None


def test_a_poster_stands_upright(films: FilmShelf, out: Path) -> None:
    import av

    source = films.get("rotated_90")
    found = inspect(source, out)

    poster = make_poster(source, found.probe, plan_for(found.probe), out)

    with av.open(str(poster)) as picture:
        frame = next(picture.decode(video=0))
    assert (frame.width, frame.height) == TALL


def test_a_film_that_only_its_own_player_can_show_says_what_to_do(films: FilmShelf, out: Path) -> None:
    from pennydrop.media.failures import MediaFailure

    with pytest.raises(MediaFailure, match="turn off Dolby Vision") as failed:
        inspect(films.get("dolby_5"), out)
    assert failed.value.files_fault
