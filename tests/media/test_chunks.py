"""What is made of a film in chunks is, frame by frame and sample by sample, what one run makes of it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from pennydrop.media import chunks
from pennydrop.media.chunking import (
    Piece,
    PiecesDiffer,
    init_name,
    join,
    make_chunk,
    make_sound,
    segment_name,
)
from pennydrop.media.frames import FrameTable
from pennydrop.media.inspection import Inspection, inspect
from pennydrop.media.plan import Plan, plan_for
from pennydrop.media.proxies import make_proxies
from tests.factories.films import FilmShelf, read_counters

pytestmark = pytest.mark.media


@dataclass
class Film:
    """A film that was looked into, and a folder to work in."""

    source: Path
    found: Inspection
    plan: Plan
    frames: FrameTable
    work: Path

    @classmethod
    def of(cls, films: FilmShelf, kind: str, work: Path) -> Film:
        source = films.get(kind)
        found = inspect(source, work)
        frames = FrameTable.from_json(json.loads(found.frames.read_text()))
        return cls(source, found, plan_for(found.probe), frames, work)

    def folder(self, name: str) -> Path:
        path = self.work / name
        path.mkdir()
        return path

    def chunk(self, number: int, chunk: range, *, threads: int = 1) -> tuple[Piece, ...]:
        made = make_chunk(
            self.source,
            self.found.probe,
            self.plan,
            self.frames,
            chunk,
            self.folder(f"chunk-{number}"),
            live=True,
            threads=threads,
        )
        return made.pieces

    def sound(self) -> Piece | None:
        if self.found.probe.audio is None:
            return None
        (piece,) = make_sound(self.source, self.found.probe, self.folder("sound"), live=True).pieces
        return piece

    def joined(self, pieces: list[tuple[Piece, ...]]) -> Path:
        by_size = [[of_chunk[n] for of_chunk in pieces] for n in range(len(self.plan.sizes))]
        made = join(by_size, self.sound(), self.found.probe, self.plan, self.frames, self.folder("joined"))
        return made.renditions[-1].path

    def in_one_run(self) -> Path:
        out = self.folder("whole")
        return make_proxies(self.source, self.found.probe, self.plan, self.frames, out).renditions[-1].path


@pytest.mark.parametrize(
    "kind",
    [
        "phone",
        "rotated_90",
        "vfr",
        "hevc_vfr",
        "hevc_hlg",
        "late_video_hevc",
        "late_audio",
        "camcorder",
        "recorder_vp9",
        "fragmented_phone",
        "clock_wraps",
        "edit_list",
        "joined",
        "fast_120",
        "silent",
        "phone_720",
    ],
)
def test_a_film_in_chunks_is_the_film_in_one_run(films: FilmShelf, out: Path, kind: str) -> None:
    film = Film.of(films, kind, out)
    cuts = chunks.chunks_of(film.found.probe, film.plan, film.frames, length_s=1)
    assert len(cuts) > 1 or kind == "fast_120"

    joined = film.joined([film.chunk(number, chunk) for number, chunk in enumerate(cuts)])

    whole = film.in_one_run()
    seen, expected = read_counters(joined), read_counters(whole)
    assert [counter for _, counter in seen] == [counter for _, counter in expected]
    assert [ms for ms, _ in seen] == pytest.approx([ms for ms, _ in expected], abs=0.2)
    if film.found.probe.audio is not None:
        heard, wanted = _samples(joined), _samples(whole)
        # Where the sound ends early, silence follows it to the end of the picture.
        assert len(heard) >= len(wanted)
        inside = slice(0, len(wanted) - 2048)
        np.testing.assert_allclose(heard[inside], wanted[inside], atol=2e-4)


def _samples(path: Path) -> NDArray[np.float32]:
    with av.open(str(path)) as film:
        frames = [frame.to_ndarray()[0] for frame in film.decode(audio=0)]
    return np.concatenate(frames).astype(np.float32)


def test_segments_come_as_the_playlist_says_they_will(films: FilmShelf, out: Path) -> None:
    film = Film.of(films, "hevc", out)
    cuts = [range(60), range(60, 120)]
    for number, chunk in enumerate(cuts):
        film.chunk(number, chunk)
        made = sorted((out / f"chunk-{number}").glob("360p_*.m4s"))
        planned = chunks.segments_in(film.frames, chunk)
        assert [path.name for path in made] == [segment_name("360p", n) for n in range(len(planned))]
    whole = out / "watched.mp4"
    init = [(out / f"chunk-{number}" / init_name("360p")).read_bytes() for number in range(2)]
    assert init[0] == init[1]
    paths = [path for n in range(2) for path in sorted((out / f"chunk-{n}").glob("360p_*.m4s"))]
    whole.write_bytes(b"".join([init[0], *(path.read_bytes() for path in paths)]))
    seen = read_counters(whole)
    assert [counter for _, counter in seen] == list(range(120))
    assert [ms for ms, _ in seen] == pytest.approx([n * 1000 / 30 for n in range(120)], abs=0.2)


def test_the_sounds_segments_are_as_many_as_were_promised(films: FilmShelf, out: Path) -> None:
    film = Film.of(films, "late_audio", out)
    film.sound()
    promised = chunks.sound_segments(film.found.probe.duration_ms)
    assert len(list((out / "sound").glob("sound_*.m4s"))) == len(promised)


def test_pieces_of_different_make_are_not_joined(films: FilmShelf, out: Path) -> None:
    film = Film.of(films, "phone", out)
    other = Film.of(films, "rotated_90", film.folder("other"))
    pieces = [film.chunk(0, range(60)), other.chunk(1, range(60, 120))]
    with pytest.raises(PiecesDiffer):
        film.joined(pieces)


def test_a_piece_that_is_broken_is_not_called_the_films_fault(films: FilmShelf, out: Path) -> None:
    film = Film.of(films, "phone", out)
    pieces = [film.chunk(0, range(60)), film.chunk(1, range(60, len(film.frames)))]
    sound = film.sound()
    assert sound is not None
    os.truncate(sound.path, 0)
    by_size = [[of_chunk[n] for of_chunk in pieces] for n in range(len(film.plan.sizes))]
    with pytest.raises(PiecesDiffer):
        join(by_size, sound, film.found.probe, film.plan, film.frames, film.folder("joined"))
