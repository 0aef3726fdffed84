"""What every object store promises, whichever it is."""

from __future__ import annotations

import os
import threading
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pennydrop.clock import utcnow
from pennydrop.db.session import SessionMaker
from pennydrop.errors import Invalid, NotFound, Unavailable
from pennydrop.settings import Settings
from pennydrop.storage import keys
from pennydrop.storage.local import LocalStore
from pennydrop.storage.open import StorageIncomplete, open_store
from pennydrop.storage.port import ObjectExists, ObjectStore
from pennydrop.storage.s3 import S3Store
from pennydrop.storage.s3_client import TELLS_APART_S
from pennydrop.uploads.staging.open import open_staging
from tests.support import small_disk
from tests.support.house import free_port, until
from tests.support.servers.s3 import S3


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    if request.param == "local":
        return open_store(Settings(data=tmp_path / "data"))
    s3: S3 = request.getfixturevalue("s3")
    return open_store(s3_settings(tmp_path, s3, s3.make_bucket()))


# As far as settings go; no server is there.
SOME_BUCKET: dict[str, Any] = {
    "storage": "s3",
    "s3_endpoint": "127.0.0.1:9",
    "s3_access_key": "pennydrop",
    "s3_secret_key": "abc",
}


def s3_settings(data: Path, s3: S3, bucket: str, **other: str) -> Settings:
    return Settings(data=data, **(s3.settings(bucket) | other))


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


def test_a_large_file_is_stored_in_parts_and_read_back(store: ObjectStore, tmp_path: Path) -> None:
    data = os.urandom((33 << 20) + 7)
    assert store.put_file("sources/large", a_file(tmp_path, data)) == len(data)
    assert store.read("sources/large") == data
    assert store.fetch("sources/large", tmp_path / "copy").read_bytes() == data
    assert b"".join(store.stream("sources/large", 20 << 20, (20 << 20) + 10)) == data[20 << 20 :][:10]


@pytest.mark.parametrize("size", [10, (17 << 20)])
def test_what_is_published_never_takes_another_objects_place(
    store: ObjectStore, tmp_path: Path, size: int
) -> None:
    store.put_file("clips/c/1.mp4", a_file(tmp_path, b"the first"), only_new=True)
    with pytest.raises(ObjectExists):
        store.put_file("clips/c/1.mp4", a_file(tmp_path, bytes(size)), only_new=True)
    assert store.read("clips/c/1.mp4") == b"the first"


def test_a_reader_who_turns_away_half_way_disturbs_nobody(store: ObjectStore) -> None:
    store.put_bytes("sources/a", bytes(3 << 20))
    for _ in range(100):
        next(store.stream("sources/a", 0, 3 << 20))
    assert len(store.read("sources/a")) == 3 << 20


def test_settings_that_lack_something_say_what(tmp_path: Path) -> None:
    with pytest.raises(StorageIncomplete, match="PENNYDROP_S3_ENDPOINT, PENNYDROP_S3_ACCESS_KEY"):
        open_store(Settings(data=tmp_path, storage="s3"))


@pytest.mark.skipif(not small_disk.can_be_made(), reason=small_disk.WHY_NOT)
def test_room_is_known_where_a_folder_lies_on_the_buckets_own_disk(
    tmp_path: Path, database: SessionMaker
) -> None:
    with small_disk.a_small_disk(tmp_path / "disk", kilobytes=512) as disk:
        settings = Settings(data=tmp_path, room_folder=disk.path, **SOME_BUCKET)
        store = open_store(settings)
        assert store.free_bytes() == open_staging(settings, store, database).free_bytes() == 512 << 10
        disk.fill()
        assert store.free_bytes() == 0


def test_a_folder_for_room_that_is_not_there_is_named(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, room_folder=tmp_path / "nowhere", **SOME_BUCKET)
    with pytest.raises(StorageIncomplete, match=r"nowhere.*PENNYDROP_ROOM_FOLDER"):
        open_store(settings)


def test_a_server_that_is_away_is_said_in_a_sentence(tmp_path: Path, s3: S3) -> None:
    store = open_store(s3_settings(tmp_path, s3, "films", s3_endpoint=f"127.0.0.1:{free_port()}"))
    for use in (
        lambda: store.size("sources/a"),
        lambda: store.put_bytes("sources/a", b"x"),
        lambda: list(store.list()),
    ):
        with pytest.raises(Unavailable, match="doesn't answer"):
            use()


def test_a_bucket_that_is_not_there_is_said_in_a_sentence(tmp_path: Path, s3: S3) -> None:
    store = open_store(s3_settings(tmp_path, s3, "nowhere"))
    with pytest.raises(Unavailable, match="NoSuchBucket"):
        store.put_bytes("sources/a", b"x")


def test_a_bucket_is_made_once(tmp_path: Path, s3: S3) -> None:
    store = open_store(s3_settings(tmp_path, s3, f"films-{uuid.uuid4().hex}"))
    assert isinstance(store, S3Store)
    assert store.make_bucket()
    assert not store.make_bucket()
    store.put_bytes("sources/a", b"x")
    assert store.read("sources/a") == b"x"


def test_an_object_in_parts_is_seen_once_it_is_completed(tmp_path: Path, s3: S3) -> None:
    store = open_store(s3_settings(tmp_path, s3, s3.make_bucket()))
    assert isinstance(store, S3Store)
    parts = store.multipart
    upload = parts.begin("sources/film")
    first, second = os.urandom(5 << 20), b"the end"
    parts.put("sources/film", upload, 1, bytes(5 << 20))
    parts.put("sources/film", upload, 2, second)
    sent_at = time.monotonic()
    until(lambda: time.monotonic() > sent_at + TELLS_APART_S)
    parts.put("sources/film", upload, 1, first)  # sent again, as after a broken connection
    with pytest.raises(NotFound):
        store.size("sources/film")
    there = parts.parts("sources/film", upload)
    assert [(part.number, part.size) for part in there] == [(1, 5 << 20), (2, 7)]
    assert [one.upload_id for one in parts.unfinished()] == [upload]
    parts.complete("sources/film", upload, there)
    assert store.read("sources/film") == first + second
    assert list(parts.unfinished()) == []
    given_up = parts.begin("sources/other")
    parts.abort("sources/other", given_up)
    parts.abort("sources/other", given_up)
    assert list(parts.unfinished()) == []


def test_half_a_copy_of_a_process_that_was_killed_is_forgotten(tmp_path: Path) -> None:
    LocalStore(tmp_path)
    old, going_on = tmp_path / ".aside" / "old", tmp_path / ".aside" / "going-on"
    for path in (old, going_on):
        path.write_bytes(b"half a film")
    os.utime(old, (time.time() - 7200,) * 2)
    LocalStore(tmp_path)
    assert list((tmp_path / ".aside").iterdir()) == [going_on]
