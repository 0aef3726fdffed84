"""The only place that starts processes which open films: sandboxed, limited, watched and surely ended."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import psutil

from pennydrop.media import lockdown, sandbox
from pennydrop.media.failures import Cancelled, MediaFailure, from_ffmpeg
from pennydrop.media.sandbox import Limits, SandboxLevel

# How long a process that was asked to stop may take before it is killed.
GRACE_S = 5.0
LOOK_EVERY_S = 0.2
# The kernel's two ways of counting processor time, for its limit and for us to read, differ by a few ticks.
CPU_ROUNDING_S = 0.1
WEIGH_EVERY_S = 2.0
STDOUT_LIMIT = 8 * 1024 * 1024
STDERR_TAIL = 16 * 1024


@dataclass(frozen=True, slots=True)
class Progress:
    """How far ffmpeg is: the time it has reached in its output, and its speed against real time."""

    out_time_ms: int
    speed: float | None


@dataclass(frozen=True, slots=True)
class Completed:
    """A child that ended well."""

    stdout: bytes
    stderr: str
    seconds: float
    level: SandboxLevel


def run(
    argv: Sequence[str],
    *,
    out: Path,
    sources: Sequence[Path] = (),
    limits: Limits | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Completed:
    """Run a program locked down in `out`, which it may write in; it reaches its sources by `source_path(n)`.

    `argv[0]` is a full path. Raises `MediaFailure` when it fails, `Cancelled` when `cancelled()` turned true;
    in both cases its whole process group is gone.
    """
    limits = limits or Limits()
    with _opened(sources) as fds:
        policy = sandbox.policy(sources=fds, out=out, limits=limits, runs=argv[0])
        report_in, report_out = os.pipe()
        policy |= {"report": report_out, "environment": sandbox.environment()}
        launcher = [sys.executable, "-I", "-S", "-B", lockdown.__file__, json.dumps(policy), *argv]
        try:
            child = _Child(launcher, [*fds, report_out], out, limits, on_progress, cancelled)
        finally:
            os.close(report_out)
        with os.fdopen(report_in, "rb") as report:
            return_code = child.watch()
            level = _level(report.readline())
    sandbox.take_back(out)
    if return_code != 0:
        raise from_ffmpeg(return_code, child.stderr)
    return Completed(bytes(child.stdout), child.stderr, child.seconds, level)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a sandboxed Python task found."""

    value: dict[str, Any]
    seconds: float
    level: SandboxLevel


