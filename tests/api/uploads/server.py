"""A real API process, to be cut off, killed and started again; and a phone that can hang."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import TracebackType

import httpx
from pydantic import SecretStr

from pennydrop.people.models import Person
from pennydrop.people.tokens import create_token
from pennydrop.settings import Settings
from tests.api.uploads.tus import BYTES, TUS, Sending
from tests.factories import world

STARTS_WITHIN_S = 60.0


class ApiServer:
    """One API process on a port of its own, over the test's own data."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> ApiServer:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def start(self) -> None:
        environment = os.environ | {
            **as_environment(self.settings),
            "PENNYDROP_PORT": str(self.port),
            "PENNYDROP_KEEP_FREE_BYTES": "0",
            "PENNYDROP_DRAIN_SECONDS": "0",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pennydrop_api"], env=environment, stderr=subprocess.DEVNULL
        )
        wait_until(self._answers, STARTS_WITHIN_S)

    def kill(self) -> None:
        """kill -9, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Ask it to end, as an update would."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def client_of(self, person: Person) -> httpx.Client:
        """Somebody's own client, signed in by a token."""
        with world.session() as session:
            token = create_token(session, session.get_one(Person, person.id), "test")
        return httpx.Client(base_url=self.url, headers=bearer(token), timeout=STARTS_WITHIN_S)

    def phone(self, sending: Sending, offset: int, length: int) -> Phone:
        return Phone(self, sending, offset, length)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/healthz").status_code == 200
        except httpx.TransportError:
            assert self._process is not None
            assert self._process.poll() is None, "the API ended at its start"
            return False


class Phone:
    """A PATCH by hand: it can send some bytes and then hang, vanish, or go on."""

    def __init__(self, server: ApiServer, sending: Sending, offset: int, length: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", server.port))
        headers = (
            TUS
            | BYTES
            | {
                "Host": "localhost",
                "Authorization": sending.client.headers["Authorization"],
                "Upload-Offset": str(offset),
                "Content-Length": str(length),
            }
        )
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._socket.sendall(f"PATCH {sending.url} HTTP/1.1\r\n{lines}\r\n".encode())

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def vanish(self) -> None:
        """The connection is gone, as when a phone leaves the network in good order."""
        self._socket.close()

    def answer(self) -> str:
        """The status line that comes back."""
        self._socket.settimeout(STARTS_WITHIN_S)
        return self._socket.makefile("rb").readline().decode().strip()


def as_environment(settings: Settings) -> dict[str, str]:
    """Return the variables from which another process reads the same settings."""
    values = {name: getattr(settings, name) for name in settings.model_fields_set}
    return {
        f"PENNYDROP_{name.upper()}": str(value.get_secret_value() if isinstance(value, SecretStr) else value)
        for name, value in values.items()
    }


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def wait_until(look: Callable[[], bool], within_s: float = 20.0) -> None:
    deadline = time.monotonic() + within_s
    while not look():
        assert time.monotonic() < deadline, f"it didn't happen within {within_s:.0f} s"
        time.sleep(0.05)
