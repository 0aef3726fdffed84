"""A whole Pennydrop for a test or a measurement: `pennydrop up` on a free port, with the demo's people."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx

from pennydrop.care.installation import bring_up_to_date
from pennydrop.db.session import make_engine, make_sessions, transaction
from pennydrop.demo.build import open_accounts
from pennydrop.demo.cast import DOMAIN
from pennydrop.people.models import Person
from pennydrop.people.tokens import create_token
from pennydrop.settings import Settings

T = TypeVar("T")

BUILT_APP = Path(__file__).parents[2] / "services" / "web" / "dist"
READY_WITHIN_S = 90.0
SLOWEST_S = 120.0
_PIECE = 8 << 20


@dataclass
class House:
    """A running Pennydrop. `as_("ta")` talks to it as the demo's teaching assistant."""

    url: str
    data: Path
    process: subprocess.Popen[bytes]
    settings: Settings
    password: str
    transport: Callable[[], httpx.BaseTransport] = httpx.HTTPTransport
    """Carries the requests of its clients."""
    _tokens: dict[str, str] = field(default_factory=dict)

    def email(self, mailbox: str) -> str:
        return f"{mailbox}@{DOMAIN}"

    def as_(self, mailbox: str) -> httpx.Client:
        """Return a client that carries a token of this account."""
        if mailbox not in self._tokens:
            with transaction(make_sessions(make_engine(self.settings.database))) as session:
                person = session.query(Person).filter_by(email=self.email(mailbox)).one()
                self._tokens[mailbox] = create_token(session, person, "tests")
        headers = {"Authorization": f"Bearer {self._tokens[mailbox]}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=60, transport=self.transport())

    def send(self, client: httpx.Client, film: Path, title: str = "", **metadata: str) -> str:
        """Send a film by tus as a phone does and return the video's id."""
        upload, video = self.begin(client, film, title, **metadata)
        self.patch(client, upload, film)
        return video

    def begin(self, client: httpx.Client, film: Path, title: str = "", **metadata: str) -> tuple[str, str]:
        """Create an upload; return where it goes and the video's id."""
        from base64 import b64encode

        values = {"filename": film.name, "title": title or film.stem, **metadata}
        encoded = ",".join(f"{k} {b64encode(v.encode()).decode()}" for k, v in values.items())
        answer = client.post(
            "/api/v1/uploads",
            headers={
                "Tus-Resumable": "1.0.0",
                "Upload-Length": str(film.stat().st_size),
                "Upload-Metadata": encoded,
            },
        )
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"], answer.headers["Content-Location"].rsplit("/", 1)[1]

    def patch(self, client: httpx.Client, upload: str, film: Path) -> None:
        offset = 0
        with film.open("rb") as file:
            while piece := file.read(_PIECE):
                answer = client.patch(
                    upload,
                    content=piece,
                    headers={
                        "Tus-Resumable": "1.0.0",
                        "Upload-Offset": str(offset),
                        "Content-Type": "application/offset+octet-stream",
                    },
                )
                assert answer.status_code == 204, answer.text
                offset += len(piece)

    def video(self, client: httpx.Client, video_id: str) -> dict[str, Any]:
        answer = client.get(f"/api/v1/videos/{video_id}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def wait_for(
        self, client: httpx.Client, video_id: str, *states: str, pause_s: float = 0.1
    ) -> dict[str, Any]:
        """Wait until a video is in one of `states`; one that fails meanwhile is returned too."""

        def settled() -> dict[str, Any] | None:
            found = self.video(client, video_id)
            return found if found["state"] in (*states, "failed") else None

        return until(settled, pause_s=pause_s)


def until(look: Callable[[], T | None], *, within_s: float = SLOWEST_S, pause_s: float = 0.1) -> T:
    """Look again and again until there is something; fail when it never comes."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(pause_s)
    raise AssertionError(f"Nothing came within {within_s:.0f} s.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_house(folder: Path, **environment: str) -> Iterator[House]:
    """Run a Pennydrop in `folder` for the length of the block, then see it stop by itself."""
    data, port = folder / "data", free_port()
    settings = Settings(
        data=data,
        database_url=environment.get("PENNYDROP_DATABASE_URL", ""),
        broker_url=environment.get("PENNYDROP_BROKER_URL", ""),
    )
    data.mkdir(parents=True, exist_ok=True)
    bring_up_to_date(settings)
    open_accounts(make_sessions(make_engine(settings.database)), settings)
    log = (folder / "house.log").open("wb")
    argv = [sys.executable, "-m", "pennydrop.cli.main", "up", "--data", str(data), "--port", str(port)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PENNYDROP_")}
    process = subprocess.Popen(
        [*argv, "--no-open"], stdout=log, stderr=subprocess.STDOUT, env={**kept, **environment}
    )
    # Browsers trust localhost with what they grant only to safe places, and not 127.0.0.1 everywhere.
    url = f"http://localhost:{port}"
    try:
        until(lambda: _is_ready(url, process), within_s=READY_WITHIN_S)
        yield House(url, data, process, settings, settings.demo_password.get_secret_value())
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            log.close()


def _is_ready(url: str, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "Pennydrop ended at its start."
    try:
        return httpx.get(f"{url}/readyz", timeout=5).status_code == 200
    except httpx.TransportError:
        return False
