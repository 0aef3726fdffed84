"""An address that a phone can open: `localhost`, as people type on the machine itself, is the phone's own."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit, urlunsplit

_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - it is only compared


def reachable(base: str, *, listening_on: str) -> str:
    """Return `base` with the machine's own address in place of `localhost`, where it listens on that.

    Unchanged where it listens for itself alone: no address of it would reach it.
    """
    parts = urlsplit(base)
    if not is_only_here(parts.hostname or "") or listening_on not in _EVERYWHERE:
        return base
    address = _own_address()
    if address is None:
        return base
    netloc = address if parts.port is None else f"{address}:{parts.port}"
    return urlunsplit(parts._replace(netloc=netloc))


def is_only_here(host: str) -> bool:
    """Whether a name means the machine that says it."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _own_address() -> str | None:
    """Return the address that this machine has in its network; None where there is no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: the kernel only chooses a way. Nobody has this address (RFC 5737).
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = probe.getsockname()[0]
    return None if is_only_here(address) else address
