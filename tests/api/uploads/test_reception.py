"""The bytes of one request, on their way from the network to the disk."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from pennydrop.uploads.staging import RunningHash, folder
from pennydrop.uploads.staging.folder import FilePartWriter
from pennydrop_api.uploads import reception as receptions
from pennydrop_api.uploads.reception import Pace, Reception
from tests.support.loops import run_apart

MB = 1 << 20
DATA = os.urandom(24 * MB)
BUSY = Pace(look=0.001, commit=0.0, stalled=0.3)


class FullDisk(FilePartWriter):
    """Takes nine megabytes and no more."""

    def _write_all(self, pieces: Sequence[bytes]) -> None:
        if self.offset + sum(map(len, pieces)) > 9 * MB:
            raise OSError(errno.ENOSPC, "no space left on device")
        super()._write_all(pieces)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a busy disk takes, the hash waits for it."""
    monkeypatch.setattr(receptions, "_HELD_UP_S", float("inf"))


@pytest.fixture
def part(tmp_path: Path) -> Path:
    path = tmp_path / "upload.part"
    path.touch()
    return path


async def network(data: bytes, *, hangs: bool = False) -> AsyncIterator[bytes]:
    for start in range(0, len(data), 200_000):
        await asyncio.sleep(0)
        yield data[start : start + 200_000]
    if hangs:
        await asyncio.sleep(60)


def receive(
    writer: FilePartWriter,
    stream: AsyncIterator[bytes],
    *,
    at_most: int = len(DATA),
    claim: Path | None = None,
) -> tuple[Reception, bool | OSError, list[int]]:
    """Run one reception to its end and settle it; return what became of it and what was committed."""
    committed: list[int] = []

    async def run() -> tuple[Reception, bool | OSError]:
        reception = Reception(
            writer,
            at_most=at_most,
            commit=committed.append,
            is_wanted=lambda: claim is not None and claim.exists(),
            commits_on_the_way=True,
            pace=BUSY,
        )
        came: bool | OSError
        try:
            came = await reception.run(stream)
        except OSError as error:
            came = error
        await asyncio.to_thread(reception.settle)
        await asyncio.to_thread(reception.close)
        return reception, came

    reception, came = run_apart(run())
    return reception, came, committed


@pytest.mark.usefixtures("patient")
def test_commits_on_the_way_never_run_ahead_of_what_is_written(part: Path) -> None:
    writer = FilePartWriter(part, 0, None, None)
    _, came, committed = receive(writer, network(DATA))
    assert came is True
    assert part.read_bytes() == DATA
    assert committed == sorted(committed)
    assert committed[-1] == len(DATA)
    assert writer.running is not None
    assert writer.running.sha256.digest() == hashlib.sha256(DATA).digest()


@pytest.mark.usefixtures("patient")
def test_bytes_and_hash_go_on_where_they_stood(part: Path) -> None:
    part.write_bytes(DATA[:1000] + b"written, but never committed")
    running = RunningHash(1000, hashlib.sha256(DATA[:1000]))
    writer = FilePartWriter(part, 1000, running, None)
    receive(writer, network(DATA[1000:]))
    assert part.read_bytes() == DATA
    assert writer.running is not None
    assert writer.running.sha256.digest() == hashlib.sha256(DATA).digest()


def test_a_hash_that_missed_bytes_is_not_gone_on_with(part: Path) -> None:
    part.write_bytes(DATA[:1000])
    writer = FilePartWriter(part, 1000, RunningHash(900, hashlib.sha256(DATA[:900])), None)
    receive(writer, network(DATA[1000:]))
    assert part.read_bytes() == DATA
    assert writer.running is None


def test_a_client_that_stalls_is_ended_and_what_it_sent_is_kept(part: Path) -> None:
    reception, came, committed = receive(
        FilePartWriter(part, 0, None, None), network(DATA[: 3 * MB], hangs=True)
    )
    assert came is False
    assert reception.stalled
    assert committed[-1] == 3 * MB
    assert part.read_bytes() == DATA[: 3 * MB]


def test_somebody_elses_claim_ends_it(part: Path, tmp_path: Path) -> None:
    claim = tmp_path / "upload.claim"
    claim.touch()
    reception, came, _ = receive(
        FilePartWriter(part, 0, None, None), network(DATA[: 3 * MB], hangs=True), claim=claim
    )
    assert came is False
    assert reception.stopped
    assert not reception.stalled


def test_more_than_is_allowed_ends_it(part: Path) -> None:
    reception, came, committed = receive(FilePartWriter(part, 0, None, None), network(DATA), at_most=5 * MB)
    assert came is False
    assert reception.overflowed
    assert committed[-1] <= 5 * MB


def test_a_full_disk_keeps_what_fitted(part: Path) -> None:
    writer = FullDisk(part, 0, None, None)
    _, came, committed = receive(writer, network(DATA))
    assert isinstance(came, OSError)
    assert came.errno == errno.ENOSPC
    assert 7 * MB < committed[-1] <= 9 * MB
    assert part.read_bytes() == DATA[: committed[-1]]


def test_what_a_disk_lost_once_is_never_committed(part: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel tells of bytes it couldn't write once, and says that all is well when it is asked again."""
    writer, asked = FilePartWriter(part, 0, None, None), []

    def failing_once(descriptor: int) -> None:
        asked.append(descriptor)
        if len(asked) == 1:
            raise OSError(errno.EIO, "the disk failed")

    monkeypatch.setattr(folder.os, "fdatasync", failing_once)
    committed: list[int] = []
    one = Reception(
        writer,
        at_most=len(DATA),
        commit=committed.append,
        is_wanted=lambda: False,
        commits_on_the_way=True,
        pace=BUSY,
    )
    writer.write([DATA[:1000]])
    for _ in range(2):
        with pytest.raises(OSError, match="the disk failed"):
            one.settle()
    with pytest.raises(OSError, match="the disk failed"):
        writer.write([DATA[1000:2000]])
    one.close()
    assert (committed, one.counted_on) == ([], 0)


class SlowHash(FilePartWriter):
    """Hashes at a third of a phone's pace, on a machine with nothing to spare."""

    def count(self, pieces: Sequence[bytes]) -> None:
        time.sleep(0.06)
        super().count(pieces)


def test_a_network_that_outruns_the_hash_is_let_go_on_and_the_proof_comes_later(part: Path) -> None:
    writer = SlowHash(part, 0, None, None)
    _, came, _ = receive(writer, network(DATA))
    assert came is True
    assert part.read_bytes() == DATA
    assert writer.running is None


def test_a_checksum_is_counted_however_fast_the_network_is(part: Path) -> None:
    checksum = hashlib.sha256()
    receive(SlowHash(part, 0, None, checksum), network(DATA))
    assert checksum.hexdigest() == hashlib.sha256(DATA).hexdigest()
