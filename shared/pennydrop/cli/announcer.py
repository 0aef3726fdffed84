"""Says where Pennydrop is, once it is ready."""

from __future__ import annotations

import http.client
import json
import logging
import os
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Mapping, Sequence

from pennydrop import process

log = logging.getLogger("pennydrop.up")

_READY_WITHIN_S = 60.0


class Announcer:
    """Waits beside the supervisor until all services live, says so, and then runs one more command."""

    def __init__(
        self,
        address: str,
        *,
        host: str,
        port: int,
        open_browser: bool,
        then: tuple[Sequence[str], Mapping[str, str]] | None,
    ) -> None:
        self._address = address
        self._host = host
        self._port = port
        self._open_browser = open_browser
        self._then = then
        self._child: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()
        self._why = "the API doesn't answer. `pennydrop doctor` says more."
        self._thread = threading.Thread(target=self._announce, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the command if it still runs."""
        self._stopped.set()
        if self._child is not None and self._child.poll() is None:
            self._child.terminate()
        self._thread.join(5)

    def _announce(self) -> None:
        if not self._ready():
            if not self._stopped.is_set():
                log.warning("not everything runs after %.0f s: %s", _READY_WITHIN_S, self._why)
            return
        print(f"\n  Pennydrop is ready: {self._address}\n  Press Ctrl-C to stop it.\n", flush=True)
        if self._open_browser and _has_display():
            webbrowser.open(self._address)
        if self._then is not None and not self._stopped.is_set():
            command, environment = self._then
            # It ends with this thread, and so with the supervisor.
            self._child = subprocess.Popen(command, env={**environment, process.PARENT: str(os.getpid())})
            self._child.wait()

    def _ready(self) -> bool:
        deadline, pause = time.monotonic() + _READY_WITHIN_S, 0.1
        to = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._host, self._host)  # noqa: S104 - only compared
        while time.monotonic() < deadline and not self._stopped.is_set():
            connection = http.client.HTTPConnection(to, self._port, timeout=5)
            try:
                connection.request("GET", "/readyz")
                answer = connection.getresponse()
                if answer.status == 200:
                    return True
                self._why = json.load(answer)["detail"]
            except (OSError, http.client.HTTPException, ValueError, KeyError):
                pass
            finally:
                connection.close()
            self._stopped.wait(pause)
            pause = min(2 * pause, 2.0)
        return False


def _has_display() -> bool:
    if sys.platform != "linux":
        return True
    return sys.stdout.isatty() and any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
