"""What every object store promises, whichever it is."""

from __future__ import annotations

import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from pennydrop.clock import utcnow
from pennydrop.errors import Invalid, NotFound
from pennydrop.settings import Settings
from pennydrop.storage import keys
from pennydrop.storage.open import StorageNotSupported, open_store
from pennydrop.storage.port import ObjectStore


@pytest.fixture(params=["local"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    return open_store(Settings(data=tmp_path / "data", storage=request.param))


def a_file(folder: Path, data: bytes) -> Path:
    path = folder / "made-by-a-job"
    path.write_bytes(data)
    return path


def test_what_was_stored_is_read_back_byte_for_byte(store: ObjectStore, tmp_path: Path) -> None:
    data = os.urandom(300_000)
    assert store.put_file("sources/a", a_file(tmp_path, data)) == len(data)
    assert store.put_bytes("sources/b", data[:10]) == 10
    assert store.read("sources/a") == data
    assert store.size("sources/a") == len(data)
    assert store.read("sources/b") == data[:10]


def test_an_empty_object_is_an_object(store: ObjectStore) -> None:
    store.put_bytes("sources/empty", b"")
    assert store.size("sources/empty") == 0
    assert store.read("sources/empty") == b""


def test_any_range_can_be_read_and_streamed(store: ObjectStore) -> None:
    data = os.urandom(100_000)
    store.put_bytes("clips/c/1.mp4", data)
    for start, end in [(0, 1), (0, 100_000), (99_999, 100_000), (12_345, 67_890), (50, 50)]:
        assert store.read("clips/c/1.mp4", start, end) == data[start:end]
        pieces = list(store.stream("clips/c/1.mp4", start, end, chunk=1000))
        assert b"".join(pieces) == data[start:end]
        assert all(len(piece) <= 1000 for piece in pieces)


def test_a_missing_object_is_not_found(store: ObjectStore, tmp_path: Path) -> None:
    for look in (
        lambda: store.size("sources/none"),
        lambda: store.read("sources/none"),
        lambda: list(store.stream("sources/none", 0, 1)),
        lambda: store.fetch("sources/none", tmp_path / "copy"),
    ):
        with pytest.raises(NotFound):
            look()


def test_deleting_takes_the_object_and_deleting_again_is_fine(store: ObjectStore) -> None:
    store.put_bytes("live/v/1-1/a.m4s", b"x")
    store.delete("live/v/1-1/a.m4s")
    store.delete("live/v/1-1/a.m4s")
    with pytest.raises(NotFound):
        store.size("live/v/1-1/a.m4s")


def test_a_prefix_is_listed_and_deleted_whole_and_nothing_else(store: ObjectStore) -> None:
    for key in ("renditions/v1/720p/1/a", "renditions/v1/360p/1/b", "renditions/v12/720p/1/a", "sources/s"):
        store.put_bytes(key, b"1234")
    assert {(found.key, found.size) for found in store.list("renditions/v1/")} == {
        ("renditions/v1/720p/1/a", 4),
        ("renditions/v1/360p/1/b", 4),
    }
    assert len(list(store.list())) == 4
    assert store.delete_prefix("renditions/v1/") == 2
    assert {found.key for found in store.list()} == {"renditions/v12/720p/1/a", "sources/s"}
    assert store.delete_prefix("clips/none/") == 0


def test_an_objects_age_counts_from_the_moment_it_was_stored(store: ObjectStore, tmp_path: Path) -> None:
    path = a_file(tmp_path, b"written long ago")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    store.put_file("sources/old", path)
    (found,) = store.list("sources/")
    assert abs(found.modified_at - utcnow()) < timedelta(minutes=1)


def test_a_reader_never_sees_a_half_written_object(store: ObjectStore) -> None:
    versions = {bytes([n]) * 200_000 for n in range(8)}
    store.put_bytes("clips/c/1.mp4", bytes(200_000))
    stop = threading.Event()
    torn: list[bytes] = []

    def look() -> None:
        while not stop.is_set():
            if (seen := store.read("clips/c/1.mp4")) not in versions:
                torn.append(seen)

    reader = threading.Thread(target=look)
    reader.start()
    for data in sorted(versions):
        store.put_bytes("clips/c/1.mp4", data)
    stop.set()
    reader.join()
    assert not torn
    assert len(list(store.list())) == 1


def test_storing_beside_an_object_that_is_being_deleted_works(store: ObjectStore) -> None:
    def churn(name: str) -> None:
        for _ in range(60):
            store.put_bytes(f"live/v/1/{name}", b"x")
            store.delete(f"live/v/1/{name}")

    busy = [threading.Thread(target=churn, args=(name,)) for name in ("a", "b")]
    for thread in busy:
        thread.start()
    for number in range(60):
        store.put_bytes(f"live/v/1/kept-{number}", b"y")
        store.delete(f"live/v/1/kept-{number}")
    for thread in busy:
        thread.join()
    store.put_bytes("live/v/1/kept", b"y")
    assert store.read("live/v/1/kept") == b"y"


@pytest.mark.parametrize(
    "key",
    ["", "/etc/passwd", "../up", "a/../../up", "a//b", "a/", ".hidden", "a/.b", "a\0b", "a b", "x" * 301],
)
def test_a_key_that_could_leave_the_store_is_refused(store: ObjectStore, key: str) -> None:
    for use in (lambda: store.put_bytes(key, b""), lambda: store.read(key), lambda: store.delete(key)):
        with pytest.raises(Invalid):
            use()


def test_keys_are_made_from_ids_and_attempts() -> None:
    assert keys.source("s1") == "sources/s1"
    assert keys.rendition("v1", "720p", "j1-2", "film.mp4") == "renditions/v1/720p/j1-2/film.mp4"
    assert keys.clip("c1", "j1-2") == "clips/c1/j1-2.mp4"
    assert keys.folder(keys.live("v1", "j1-2", "index.m3u8")) == "live/v1/j1-2/"


def test_free_room_is_known(store: ObjectStore) -> None:
    free = store.free_bytes()
    assert free is None or free > 0


def test_a_store_that_cannot_be_used_yet_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageNotSupported, match="folder"):
        open_store(Settings(data=tmp_path, storage="s3"))
