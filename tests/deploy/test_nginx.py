"""What `deploy/nginx` says is taken by a real nginx, with TLS."""

from __future__ import annotations

import http.server
import re
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.support.house import free_port
from tests.support.servers.nginx import CONFIGURATIONS, as_composed, as_installed, serving


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate that is as good as none, made as the manual says."""
    folder = tmp_path_factory.mktemp("tls")
    manual = (CONFIGURATIONS.parents[1] / "docs/operations.md").read_text()
    command = re.search(r"^openssl req .*$", manual, re.MULTILINE)
    assert command
    subprocess.run(command[0].replace("deploy/tls", str(folder)).split(), check=True, capture_output=True)
    return folder


# An answer to such an address never comes.
BREAKS_OFF = "/breaks-off"


class Echo(http.server.BaseHTTPRequestHandler):
    """An API that says by which headers a request reached it."""

    def do_GET(self) -> None:
        if self.path.endswith(BREAKS_OFF):
            return
        body = str(self.headers).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def api() -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def is_up(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", verify=False).status_code == 200
    except httpx.TransportError:
        return False


@dataclass
class Front:
    """An nginx that is set as one of ours is."""

    kind: str
    url: str
    folder: Path

    def get(self, path: str, **headers: str) -> httpx.Response:
        return httpx.get(f"{self.url}{path}", headers=headers, verify=False)

    def written_down(self) -> str:
        return "".join(path.read_text() for path in self.folder.glob("*.log"))


@pytest.fixture(params=["one machine", "composed"])
def front(request: pytest.FixtureRequest, api: int, tls: Path, tmp_path: Path) -> Iterator[Front]:
    port = free_port()
    url, folder = f"https://localhost:{port}", tmp_path / "nginx"
    if request.param == "composed":
        text = as_composed(api=api, store="127.0.0.1:9", port=port, tls=tls)
    else:
        text = as_installed(apis=[api], store="127.0.0.1:9", port=port, tls=tls)
    with serving(folder, text, lambda: is_up(url)):
        yield Front(request.param, url, folder)


def test_whoever_comes_by_ipv6_is_heard_too() -> None:
    heard = re.findall(r"listen (.+);", (CONFIGURATIONS / "pennydrop.conf").read_text())
    by_ipv4 = [one for one in heard if not one.startswith("[::]:")]
    assert sorted(heard) == sorted(by_ipv4 + [f"[::]:{one}" for one in by_ipv4])


def test_requests_arrive_over_tls_with_what_the_api_has_to_know(front: Front) -> None:
    answer = front.get("/api/v1/me", **{"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"})
    assert "X-Forwarded-Proto: https" in answer.text
    assert "Host: localhost" in answer.text
    # The last address is the one that counts: nobody chooses her own.
    assert re.search(r"X-Forwarded-For: (203\.0\.113\.9, )?(127\.0\.0\.1|::1)\n", answer.text)
    if front.kind == "composed":
        assert "203.0.113.9" not in answer.text


def test_browsers_come_back_over_tls_only_whatever_they_were_answered(front: Front) -> None:
    for path in ("/", "/api/v1/me", "/_s3/films/x", "/_objects/x"):
        assert front.get(path).headers["strict-transport-security"] == "max-age=31536000"


def test_what_films_are_sent_from_is_closed(front: Front) -> None:
    assert front.get("/_s3/films/x").status_code == 404
    if front.kind == "one machine":
        assert front.get("/_objects/x").status_code == 404


@pytest.mark.parametrize(
    ("path", "composed"), [("/metrics", 404), ("/readyz", 404), ("/healthz", 200), ("/readyz/api", 200)]
)
def test_figures_are_for_this_machine_and_what_browsers_ask_is_for_everybody(
    front: Front, path: str, composed: int
) -> None:
    assert front.get(path).status_code == (composed if front.kind == "composed" else 200)


@pytest.mark.parametrize("path", ["/metrics", "/readyz", "/healthz"])
def test_figures_are_refused_to_others(front: Front, path: str) -> None:
    elsewhere = httpx.HTTPTransport(verify=False, local_address="127.0.0.2")
    with httpx.Client(transport=elsewhere) as somebody:
        url = front.url.replace("localhost", "127.0.0.1")
        assert somebody.get(f"{url}{path}").status_code in (403, 404)
        assert somebody.get(f"{url}/readyz/api").status_code == 200


def test_no_address_is_written_down(front: Front) -> None:
    secrets = [
        "/media/videos/0199aaaa/720p.mp4",
        f"/media/videos/0199dddd{BREAKS_OFF}",
        "/welcome/abcdefgh?invitation=opensthedoor",
        "/_s3/films/0199bbbb",
        "/_objects/0199cccc",
    ]
    for path in secrets:
        front.get(path)
    written = front.written_down()
    lines = re.findall(r"^(?:127\.0\.0\.1|::1) \[\S+\] GET (\d+) \d+ [\d.]+$", written, re.MULTILINE)
    assert lines[-len(secrets) :].count("502") == 1
    for told in ("0199", "welcome", "opensthedoor", "media", "_objects"):
        assert told not in written
