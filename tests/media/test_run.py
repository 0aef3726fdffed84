"""Processes that open films are fenced in, limited, stopped when unwanted, and leave nothing running."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from pennydrop.media import child, lockdown, sandbox
from pennydrop.media.child import Progress
from pennydrop.media.failures import Cancelled, MediaFailure
from pennydrop.media.run import run
from pennydrop.media.sandbox import Limits, program, sandbox_report, source_path
from pennydrop.media.verify import measure
from tests.factories.films import FilmShelf
from tests.support import small_disk

pytestmark = pytest.mark.media

ENDLESS = ["-nostdin", "-v", "error", "-re", "-f", "lavfi", "-i", "testsrc=s=160x90"]


def ffmpeg(*arguments: str) -> list[str]:
    return [program("ffmpeg"), *arguments]


def test_it_reads_its_source_and_writes_in_its_folder_only(
    films: FilmShelf, out: Path, tmp_path: Path
) -> None:
    copy = ["-nostdin", "-v", "error", "-i", f"file:{source_path()}", "-c", "copy"]

    run(ffmpeg(*copy, "copy.mp4"), out=out, sources=[films.get("phone")])
    with pytest.raises(MediaFailure):
        run(ffmpeg(*copy, str(tmp_path / "elsewhere.mp4")), out=out, sources=[films.get("phone")])

    assert (out / "copy.mp4").stat().st_size > 10_000
    assert not (tmp_path / "elsewhere.mp4").exists()


def test_what_cannot_be_started_leaves_nothing_open(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more_processes(*_: object, **__: object) -> None:
        raise BlockingIOError("there are too many processes")

    monkeypatch.setattr("pennydrop.media.run.started", no_more_processes)
    before = set(Path("/proc/self/fd").iterdir())
    for _ in range(3):
        with pytest.raises(BlockingIOError):
            run(ffmpeg("-version"), out=out)
    assert set(Path("/proc/self/fd").iterdir()) == before


def test_it_cannot_read_any_other_file(films: FilmShelf, out: Path) -> None:
    with pytest.raises(MediaFailure) as failed:
        run(
            ffmpeg("-nostdin", "-v", "error", "-i", str(films.get("phone")), "-c", "copy", "stolen.mp4"),
            out=out,
        )
    assert "denied" in failed.value.technical


def test_a_source_that_only_its_owner_may_read_can_be_read(
    films: FilmShelf, out: Path, tmp_path: Path
) -> None:
    vault = tmp_path / "vault"
    vault.mkdir(mode=0o700)
    source = vault / "film"
    source.write_bytes(films.get("phone").read_bytes())
    source.chmod(0o600)
    before = source.read_bytes()

    run(
        ffmpeg("-nostdin", "-v", "error", "-i", source_path(), "-c", "copy", "copy.mp4"),
        out=out,
        sources=[source],
    )

    assert (out / "copy.mp4").exists()
    assert source.read_bytes() == before
    assert not source.stat().st_mode & 0o007


def test_progress_is_reported_while_it_works(films: FilmShelf, out: Path) -> None:
    seen: list[Progress] = []
    argv = ffmpeg("-nostdin", "-v", "error", "-i", source_path(), "-progress", "pipe:1", "made.mp4")
    run(argv, out=out, sources=[films.get("phone")], on_progress=seen.append)
    assert seen[-1].ended
    assert 0 < seen[-1].out_time_ms <= 4100


def test_stopping_it_leaves_nothing_running(out: Path) -> None:
    asked = threading.Event()
    threading.Timer(0.7, asked.set).start()

    with pytest.raises(Cancelled):
        run(ffmpeg(*ENDLESS, "-f", "null", "-"), out=out, cancelled=asked.is_set)

    assert not _children("testsrc=s=160x90")


def test_too_much_time_is_a_failure_of_ours(out: Path) -> None:
    with pytest.raises(MediaFailure) as failed:
        run(ffmpeg(*ENDLESS, "-f", "null", "-"), out=out, limits=Limits(wall_s=1))
    assert failed.value.code == "took_too_long"
    assert not failed.value.files_fault


@pytest.mark.parametrize(
    "limits",
    [Limits(cpu_s=1), Limits(output_bytes=300_000)],
    ids=["processor time", "output"],
)
def test_asking_for_too_much_is_the_files_fault(out: Path, limits: Limits) -> None:
    endless = [
        "-nostdin",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc=s=640x360",
        "-c:v",
        "mpeg4",
        "big.mkv",
    ]
    with pytest.raises(MediaFailure) as failed:
        run(ffmpeg(*endless), out=out, limits=limits)
    assert failed.value.code == "too_demanding"


def test_what_was_written_before_does_not_count_as_output(
    films: FilmShelf, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A film is read back where it was made, and that may take long on a busy machine."""
    monkeypatch.setattr(child, "WEIGH_EVERY_S", 0.0)
    (out / "made.mp4").write_bytes(films.get("phone").read_bytes() + b"\0\0\0\x08free" * 400_000)
    (measured,) = measure([out / "made.mp4"], scratch=out)
    assert measured.last_frame_decodes


