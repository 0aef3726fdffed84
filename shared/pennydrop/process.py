"""What every Pennydrop process does first: end with whoever started it, and write for nobody else's eyes."""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import sys
from contextlib import suppress

PARENT = "PENNYDROP_PARENT"
"""The environment variable that carries the supervisor's process id."""

SOCKET = "PENNYDROP_SOCKET"
"""The environment variable that carries the number of a listening socket the supervisor holds: while the API
starts anew, callers wait instead of being turned away."""

_PR_SET_PDEATHSIG = 1

# The group may read, as a web server does that sends films itself; others of the machine may nothing.
_UMASK = 0o027


def end_with_parent() -> None:
    """Ask the kernel to stop this process when its supervisor ends, however that happens (Linux)."""
    parent = os.environ.pop(PARENT, "")
    if not parent:
        return
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    # It may have ended before the kernel was asked.
    if os.getppid() != int(parent):
        sys.exit(0)


def user() -> str:
    """Return the name of the user whose rights this process has."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # a container's user may have none
        return f"user {os.geteuid()}"


def write_for_ourselves() -> None:
    """Let other users of the machine read nothing that this process and its children write from now on."""
    before = os.umask(_UMASK)
    os.umask(before | _UMASK)
