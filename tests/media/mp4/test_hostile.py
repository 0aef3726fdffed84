"""A file may claim anything: reading its index ends quickly, in an index or in a sentence."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from pennydrop.media.frames import FrameTable
from pennydrop.media.mp4.boxes import Mp4Unreadable, NotPlainMp4
from pennydrop.media.mp4.index import read_index
from pennydrop.media.mp4.virtual import build_virtual
from tests.factories.films import FilmShelf


def read(data: bytes | bytearray) -> int:
    """Index, describe and tabulate the file; return how many frames it shows."""
    index = read_index(lambda offset, length: bytes(data[offset : offset + length]), len(data))
    try:
        build_virtual(index, index.video, index.sound)
    except Mp4Unreadable:
        pass
    return len(FrameTable.from_track(index.video))


def patched(data: bytes, kind: bytes, offset: int, value: int, nth: int = 0) -> bytearray:
    """Overwrite four bytes of the body of the nth box of a kind."""
    at = -1
    for _ in range(nth + 1):
        at = data.index(kind, at + 1)
    copy = bytearray(data)
    struct.pack_into(">I", copy, at + 4 + offset, value)
    return copy


@pytest.fixture(scope="module")
def film(films: FilmShelf) -> bytes:
    return films.get("phone").read_bytes()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 64,
        b"#EXTM3U\nhttp://127.0.0.1/secret.ts\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        struct.pack(">I4s", 1 << 31, b"moov"),
        struct.pack(">I4sQ", 1, b"moov", 1 << 63),
        struct.pack(">I4s", 8, b"free") * 100_000,
        struct.pack(">I4s", 100_008, b"moov") + struct.pack(">I4s", 8, b"trak") * 12_500,
    ],
)
def test_what_is_no_film_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Mp4Unreadable) as refused:
        read(data)
    assert refused.value.reason.endswith(".")


def test_a_fragmented_film_says_so(films: FilmShelf) -> None:
    with pytest.raises(NotPlainMp4, match="fragments"):
        read(films.get("fragmented").read_bytes())


def test_a_film_that_was_cut_short_says_so(films: FilmShelf, film: bytes) -> None:
    with pytest.raises(Mp4Unreadable, match="cut short"):
        read(film[: len(film) // 2])
    moov = film.rindex(b"moov") - 4
    with pytest.raises(Mp4Unreadable, match="cut short"):
        read(film[: moov + 500])


def test_samples_outside_the_file_are_never_read(film: bytes) -> None:
    with pytest.raises(Mp4Unreadable, match="missing at the end"):
        read(patched(film, b"stco", 8, 0xFFFF0000))


@pytest.mark.parametrize("count", [0xFFFFFFFF, 5_000_001])
def test_a_claim_of_a_billion_samples_costs_nothing(film: bytes, count: int) -> None:
    same_size = patched(film, b"stsz", 4, 1)
    with pytest.raises(Mp4Unreadable, match="twelve-hour"):
        read(patched(bytes(same_size), b"stsz", 8, count))


def test_a_claim_of_many_years_is_refused(film: bytes) -> None:
    with pytest.raises(Mp4Unreadable, match="24 hours"):
        read(patched(film.replace(b"edts", b"free"), b"stts", 12, 0x7FFFFFFF))


def test_a_film_that_points_into_other_files_is_refused(film: bytes) -> None:
    with pytest.raises(NotPlainMp4, match="another file"):
        read(patched(film, b"url ", 0, 0))


def test_a_film_played_in_slow_motion_is_left_to_conversion(film: bytes) -> None:
    with pytest.raises(NotPlainMp4, match="faster or slower"):
        read(patched(film, b"elst", 16, 0x8000))


def test_damage_anywhere_in_the_index_ends_in_an_index_or_a_sentence(films: FilmShelf, film: bytes) -> None:
    draw = random.Random(11)
    films_with_edits: list[Path] = [films.get("edit_list"), films.get("late_audio"), films.get("data_track")]
    outcomes = set()
    for round_ in range(600):
        data = bytearray(film if round_ % 2 else films_with_edits[round_ // 2 % 3].read_bytes())
        moov = data.rindex(b"moov") - 4
        for _ in range(draw.choice([1, 1, 2, 8])):
            at = draw.randrange(moov, len(data) - 4)
            struct.pack_into(">I", data, at, draw.choice([0, 1, 2**31, 2**32 - 1, draw.getrandbits(32)]))
        try:
            read(data)
            outcomes.add("index")
        except Mp4Unreadable as refused:
            outcomes.add("sentence" if refused.reason.isprintable() else "noise")
    assert outcomes == {"index", "sentence"}
