"""`pennydrop up`: the whole of Pennydrop on one machine."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys

from pennydrop import logs, process
from pennydrop.care.installation import bring_up_to_date
from pennydrop.cli import data_folder
from pennydrop.cli.announcer import Announcer
from pennydrop.cli.supervisor import Supervised, Supervisor
from pennydrop.errors import Unavailable
from pennydrop.jobs import broker
from pennydrop.settings import Settings

DEMO = (sys.executable, "-m", "pennydrop.cli.main", "demo")

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

    Raises `PortTaken`, `HostUnknown`, what `data_folder.held` raises and what `bring_up_to_date` raises.
    """
    logs.start("up", settings.log)
    listener = _listen(settings.host, settings.port)
    with data_folder.held(settings.data):
        return _run(settings, listener, demo=demo, open_browser=open_browser)


def _run(settings: Settings, listener: socket.socket, *, demo: bool, open_browser: bool) -> int:
    port = listener.getsockname()[1]
    environment = {
        **os.environ,
        "PENNYDROP_DATA": str(settings.data.absolute()),
        "PENNYDROP_HOST": settings.host,
        "PENNYDROP_PORT": str(port),
    }
    bring_up_to_date(settings)
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
    if demo:
        # Before anybody can ask: whoever sees the log-in page can log in.
        subprocess.run([*DEMO, "--people-only"], env=environment, check=False)
    announcer = Announcer(
        _address(settings, port),
        host=settings.host,
        port=port,
        open_browser=open_browser,
        then=(DEMO, environment) if demo else None,
    )
    announcer.start()
    code = supervisor.run()
    announcer.stop()
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
