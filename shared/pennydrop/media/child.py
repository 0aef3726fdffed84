"""One child that opens films: watched, limited, and surely ended with all that it started."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from pennydrop.media import forks, sandbox
from pennydrop.media.failures import Cancelled, MediaFailure
from pennydrop.media.sandbox import Limits

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
    """How far ffmpeg is: the time it has reached in its output, and its speed against real time.

    With several outputs the time in ffmpeg's last report can be an old one: `ended` tells the end.
    """

    out_time_ms: int
    speed: float | None
    ended: bool = False


def started(
    argv: Sequence[str], *, pass_fds: Sequence[int], stdout: int, stderr: int
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that it can be ended with all that it starts."""
    return subprocess.Popen(
        argv,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        pass_fds=pass_fds,
        env=sandbox.environment(),
        start_new_session=True,
    )


class Child:
    """One process group, from its start to its certain end."""

    def __init__(
        self,
        start: Callable[[int, int], subprocess.Popen[bytes] | forks.Forked],
        out: Path,
        limits: Limits,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """`start(stdout, stderr)` starts the process that writes to these two descriptors."""
        self.stdout = bytearray()
        self.stderr = ""
        self._out, self._limits = out, limits
        self._on_progress, self._cancelled = on_progress, cancelled
        # What lies there already, such as a film that is to be read back, isn't this child's doing.
        self._found = _weight(out)
        self._begun = time.monotonic()
        self._said = bytearray()
        self._progress = _ProgressReader()
        self._stdout, stdout = os.pipe()
        self._stderr, stderr = os.pipe()
        try:
            self._process = start(stdout, stderr)
        except BaseException:
            self._close_pipes()
            raise
        finally:
            os.close(stdout)
            os.close(stderr)

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
                        selector.unregister(key.fd)
                if self._cancelled is not None and self._cancelled():
                    raise Cancelled
                if self.seconds > self._limits.wall_s:
                    raise MediaFailure("took_too_long", technical=f"after {self._limits.wall_s} s")
                if self.seconds - weighed > WEIGH_EVERY_S:
                    weighed = self.seconds
                    if _weight(self._out) - self._found > self._limits.output_bytes:
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
        if isinstance(self._process, forks.Forked):
            self._process.close()
        self._close_pipes()

    def _close_pipes(self) -> None:
        os.close(self._stdout)
        os.close(self._stderr)

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
                yield Progress(self._out_time_ms, self._speed, ended=value == "end")
