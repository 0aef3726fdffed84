"""What a child that opens films may do, and how far this machine can enforce it."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pennydrop.media import lockdown
from pennydrop.media.failures import MediaFailure

GIB = 1024**3

# Where programs find the libraries they are linked with.
LIBRARIES = ("/usr/lib", "/lib", "/usr/lib64", "/lib64", "/usr/local/lib", "/etc/ld.so.cache")
LOADERS = ("ld-linux", "ld-musl")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one child may use before it is stopped."""

    wall_s: float = 3600
    cpu_s: int = 4 * 3600
    # x264 at 1080p needs more than half a GiB of address space, 4K HEVC in 10 bit about two.
    memory: int = 4 * GIB
    output_bytes: int = 20 * GIB
    open_files: int = 256
    nice: int = 0


@dataclass(frozen=True, slots=True)
class SandboxLevel:
    """The layers that really held a child: recorded with every job."""

    landlock: int = 0
    seccomp: bool = False
    own_user: bool = False
    own_network: bool = False

    @property
    def fenced(self) -> bool:
        """No file but its own and no network, whatever a decoder is tricked into."""
        return self.landlock > 0 and self.seccomp

    def __str__(self) -> str:
        layers = [f"Landlock {self.landlock}"] if self.landlock else []
        layers += ["seccomp"] if self.seccomp else []
        layers += ["own user"] if self.own_user else []
        layers += ["own network"] if self.own_network else []
        return ", ".join(layers) or "limits only"


def source_path(index: int = 0) -> str:
    """Return the path by which a child reaches its opened source number `index`."""
    return f"/proc/self/fd/{lockdown.FIRST_SOURCE_FD + index}"


@cache
def program(name: str) -> str:
    """Return the full path of ffmpeg or ffprobe. Raises `MediaFailure` when it isn't installed."""
    found = shutil.which(name)
    if found is None:
        raise MediaFailure("tool_missing", what=name)
    return str(Path(found).resolve())


@cache
def _loaders() -> tuple[str, ...]:
    folders = (Path("/lib"), Path("/lib64"))
    return tuple(str(p) for f in folders if f.is_dir() for p in f.iterdir() if p.name.startswith(LOADERS))


def policy(*, sources: Sequence[int], out: Path, limits: Limits, runs: str | None) -> dict[str, Any]:
    """Build what `lockdown.lock_down` applies. `runs` is the program that the child becomes, if any."""
    read = [*LIBRARIES, str(Path(runs).parent)] if runs else []
    return {
        "sources": list(sources),
        "out": str(out),
        "read": read,
        "execute": [runs, *_loaders()] if runs else [],
        "cpu_s": limits.cpu_s,
        "memory": limits.memory,
        "file_size": limits.output_bytes,
        "open_files": limits.open_files,
        "nice": limits.nice,
        "parent": os.getpid(),
        "drop_user": _hand_over(sources, out),
    }


def _hand_over(sources: Sequence[int], out: Path) -> bool:
    """As root, let the sandbox's own user read the sources and write in `out`. False where that is refused.

    A source that only its owner may read is opened to the sandbox's group, which has no members: nobody else
    gains anything, and the bytes stay as they are.
    """
    if os.geteuid() != 0:
        return False
    try:
        for fd in sources:
            status = os.fstat(fd)
            readable = status.st_mode & stat.S_IROTH or (
                status.st_mode & stat.S_IRGRP and status.st_gid == lockdown.SANDBOX_ID
            )
            if not readable:
                os.fchown(fd, -1, lockdown.SANDBOX_ID)
                os.fchmod(fd, stat.S_IMODE(status.st_mode) | stat.S_IRGRP)
        os.chown(out, lockdown.SANDBOX_ID, lockdown.SANDBOX_ID)
    except OSError:
        return False
    return True


def take_back(out: Path) -> None:
    """As root, own what the child left, so that no later child can change it."""
    if os.geteuid() != 0:
        return
    for path in (out, *out.rglob("*")):
        if path.lstat().st_uid == lockdown.SANDBOX_ID:
            os.chown(path, 0, 0, follow_symlinks=False)


def environment() -> dict[str, str]:
    """The whole environment of a child: nothing of ours leaks into it."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    # numpy's OpenBLAS would reserve address space for a thread on each core.
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", **kept}


@dataclass(frozen=True, slots=True)
class SandboxReport:
    """What `pennydrop doctor` says about the sandbox on this machine."""

    level: SandboxLevel
    sentences: tuple[str, ...]


def sandbox_report() -> SandboxReport:
    """Start a child and see which layers hold. Raises `MediaFailure` when ffmpeg is missing."""
    from pennydrop.media.run import run

    with tempfile.TemporaryDirectory() as folder:
        level = run([program("ffmpeg"), "-hide_banner", "-version"], out=Path(folder)).level
    sentences = []
    if not level.landlock:
        sentences.append(
            "The kernel has no Landlock (Linux 5.13 or newer): films are opened with less fencing."
        )
    if not level.seccomp:
        sentences.append("System calls can't be filtered here (seccomp): films are opened with less fencing.")
    if os.geteuid() == 0 and not level.own_user:
        sentences.append("Started as root, yet not allowed to change the user for work on films.")
    if sys.platform != "linux":
        sentences.append("Only Linux can fence in the work on films.")
    return SandboxReport(level, tuple(sentences))


def demand_fence() -> None:
    """See that films are really fenced in on this machine, before any is opened.

    Raises `MediaFailure` `sandbox_missing` with what is missing.
    """
    found = sandbox_report()
    if not found.level.fenced:
        raise MediaFailure("sandbox_missing", what=" ".join(found.sentences) or str(found.level))
