"""The virtual MP4 shows exactly what the original shows, and nothing else of it."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import av
import numpy as np
import pytest

from pennydrop.media.frames import FrameTable
from pennydrop.media.mp4.boxes import NotPlainMp4
from pennydrop.media.mp4.entries import clean_entry
from pennydrop.media.mp4.header import HeaderTrack, write_header
from pennydrop.media.mp4.index import read_index
from pennydrop.media.mp4.virtual import Range, VirtualFile, build_virtual
from tests.factories.films import SECONDS, FilmShelf, av_offset_ms, counter_of, encode, ffmpeg, read_counters
from tests.media.mp4.conftest import OpenFilm, open_film

PHONE_FILMS = [
    "phone",
    "rotated_90",
    "rotated_180",
    "rotated_270",
    "vfr",
    "edit_list",
    "late_video",
    "late_audio",
    "late_both",
    "silent",
    "data_track",
    "wide_pixels",
    "located",
]


def virtual_of(film: OpenFilm) -> VirtualFile:
    return build_virtual(film.index, film.index.video, film.index.sound)


def written(film: OpenFilm, folder: Path) -> Path:
    path = folder / "virtual.mp4"
    path.write_bytes(film.bytes_of(virtual_of(film)))
    return path


def ffprobe(path: Path) -> dict[str, list[dict[str, object]]]:
    found = subprocess.run(
        ["ffprobe", "-v", "error", "-of", "json", "-show_streams", "-show_format", "-show_chapters", path],
        capture_output=True,
        check=True,
    )
    shown: dict[str, list[dict[str, object]]] = json.loads(found.stdout)
    return shown


@pytest.mark.parametrize("kind", PHONE_FILMS)
def test_the_virtual_file_shows_the_originals_frames_from_time_0(
    kind: str, films: FilmShelf, tmp_path: Path
) -> None:
    film = open_film(films.get(kind))
    original, virtual = read_counters(film.path), read_counters(written(film, tmp_path))
    table = FrameTable.from_track(film.index.video)

    assert [counter for _, counter in virtual] == [counter for _, counter in original]
    for frame, ((shown, _), (first_shown, _)) in enumerate(zip(virtual, original, strict=True)):
        assert shown == pytest.approx(first_shown - original[0][0], abs=0.05)
        assert table.start_ms(frame) <= shown + 0.01 < table.start_ms(frame) + 1.02
    assert len(table) == len(virtual)


@pytest.mark.parametrize("kind", [kind for kind in PHONE_FILMS if kind != "silent"])
def test_picture_and_sound_stay_together(kind: str, films: FilmShelf, tmp_path: Path) -> None:
    film = open_film(films.get(kind))
    before = av_offset_ms(film.path)
    assert av_offset_ms(written(film, tmp_path)) == pytest.approx(before, abs=1)
    assert abs(before) < 40


@pytest.mark.parametrize("kind", PHONE_FILMS)
def test_shape_and_turn_are_kept_and_nothing_else_is_said(
    kind: str, films: FilmShelf, tmp_path: Path
) -> None:
    film = open_film(films.get(kind))
    before = ffprobe(film.path)["streams"]
    found = ffprobe(written(film, tmp_path))
    assert [stream["codec_type"] for stream in found["streams"]] == (
        ["video"] if kind == "silent" else ["video", "audio"]
    )
    picture = found["streams"][0]
    original = next(stream for stream in before if stream["codec_type"] == "video")
    for fact in ("width", "height", "sample_aspect_ratio", "side_data_list"):
        assert picture.get(fact) == original.get(fact)
    assert picture["start_pts"] == 0
    assert not found["chapters"]
    header = virtual_of(film).header
    for word in (b"udta", b"meta", b"+51.5034", b"Phonemaker", b"tmcd", b"Lavf", b"Handler", b"gpmd"):
        assert word not in header


@pytest.mark.parametrize("kind", ["phone", "rotated_90", "rotated_180", "rotated_270"])
def test_turning_the_stored_picture_by_its_rotation_puts_it_upright(kind: str, films: FilmShelf) -> None:
    with av.open(str(films.get(kind))) as film:
        stored = [
            np.asarray(frame.reformat(format="gray").to_ndarray(), np.uint8) for frame in film.decode(video=0)
        ]
    rotation = open_film(films.get(kind)).index.video.rotation
    upright = [np.rot90(luma, -rotation // 90) for luma in stored]
    assert [counter_of(luma) for luma in upright] == list(range(len(stored)))


def test_the_index_may_lie_at_the_start_of_the_file(films: FilmShelf, tmp_path: Path) -> None:
    front = tmp_path / "front.mp4"
    ffmpeg("-i", films.get("phone"), "-c", "copy", "-movflags", "faststart", front)
    film = open_film(front)
    assert read_counters(written(film, tmp_path)) == read_counters(films.get("phone"))


def test_any_range_of_it_has_the_same_bytes_as_the_whole(films: FilmShelf) -> None:
    film = open_film(films.get("data_track"))
    virtual = virtual_of(film)
    whole = film.bytes_of(virtual)
    assert len(whole) == virtual.size
    draw = random.Random(4)
    edges = [0, 1, len(virtual.header) - 1, len(virtual.header), len(virtual.header) + 1, virtual.size]
    for _ in range(300):
        start = draw.choice([*edges, draw.randrange(virtual.size)])
        end = draw.choice([*edges, start + draw.randrange(70_000)])
        assert film.bytes_of(virtual, start, end) == whole[start : max(start, end)]


def test_it_is_stored_as_one_small_object(films: FilmShelf) -> None:
    film = open_film(films.get("phone"))
    virtual = virtual_of(film)
    stored = virtual.to_bytes()
    again = VirtualFile.from_bytes(stored)
    assert (again.header, again.ranges) == (virtual.header, virtual.ranges)
    assert len(virtual.ranges) == 1
    assert len(stored) < len(virtual.header)
    with pytest.raises(ValueError, match="not a stored virtual file"):
        VirtualFile.from_bytes(b"something else")


def test_a_film_that_lies_in_a_file_of_many_gigabytes_is_read_and_written(films: FilmShelf) -> None:
    near = open_film(films.get("phone"))
    hole = 6 << 30
    samples = b"".join(near.read_at(*part) for part in virtual_of(near).ranges)
    header = header_before_a_hole(near, hole)

    def read_at(offset: int, length: int) -> bytes:
        if offset < len(header):
            return header[offset : offset + length]
        inside = offset - len(header) - hole
        return samples[inside : inside + length]

    index = read_index(read_at, len(header) + hole + len(samples))
    far = OpenFilm(near.path, index, read_at)
    assert far.bytes_of(virtual_of(far))[-len(samples) :] == samples
    assert virtual_of(far).ranges == (Range(len(header) + hole, len(samples)),)


def header_before_a_hole(film: OpenFilm, hole: int) -> bytes:
    """The film's header, written as if that many bytes lay between it and the samples."""
    start = min(int(track.samples.offsets[0]) for track in film.index.tracks)
    end = max(int(track.samples.offsets[-1] + track.samples.sizes[-1]) for track in film.index.tracks)
    tracks = [
        HeaderTrack(
            kind=track.kind,
            timescale=track.timescale,
            entry=clean_entry(track),
            matrix=track.matrix,
            display=track.display,
            sizes=track.samples.sizes,
            durations=track.samples.durations,
            composition=track.samples.pts - track.samples.dts,
            keyframes=track.samples.keyframes,
            start=track.edit.start,
            length=48_000 * SECONDS,
            delay=0,
            chunk_counts=np.ones(len(track.samples), np.int64),
            chunk_offsets=track.samples.offsets - start + hole,
        )
        for track in film.index.tracks
    ]
    return write_header(tracks, movie_timescale=48_000, media_bytes=hole + end - start)


def test_other_codecs_are_left_to_conversion(films: FilmShelf) -> None:
    hevc = open_film(films.get("hevc"))
    with pytest.raises(NotPlainMp4, match=r"H\.264"):
        virtual_of(hevc)
    opus = open_film(films.get("opus_mp4"))
    with pytest.raises(NotPlainMp4, match="AAC"):
        virtual_of(opus)


def test_uncompressed_sound_is_not_mistaken_for_packets(tmp_path: Path) -> None:
    path = encode(
        tmp_path / "pcm.mov", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "pcm_s16le", seconds=1
    )
    index = open_film(path).index
    assert index.ignored == (("sound", "sowt"),)
    assert index.sound is None
