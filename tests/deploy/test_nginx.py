"""What `deploy/nginx` says is taken by a real nginx, with TLS."""

from __future__ import annotations

import http.server
import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.house import free_port
from tests.support.servers.nginx import CONFIGURATIONS, as_composed, serving


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate that is as good as none, made as the manual says."""
    folder = tmp_path_factory.mktemp("tls")
    manual = (CONFIGURATIONS.parents[1] / "docs/operations.md").read_text()
    command = re.search(r"^openssl req .*$", manual, re.MULTILINE)
    assert command
    subprocess.run(command[0].replace("deploy/tls", str(folder)).split(), check=True, capture_output=True)
    return folder


class Echo(http.server.BaseHTTPRequestHandler):
    """An API that says by which headers a request reached it."""

    def do_GET(self) -> None:
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


def one_machine(*, api: int, port: int, tls: Path) -> str:
    text = (CONFIGURATIONS / "pennydrop.conf").read_text()
    media = (CONFIGURATIONS / "media.conf").read_text()
    text = text.replace("# include /etc/nginx/pennydrop/media.conf;", media)
    text = text.replace("/etc/letsencrypt/live/pennydrop.example.sch.uk", str(tls))
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{api}").replace("s3.example.sch.uk", "localhost")
    text = text.replace("listen 443", f"listen 127.0.0.1:{port}")
    return text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")


@pytest.mark.parametrize("kind", ["one machine", "composed"])
def test_requests_arrive_over_tls_with_what_the_api_has_to_know(
    kind: str, api: int, tls: Path, tmp_path: Path
) -> None:
    port = free_port()
    url = f"https://localhost:{port}"
    if kind == "composed":
        servers = as_composed(api=api, store="127.0.0.1:9", port=port, tls=tls)
    else:
        servers = one_machine(api=api, port=port, tls=tls)
    with serving(tmp_path / "nginx", servers, lambda: is_up(url)):
        asked = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"}
        arrived = httpx.get(f"{url}/api/v1/me", headers=asked, verify=False).text
        refused = [httpx.get(f"{url}/{path}", verify=False) for path in ("_s3/films/x", "_objects/x")]
        figures = httpx.get(f"{url}/metrics", verify=False)
    assert "X-Forwarded-Proto: https" in arrived
    assert "Host: localhost" in arrived
    # The last address is the one that counts: nobody chooses her own.
    assert re.search(r"X-Forwarded-For: (203\.0\.113\.9, )?127\.0\.0\.1\n", arrived)
    if kind == "composed":
        assert "203.0.113.9" not in arrived
        assert figures.status_code == 404
        assert refused[0].status_code == 404
        assert "strict-transport-security" in refused[0].headers
    else:
        assert figures.status_code == 200  # from this machine, and no other
        assert [answer.status_code for answer in refused] == [404, 404]
