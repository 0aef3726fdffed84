"""`pennydrop up`: the whole of Pennydrop on one machine."""

from __future__ import annotations

import errno
import http.client
import logging
import os
import socket
import subprocess
import sys
import threading
import time
import webbrowser

from pennydrop import process
from pennydrop.cli.supervisor import Supervised, Supervisor
from pennydrop.db.migrate import upgrade
from pennydrop.errors import Unavailable
from pennydrop.jobs import broker
from pennydrop.settings import Settings

log = logging.getLogger("pennydrop.up")

_READY_WITHIN_S = 60.0
_BACKLOG = 512


class PortTaken(Unavailable):
    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Something else already listens on port {port} of {host}. Stop it, "
            f"or choose another port, for example: pennydrop up --port {port + 1 if port else 8001}"
        )


class HostUnknown(Unavailable):
    def __init__(self, host: str, why: str) -> None:
        super().__init__(f"Pennydrop can't listen on {host}: {why}. Try --host 127.0.0.1, or --host 0.0.0.0.")


def up(settings: Settings, *, demo: bool, open_browser: bool) -> int:
    """Start everything, say where it is, and keep it running until it is told to stop.

    Raises `PortTaken`, `HostUnknown`, and what `upgrade` raises.
    """
    process.log_as("up")
    settings.data.mkdir(parents=True, exist_ok=True)
    listener = _listen(settings.host, settings.port)
    port = listener.getsockname()[1]
    environment = {
        **os.environ,
        "PENNYDROP_DATA": str(settings.data.absolute()),
        "PENNYDROP_HOST": settings.host,
        "PENNYDROP_PORT": str(port),
    }
    upgrade(settings.database)
    broker.forget_messages(settings)
    supervisor = Supervisor(
        [
            Supervised(
                "API",
                "pennydrop_api",
                {**environment, process.SOCKET: str(listener.fileno())},
                sockets=(listener.fileno(),),
            ),
            Supervised("transcoder", "pennydrop_transcoder", environment),
            Supervised("worker", "pennydrop_worker", environment),
        ]
    )
    announcer = threading.Thread(
        target=_announce,
        args=(_address(settings, port), settings.host, port, open_browser, environment if demo else None),
        daemon=True,
    )
    announcer.start()
    code = supervisor.run()
    print("Pennydrop has stopped.")
    return code


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except socket.gaierror as error:
        raise HostUnknown(host, error.strerror or str(error)) from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host, port) from error
        raise HostUnknown(host, error.strerror or str(error)) from error
    return listener


def _address(settings: Settings, port: int) -> str:
    if settings.public_url:
        return settings.public_url
    # Cameras and secure cookies need a name that browsers trust: localhost is one, 127.0.0.1 isn't for all.
    local = settings.host in ("127.0.0.1", "0.0.0.0", "::", "::1")  # noqa: S104 - it is only compared
    return f"http://{'localhost' if local else settings.host}:{port}"


def _announce(address: str, host: str, port: int, open_browser: bool, demo: dict[str, str] | None) -> None:
    """Say where Pennydrop is once it is ready, and set up the demo school if that was asked for."""
    if not _ready(host, port):
        log.warning("not everything is running after %.0f s; `pennydrop doctor` says more", _READY_WITHIN_S)
        return
    print(f"\n  Pennydrop is ready: {address}\n  Press Ctrl-C to stop it.\n", flush=True)
    if open_browser and _has_display():
        webbrowser.open(address)
    if demo is not None:
        # Its films take a while to draw; people and steps are there at once. This thread waits: the child
        # ends with the thread that started it.
        subprocess.run([sys.executable, "-m", "pennydrop.cli.main", "demo"], env=demo, check=False)


def _ready(host: str, port: int) -> bool:
    deadline, pause = time.monotonic() + _READY_WITHIN_S, 0.1
    to = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - it is only compared
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection(to, port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return True
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(pause)
        pause = min(2 * pause, 2.0)
    return False


def _has_display() -> bool:
    if sys.platform != "linux":
        return True
    return sys.stdout.isatty() and any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
