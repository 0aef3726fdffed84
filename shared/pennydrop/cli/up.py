"""`pennydrop up`: the whole of Pennydrop on one machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from pennydrop import logs, process
from pennydrop.cli import data_folder
from pennydrop.cli.announcer import Announcer
from pennydrop.cli.database import bring_up_to_date
from pennydrop.cli.supervisor import Supervised, Supervisor
from pennydrop.errors import Unavailable
from pennydrop.jobs import broker
from pennydrop.listening import listen
from pennydrop.media.tools import demand_tools
from pennydrop.settings import Settings

DEMO = (sys.executable, "-m", "pennydrop.cli.main", "demo")


class ScreensMissing(Unavailable):
    def __init__(self, root: Path) -> None:
        super().__init__(
            f"There is no index.html in {root}, so nobody would see a page. Set PENNYDROP_WEB_ROOT to the "
            "folder of the built web app, or leave it out."
        )


def up(settings: Settings, *, demo: bool, open_browser: bool) -> int:
    """Start everything, say where it is, and keep it running until it is told to stop.

    Raises `ToolMissing`, `ScreensMissing` and what `listen`, `data_folder.held` and `bring_up_to_date` raise.
    """
    logs.start("up", settings.log)
    demand_tools()
    _demand_screens(settings)
    listener = listen(settings.host, settings.port)
    with data_folder.held(settings.data):
        return _run(settings, listener, demo=demo, open_browser=open_browser)


def _demand_screens(settings: Settings) -> None:
    root = settings.web_root
    if root is not None and not (root / "index.html").is_file():
        raise ScreensMissing(root)


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
        demo = subprocess.run([*DEMO, "--people-only"], env=environment, check=False).returncode == 0
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


def _address(settings: Settings, port: int) -> str:
    if settings.public_url:
        return settings.public_url
    # Cameras and secure cookies need a name that browsers trust: localhost is one, 127.0.0.1 isn't for all.
    local = settings.host in ("127.0.0.1", "0.0.0.0", "::", "::1")  # noqa: S104 - it is only compared
    return f"http://{'localhost' if local else settings.host}:{port}"
