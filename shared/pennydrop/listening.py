"""Opening the port that people reach Pennydrop by."""

from __future__ import annotations

import errno
import socket

from pennydrop.errors import Unavailable

_BACKLOG = 512
_ROOTS_BELOW = 1024


class PortTaken(Unavailable):
    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Something else already listens on port {port} of {host}. Stop it, or choose another port, "
            f"for example: PENNYDROP_PORT={port + 1 if port else 8001} (or pennydrop up --port)."
        )


class PortForRoot(Unavailable):
    def __init__(self, port: int) -> None:
        super().__init__(
            f"Port {port} is root's, as all below {_ROOTS_BELOW} are, and Pennydrop needn't be root. Choose "
            "another port, for example PENNYDROP_PORT=8000, and let a web server pass on what comes to "
            f"{port}: docs/operations.md says how."
        )


class HostUnknown(Unavailable):
    def __init__(self, host: str, why: str) -> None:
        super().__init__(
            f"Pennydrop can't listen on {host}: {why}. Try PENNYDROP_HOST=127.0.0.1, or 0.0.0.0 "
            "(or pennydrop up --host)."
        )


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises `PortTaken`, `PortForRoot`, `HostUnknown`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise said(error, host, port) from error
    return listener


def said(error: OSError, host: str, port: int) -> Unavailable:
    """Return what a system's refusal to listen means for whoever asked for it."""
    if error.errno == errno.EADDRINUSE:
        return PortTaken(host, port)
    if error.errno == errno.EACCES and 0 < port < _ROOTS_BELOW:
        return PortForRoot(port)
    return HostUnknown(host, error.strerror or str(error))
