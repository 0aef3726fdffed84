"""A clip of a film in a bucket comes out the same, whether all of the film was fetched or a part of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pennydrop.clips.from_parts import cut_from_parts
from pennydrop.media.cutting import MustEncode, cut_clip, cut_needs
from pennydrop.storage.local import LocalStore
from pennydrop.storage.port import ObjectMissing
from pennydrop.timeline import Span
from tests.factories.films import a_phone_film

KEY = "sources/lesson"
SPAN = Span(20_500, 23_250)


class Bucket(LocalStore):
    """A store that gives no paths, and counts what it gives."""

    given = 0

    def local_path(self, key: str) -> None:
        return None

    def read(self, key: str, start: int = 0, end: int | None = None) -> bytes:
        data = super().read(key, start, end)
        self.given += len(data)
        return data

    def stream(self, key: str, start: int, end: int, chunk: int = 1 << 18) -> Iterator[bytes]:
        for piece in super().stream(key, start, end, chunk):
            self.given += len(piece)
            yield piece


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_phone_film(tmp_path_factory.mktemp("film") / "lesson.mp4", seconds=60.0)


@pytest.fixture
def bucket(tmp_path: Path, film: Path) -> Bucket:
    bucket = Bucket(tmp_path / "bucket")
    bucket.put_file(KEY, Path(shutil.copy(film, tmp_path / "copy.mp4")))
    return bucket


def test_it_is_the_same_clip_and_little_of_the_film_was_fetched(
    bucket: Bucket, film: Path, tmp_path: Path
) -> None:
    (tmp_path / "whole").mkdir()
    from_whole = cut_clip(film, SPAN, tmp_path / "whole")
    from_parts = cut_from_parts(bucket, KEY, SPAN, tmp_path / "parts")
    assert from_parts.path.read_bytes() == from_whole.path.read_bytes()
    assert from_parts.duration_ms == from_whole.duration_ms
    assert bucket.given < film.stat().st_size / 4
    assert not (tmp_path / "parts/film").exists()


def test_a_hole_is_never_taken_for_a_part_of_the_film(bucket: Bucket, film: Path, tmp_path: Path) -> None:
    (tmp_path / "needs").mkdir()
    (tmp_path / "cut").mkdir()
    first, *others = cut_needs(film, SPAN, tmp_path / "needs")
    size = film.stat().st_size
    # All is there but the middle of what is needed; the file itself has it, and it isn't looked at.
    middle = (first[0] + first[1]) // 2
    here = [(0, middle - 1000), (middle + 1000, size), *others]
    with pytest.raises(MustEncode, match="isn't here"):
        cut_clip(film, SPAN, tmp_path / "cut", here=here)


def test_a_film_that_cannot_be_cut_says_so_before_anything_of_it_is_fetched(
    bucket: Bucket, tmp_path: Path
) -> None:
    from tests.factories.films import AAC, encode

    other = encode(tmp_path / "other.mp4", "-c:v", "mpeg4", *AAC, seconds=4.0)
    bucket.put_file("sources/other", other)
    with pytest.raises(MustEncode):
        cut_from_parts(bucket, "sources/other", Span(0, 1000), tmp_path / "parts")
    assert bucket.given < bucket.size("sources/other") / 4


def test_a_film_that_is_gone_is_missing(bucket: Bucket, tmp_path: Path) -> None:
    with pytest.raises(ObjectMissing):
        cut_from_parts(bucket, "sources/gone", SPAN, tmp_path / "parts")