def run_inside(
    task: str,
    arguments: dict[str, Any],
    *,
    out: Path,
    sources: Sequence[Path],
    limits: Limits | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Answer:
    """Run a task of `pennydrop.media.inside` in a locked-down Python process and return what it found.

    Raises what `run` raises, and the `MediaFailure` that the task reports.
    """
    limits = limits or Limits(wall_s=120, cpu_s=120)
    with _opened(sources) as fds:
        policy = sandbox.policy(sources=fds, out=out, limits=limits, runs=None)
        request = json.dumps({"policy": policy, "task": task, "arguments": arguments, "path": sys.path})
        start = "import sys, json; request = json.loads(sys.argv[1]); sys.path[:] = request['path']; "
        start += "from pennydrop.media.inside.start import main; main(request)"
        child = _Child(
            [sys.executable, "-I", "-S", "-B", "-c", start, request], fds, out, limits, None, cancelled
        )
        return_code = child.watch()
    sandbox.take_back(out)
    return _answer(return_code, child)


def _answer(return_code: int, child: _Child) -> Answer:
    if return_code != 0:
        raise MediaFailure(
            _CHILD_ENDED.get(-return_code, "stopped_short"),
            technical=f"exit {return_code}: {child.stderr[-1500:]}",
        )
    try:
        said = json.loads(child.stdout)
        level = SandboxLevel(**said["level"])
        failure, value = said.get("failure"), said.get("value")
    except (ValueError, KeyError, TypeError) as error:
        raise MediaFailure("stopped_short", technical=f"no report: {child.stderr[-1500:]}") from error
    if failure is not None:
        raise MediaFailure.from_json(failure)
    return Answer(value, child.seconds, level)


# A decoder that crashes does so each time: the film is to blame. A Python error is ours.
_CHILD_ENDED: dict[int, str] = {
    signal.SIGSEGV: "damaged",
    signal.SIGABRT: "damaged",
    signal.SIGBUS: "damaged",
    signal.SIGFPE: "damaged",
    signal.SIGILL: "damaged",
    signal.SIGXCPU: "too_demanding",
    signal.SIGXFSZ: "too_demanding",
}


@contextlib.contextmanager
def _opened(sources: Sequence[Path]) -> Iterator[list[int]]:
    """Open the sources here, where the way to them is open, so that children need no right on any path."""
    fds: list[int] = []
    try:
        for source in sources:
            # O_NONBLOCK: a pipe under a film's name must not hang us.
            fds.append(os.open(source, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK))
            if not stat.S_ISREG(os.fstat(fds[-1]).st_mode):
                raise MediaFailure("not_a_video", technical=f"{source} is not a regular file")
        yield fds
    finally:
        for fd in fds:
            os.close(fd)


def _level(line: bytes) -> SandboxLevel:
    try:
        return SandboxLevel(**json.loads(line))
    except (ValueError, TypeError):
        return SandboxLevel()


class _Child:
    """One process group, from its start to its certain end."""

    def __init__(
        self,
        argv: Sequence[str],
        fds: Sequence[int],
        out: Path,
        limits: Limits,
        on_progress: Callable[[Progress], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.stdout = bytearray()
        self.stderr = ""
        self._out, self._limits = out, limits
        self._on_progress, self._cancelled = on_progress, cancelled
        self._begun = time.monotonic()
        self._said = bytearray()
        self._progress = _ProgressReader()
        self._process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=fds,
            env=sandbox.environment(),
            start_new_session=True,
        )
        self._stdout = cast(IO[bytes], self._process.stdout)
        self._stderr = cast(IO[bytes], self._process.stderr)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._begun

    def watch(self) -> int:
        """Read what the child says until it ends; return its exit code."""
        try:
            self._read_to_the_end()
            if self._processor_seconds() >= self._limits.cpu_s - CPU_ROUNDING_S:
                # ffmpeg takes the kernel's signal for a wish to stop, and ends as if all were well.
                raise MediaFailure("too_demanding", technical=f"{self._limits.cpu_s} s of processor time")
            return self._process.wait(timeout=max(1.0, self._limits.wall_s - self.seconds))
        except subprocess.TimeoutExpired as error:
            raise MediaFailure("took_too_long", technical=f"after {self._limits.wall_s} s") from error
        finally:
            self._end()
            self.stderr = self._said[-STDERR_TAIL:].decode(errors="replace").strip()

    def _read_to_the_end(self) -> None:
        weighed = 0.0
        with selectors.DefaultSelector() as selector:
            selector.register(self._stdout, selectors.EVENT_READ, self._on_stdout)
            selector.register(self._stderr, selectors.EVENT_READ, self._on_stderr)
            while selector.get_map():
                for key, _ in selector.select(LOOK_EVERY_S):
                    data = os.read(key.fd, 65536)
                    if data:
                        key.data(data)
                    else:
                        selector.unregister(key.fileobj)
                if self._cancelled is not None and self._cancelled():
                    raise Cancelled
                if self.seconds > self._limits.wall_s:
                    raise MediaFailure("took_too_long", technical=f"after {self._limits.wall_s} s")
                if self.seconds - weighed > WEIGH_EVERY_S:
                    weighed = self.seconds
                    if _weight(self._out) > self._limits.output_bytes:
                        raise MediaFailure("too_demanding", technical="wrote more than its limit")

    def _on_stdout(self, data: bytes) -> None:
        if self._on_progress is None:
            self.stdout += data
            if len(self.stdout) > STDOUT_LIMIT:
                raise MediaFailure("too_demanding", technical="said more than its limit")
            return
        for progress in self._progress.feed(data):
            self._on_progress(progress)

    def _on_stderr(self, data: bytes) -> None:
        self._said += data
        del self._said[:-STDERR_TAIL]

    def _processor_seconds(self) -> float:
        """Return what the child has used; it has closed its pipes but is not waited for yet."""
        try:
            times = psutil.Process(self._process.pid).cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)

    def _end(self) -> None:
        """Leave nothing running: ask the whole group to stop, then kill it."""
        if self._process.returncode is None:
            self._signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=GRACE_S)
        if self._process.returncode is None:
            self._signal(signal.SIGKILL)
            self._process.wait()
        self._stdout.close()
        self._stderr.close()

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)


def _weight(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):  # ffmpeg renames its segments while we look
            total += path.lstat().st_size
    return total


class _ProgressReader:
    """Reads what `-progress pipe:1` writes: `key=value` lines, a report ending with `progress=…`."""

    def __init__(self) -> None:
        self._rest = b""
        self._out_time_ms = 0
        self._speed: float | None = None

    def feed(self, data: bytes) -> Iterator[Progress]:
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            key, _, value = line.decode(errors="replace").strip().partition("=")
            if key == "out_time_us" and value.lstrip("-").isdigit():
                self._out_time_ms = max(0, int(value) // 1000)
            elif key == "speed":
                with contextlib.suppress(ValueError):
                    self._speed = float(value.rstrip("x"))
            elif key == "progress":
                yield Progress(self._out_time_ms, self._speed)
