"""The only place that starts processes which open films: sandboxed, limited, watched and surely ended."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pennydrop import traces
from pennydrop.media import forks, lockdown, sandbox
from pennydrop.media.child import Child, Progress, started
from pennydrop.media.failures import NO_ROOM, MediaFailure, from_ffmpeg
from pennydrop.media.sandbox import Limits, SandboxLevel


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

        def start(stdout: int, stderr: int) -> subprocess.Popen[bytes]:
            return started(launcher, pass_fds=[*fds, report_out], stdout=stdout, stderr=stderr)

        with os.fdopen(report_in, "rb") as report:
            try:
                child = Child(start, out, limits, on_progress=on_progress, cancelled=cancelled)
            finally:
                os.close(report_out)
            with traces.child(Path(argv[0]).name):
                return_code = child.watch()
            level = _level(report.readline())
    sandbox.take_back(out)
    # What doesn't fit any more when a file is closed ffmpeg only mentions, and ends as if all were well.
    if return_code != 0 or NO_ROOM in child.stderr.lower():
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
        request = {"policy": policy, "task": task, "arguments": arguments}

        def start(stdout: int, stderr: int) -> forks.Forked:
            return forks.fork(request, sources=fds, stdout=stdout, stderr=stderr)

        child = Child(start, out, limits, cancelled=cancelled)
        with traces.child(f"inside {task}"):
            return_code = child.watch()
    sandbox.take_back(out)
    return _answer(return_code, child)


def _answer(return_code: int, child: Child) -> Answer:
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
