"""Clips begin and end at exactly the frames asked for, whatever the film is made of."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from pennydrop.media.frames import FrameTable
from pennydrop.media.mp4.boxes import ReadAt
from pennydrop.media.mp4.virtual import build_virtual
from pennydrop.media.smartcut.cut import CutReport, can_smart_cut, smart_cut
from pennydrop.media.smartcut.h264 import CannotSmartCut
from pennydrop.media.smartcut.needs import bytes_needed
from pennydrop.media.smartcut.verify import CutFlawed, verify_cut
from pennydrop.timeline import Span
from tests.factories.films import AAC, FilmShelf, av_offset_ms, encode, read_counters
from tests.media.mp4.conftest import OpenFilm, open_film

X264 = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", *AAC]
SECONDS = 8


def at_rate(rate: str) -> dict[str, str]:
    """One frame per tick, whatever rate the counting film was made at."""
    numerator, _, denominator = rate.partition("/")
    return {"filters": f"settb={denominator or 1}/{numerator},setpts=N"}


def make(kind: str, path: Path) -> Path:
    times = ["-fps_mode", "vfr", "-enc_time_base", "1:90000", "-video_track_timescale", "90000"]
    uneven = "select='eq(mod(n,30),0)+gt(mod(n*7919,11),4)',settb=1/90000,setpts=PTS+mod(N*7\\,13)*40"
    films: dict[str, tuple[list[str], str]] = {
        "29.97": ([*X264, "-g", "30", "-bf", "0", "-r", "30000/1001"], at_rate("30000/1001")["filters"]),
        "60": ([*X264, "-g", "60", "-bf", "2", "-r", "60"], at_rate("60")["filters"]),
        "vfr": ([*X264, "-g", "25", "-bf", "2", *times], uneven),
        "b-frames": ([*X264, "-g", "48", "-bf", "5", "-x264-params", "b-pyramid=normal:ref=4"], ""),
        "long gop": ([*X264, "-g", "1000", "-sc_threshold", "0"], ""),
        "baseline": (
            ["-c:v", "libx264", "-profile:v", "baseline", "-g", "20", "-pix_fmt", "yuv420p", *AAC],
            "",
        ),
    }
    options, filters = films[kind]
    return encode(path, *options, filters=filters, seconds=SECONDS)


@pytest.fixture(scope="session")
def cuttable(tmp_path_factory: pytest.TempPathFactory, films: FilmShelf) -> dict[str, OpenFilm]:
    folder = tmp_path_factory.mktemp("cuttable")
    kinds = ["29.97", "60", "vfr", "b-frames", "long gop", "baseline"]
    made = {kind: open_film(make(kind, folder / f"{number}.mp4")) for number, kind in enumerate(kinds)}
    for kind in ("rotated_90", "edit_list", "late_video", "silent"):
        made[kind] = open_film(films.get(kind))
    return made


def cut(film: OpenFilm, frames: range, out: Path, *, read_at: ReadAt | None = None) -> CutReport:
    report = smart_cut(read_at or film.read_at, film.index, frames, out)
    verify_cut(out, report.frames, report.duration_ms)
    return report


def reader_of_what_is_needed(film: OpenFilm, frames: range) -> ReadAt:
    needed = bytes_needed(film.index, frames)

    def read_at(offset: int, length: int) -> bytes:
        assert any(start <= offset and offset + length <= end for start, end in needed), (frames, needed)
        return film.read_at(offset, length)

    return read_at


def test_fifty_random_spans_are_exact_to_the_frame_at_both_ends(
    cuttable: dict[str, OpenFilm], tmp_path: Path
) -> None:
    draw = random.Random(1)
    whole = {kind: read_counters(film.path) for kind, film in cuttable.items()}
    copied = 0
    for number in range(50):
        kind = list(cuttable)[number % len(cuttable)]
        film, shown = cuttable[kind], whole[kind]
        table = FrameTable.from_track(film.index.video)
        start = draw.randrange(table.duration_ms - 100)
        length = draw.choice([40, 500, 3000, table.duration_ms])
        frames = table.frames_of(Span(start, min(start + length, table.duration_ms)))
        out = tmp_path / f"{number}.mp4"

        report = cut(film, frames, out, read_at=reader_of_what_is_needed(film, frames))

        wanted, got = shown[frames.start : frames.stop], read_counters(out)
        assert [c for _, c in got] == [c for _, c in wanted], (kind, frames)
        for (got_ms, _), (film_ms, _) in zip(got, wanted, strict=True):
            assert got_ms == pytest.approx(film_ms - wanted[0][0], abs=0.05), (kind, frames)
        assert report.frames == len(frames)
        assert report.duration_ms == pytest.approx(table.span_of(frames).length_ms, abs=1)
        copied += report.copied
    assert copied > 1000


@pytest.mark.parametrize("kind", ["b-frames", "rotated_90", "late_video", "edit_list"])
def test_sound_stays_with_its_picture(kind: str, cuttable: dict[str, OpenFilm], tmp_path: Path) -> None:
    film = cuttable[kind]
    last = len(FrameTable.from_track(film.index.video))
    cut(film, range(11, last - 3), tmp_path / "clip.mp4")
    assert av_offset_ms(tmp_path / "clip.mp4") == pytest.approx(av_offset_ms(film.path), abs=1.5)


def test_what_lies_between_the_ends_is_copied_bit_for_bit(
    cuttable: dict[str, OpenFilm], tmp_path: Path
) -> None:
    film = cuttable["b-frames"]
    report = cut(film, range(50, 190), tmp_path / "clip.mp4")
    clip = open_film(tmp_path / "clip.mp4")

    def samples(of: OpenFilm) -> list[bytes]:
        table = of.index.video.samples
        return [of.read_at(int(o), int(s)) for o, s in zip(table.offsets, table.sizes, strict=True)]

    shared = set(samples(film)) & set(samples(clip))
    # The first copied picture carries parameter sets in front of its own bytes.
    assert len(shared) == report.copied - 1
    assert report.encoded < 60


def test_a_film_without_b_frames_is_encoded_only_before_its_first_keyframe(
    cuttable: dict[str, OpenFilm], tmp_path: Path
) -> None:
    assert cut(cuttable["29.97"], range(60, 130), tmp_path / "at.mp4").encoded == 0
    assert cut(cuttable["29.97"], range(61, 131), tmp_path / "after.mp4").encoded == 29


def test_a_clip_of_one_frame_is_that_frame(cuttable: dict[str, OpenFilm], tmp_path: Path) -> None:
    for frame in (0, 1, 29, 30, 31, 239):
        cut(cuttable["b-frames"], range(frame, frame + 1), tmp_path / f"{frame}.mp4")
        assert [counter for _, counter in read_counters(tmp_path / f"{frame}.mp4")] == [frame]


def test_uneven_frames_in_any_order_keep_their_length_to_the_last(
    cuttable: dict[str, OpenFilm], tmp_path: Path
) -> None:
    film = cuttable["vfr"]
    table = FrameTable.from_track(film.index.video)
    for end in range(40, 60):
        cut(film, range(3, end), tmp_path / "clip.mp4")
        length = FrameTable.from_track(open_film(tmp_path / "clip.mp4").index.video).duration_ms
        assert length == pytest.approx(table.span_of(range(3, end)).length_ms, abs=1)


def test_a_clip_of_a_clip_and_of_a_virtual_file_are_exact_too(
    cuttable: dict[str, OpenFilm], tmp_path: Path
) -> None:
    film = cuttable["b-frames"]
    cut(film, range(20, 200), tmp_path / "clip.mp4")
    cut(open_film(tmp_path / "clip.mp4"), range(7, 150), tmp_path / "again.mp4")
    assert [c for _, c in read_counters(tmp_path / "again.mp4")] == list(range(27, 170))

    virtual = build_virtual(film.index, film.index.video, film.index.sound)
    (tmp_path / "virtual.mp4").write_bytes(film.bytes_of(virtual))
    cut(open_film(tmp_path / "virtual.mp4"), range(33, 99), tmp_path / "of-virtual.mp4")
    assert [c for _, c in read_counters(tmp_path / "of-virtual.mp4")] == list(range(33, 99))


def test_a_clip_is_as_clean_and_as_upright_as_its_film(
    cuttable: dict[str, OpenFilm], tmp_path: Path, films: FilmShelf
) -> None:
    located = open_film(films.get("located"))
    cut(located, range(5, 50), tmp_path / "clip.mp4")
    data = (tmp_path / "clip.mp4").read_bytes()
    for word in (b"udta", b"meta", b"+51.5034", b"Phonemaker", b"tmcd", b"Lavf", b"x264 - core"):
        assert word not in data[: data.index(b"mdat")]
    cut(cuttable["rotated_90"], range(5, 50), tmp_path / "turned.mp4")
    turned = open_film(tmp_path / "turned.mp4").index.video
    assert turned.rotation == cuttable["rotated_90"].index.video.rotation != 0


def test_what_a_camera_wrote_into_the_pictures_stays_behind(
    cuttable: dict[str, OpenFilm], tmp_path: Path
) -> None:
    words = b"GPS51.5034"
    note = f"h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+{words.decode()}"
    noted = tmp_path / "noted.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", cuttable["60"].path, "-c", "copy", "-bsf:v", note, noted], check=True
    )
    film = open_film(noted)

    cut(film, range(70, 200), tmp_path / "clip.mp4")

    assert noted.read_bytes().count(words) > 1
    assert words not in (tmp_path / "clip.mp4").read_bytes()
    shown = [number for _, number in read_counters(noted)]
    assert [number for _, number in read_counters(tmp_path / "clip.mp4")] == shown[70:200]


@pytest.mark.parametrize(("kind", "why"), [("hevc", "H.264"), ("opus_mp4", "AAC"), ("odd_size", "H.264")])
def test_what_cannot_be_cut_is_named(kind: str, why: str, films: FilmShelf) -> None:
    reason = can_smart_cut(open_film(films.get(kind)).index)
    assert reason is not None
    assert why in reason


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["-pix_fmt", "yuv420p10le"], "8-bit"),
        (["-pix_fmt", "yuv422p"], "8-bit"),
        (["-pix_fmt", "yuv420p", "-flags", "+ilme+ildct", "-x264-params", "tff=1"], "interlaced"),
    ],
)
def test_pictures_that_need_encoding_anew_are_named(options: list[str], why: str, tmp_path: Path) -> None:
    path = encode(tmp_path / "film.mp4", "-c:v", "libx264", "-preset", "ultrafast", *options, seconds=1)
    assert why in (can_smart_cut(open_film(path).index) or "")


def test_an_open_gop_is_never_spliced(tmp_path: Path) -> None:
    options = [*X264, "-g", "24", "-bf", "3", "-x264-params", "open-gop=1:scenecut=0"]
    film = open_film(encode(tmp_path / "open.mp4", *options, seconds=3))
    report = cut(film, range(30, 80), tmp_path / "clip.mp4")
    assert [counter for _, counter in read_counters(tmp_path / "clip.mp4")] == list(range(30, 80))
    assert report.copied == 0


def test_keyframes_too_far_apart_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pennydrop.media.smartcut.cut.MAX_LEAD_IN", 20)
    film = open_film(encode(tmp_path / "long.mp4", *X264, "-g", "1000", seconds=2))
    with pytest.raises(CannotSmartCut, match="before the clip"):
        cut(film, range(40, 50), tmp_path / "clip.mp4")


def test_a_flawed_clip_does_not_pass(cuttable: dict[str, OpenFilm], tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    report = cut(cuttable["29.97"], range(10, 100), clip)
    with pytest.raises(CutFlawed, match="90 pictures instead of 91"):
        verify_cut(clip, 91, report.duration_ms)
    with pytest.raises(CutFlawed, match="lasts"):
        verify_cut(clip, 90, report.duration_ms + 33)
    clip.write_bytes(clip.read_bytes()[:2000])
    with pytest.raises(CutFlawed):
        verify_cut(clip, 90, report.duration_ms)