def test_it_dies_with_its_parent(out: Path) -> None:
    """Even when the worker is killed outright, its ffmpeg goes with it."""
    script = (
        "from pathlib import Path; from pennydrop.media.run import run; "
        f"run({ffmpeg(*ENDLESS, '-metadata', 'title=orphan', '-f', 'null', '-')!r}, out=Path({str(out)!r}))"
    )
    worker = subprocess.Popen([sys.executable, "-c", script])
    _wait_for(lambda: bool(_children("title=orphan")))
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    _wait_for(lambda: not _children("title=orphan"))


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="this kernel has no autogroups")
def test_work_that_can_wait_is_nice_as_a_session_too(out: Path) -> None:
    """Kernels that group processes by session would else give a transcode as much as a clip."""
    enough = threading.Event()

    def work() -> None:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
        with contextlib.suppress(Cancelled):
            run(
                ffmpeg(*ENDLESS, "-metadata", "title=nice", "-f", "null", "-"),
                out=out,
                cancelled=enough.is_set,
            )

    thread = threading.Thread(target=work)
    thread.start()
    try:
        _wait_for(lambda: any("nice 19" in _autogroup(child) for child in _children("title=nice")))
    finally:
        enough.set()
        thread.join()


def _autogroup(process: psutil.Process) -> str:
    return Path(f"/proc/{process.pid}/autogroup").read_text()


def test_every_layer_that_this_kernel_has_holds() -> None:
    report = sandbox_report()
    assert report.level.landlock == lockdown.landlock_abi()
    assert report.level.seccomp
    assert report.level.own_user == (os.geteuid() == 0)


@pytest.mark.skipif(not lockdown.landlock_abi(), reason="this kernel has no Landlock")
@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "open('/etc/hostname').read()",
        "import os; os.listdir('/')",
        "open('/tmp/escaped', 'w')",
        "import os; os.unshare(0x10000000) if hasattr(os, 'unshare') else exec('raise PermissionError')",
        "import os; os.kill(os.getppid(), 0)",
        "import os; os.setuid(0) if os.getuid() else exec('raise PermissionError')",
    ],
)
def test_code_inside_can_do_no_harm(out: Path, attempt: str) -> None:
    """What a decoder that was taken over would try."""
    policy = sandbox.policy(sources=[], out=out, limits=Limits(), runs=None)
    code = (
        "import json, os, socket, sys; sys.path.insert(0, sys.argv[2]); import lockdown\n"
        "lockdown.lock_down(json.loads(sys.argv[1]))\n"
        f"try:\n    {attempt}\nexcept OSError:\n    print('refused')\n"
    )
    where = str(Path(lockdown.__file__).parent)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, json.dumps(policy), where],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "refused", done.stderr


def _children(mark: str) -> list[psutil.Process]:
    """Running processes whose command line carries `mark`, other than Python ones that quote it."""
    found = []
    for process in psutil.process_iter(["name", "cmdline", "status"]):
        words = process.info["cmdline"] or []
        if process.info["name"] == "ffmpeg" and any(mark in word for word in words):
            found.append(process)
    return found


def _wait_for(condition: object, seconds: float = 10) -> None:
    assert callable(condition)
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.05)


@pytest.mark.skipif(not small_disk.can_be_made(), reason=small_disk.WHY_NOT)
def test_a_file_that_was_cut_short_by_a_full_disk_does_not_count(tmp_path: Path) -> None:
    """ffmpeg writes the last of it when it closes the file, mentions that it couldn't, and exits with 0."""
    beep = ["-nostdin", "-v", "error", "-f", "lavfi", "-i", "sine=d=6", "-c:a", "aac", "-b:a", "96k"]
    fragments = ["-movflags", "+frag_keyframe+empty_moov", "beep.mp4"]
    with (
        small_disk.a_small_disk(tmp_path / "disk", kilobytes=40) as disk,
        pytest.raises(MediaFailure) as failed,
    ):
        run(ffmpeg(*beep, *fragments), out=disk.path)
    assert failed.value.code == "out_of_room"
