"""An nginx of the tests' own in front of an API, with the locations of `deploy/nginx`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.support.house import free_port
from tests.support.servers.process import find_program, start, stop, wait_until_up

CONFIGURATIONS = Path(__file__).parents[3] / "deploy/nginx"

# What was asked, how it ended, bytes to whom asked, and those of them that came from the API.
_MEASURED = "log_format measured '$request_method $uri $status $body_bytes_sent $upstream_bytes_received';"

# As docs/operations.md has it on Debian, all of it in a folder.
_OUTSIDE = """
daemon off;
pid FOLDER/nginx.pid;
error_log FOLDER/error.log warn;
worker_rlimit_nofile 65536;
worker_shutdown_timeout 10s;
events { worker_connections 8192; }
http {
    MEASURED
    access_log FOLDER/access.log measured;
    client_body_temp_path FOLDER/body;
    proxy_temp_path FOLDER/proxy;
    fastcgi_temp_path FOLDER/fastcgi;
    uwsgi_temp_path FOLDER/uwsgi;
    scgi_temp_path FOLDER/scgi;
    SERVERS
}
"""

_ONE_MACHINE = """
upstream pennydrop {{ {apis} keepalive 64; }}
server {{
    listen 127.0.0.1:{port};
    client_max_body_size 0;
    proxy_request_buffering off;
    client_body_buffer_size 256k;
    location / {{
        proxy_pass http://pennydrop;
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header Connection "";
    }}
    {media}
}}
"""


@contextmanager
def an_nginx(
    folder: Path,
    *,
    api: int,
    others: Sequence[int] = (),
    objects: Path | None = None,
    s3: str = "",
    composed: bool = False,
) -> Iterator[str]:
    """Run nginx for the block in front of the API on port `api`, and of `others`; gives its URL.

    It sends films as `media.conf` says; `composed` as `compose.yaml` has it, only without TLS.
    """
    port = free_port()
    store = s3 or "127.0.0.1:9"
    if composed:
        text = _measuring(as_composed(api=api, store=store, port=port))
    else:
        media = (CONFIGURATIONS / "media.conf").read_text()
        media = media.replace("/srv/pennydrop/objects/", f"{objects or folder / 'nothing'}/")
        media = media.replace("s3.example.sch.uk:443", store).replace("https://", "http://")
        # As docs/many-machines.md says: an API that was away a moment ago is asked again at once.
        apis = " ".join(f"server 127.0.0.1:{one} max_fails=0;" for one in (api, *others))
        text = around(_ONE_MACHINE.format(apis=apis, port=port, media=media))
    url = f"http://localhost:{port}"
    with serving(folder, text, lambda: _answers(url)):
        yield url


def as_composed(*, api: int, store: str, port: int, tls: Path | None = None) -> str:
    """Return nginx's settings of `compose.yaml` with addresses of this machine, for `serving`.

    With the certificate in `tls`, or without TLS.
    """
    text = (CONFIGURATIONS / "compose/nginx.conf").read_text()
    text = text.replace("api:8000", f"127.0.0.1:{api}").replace("store:8333", store)
    text = text.replace("listen 8080", f"listen 127.0.0.1:{free_port()}")
    text = text.replace(" /tmp/", " FOLDER/").replace("stderr", "FOLDER/error.log")
    text = text.replace("/dev/stdout", "FOLDER/access.log").replace("/etc/nginx/acme", "FOLDER/acme")
    if tls is not None:
        text = text.replace("/etc/nginx/tls", str(tls))
        return text.replace("listen 8443", f"listen 127.0.0.1:{port}")
    text = text.replace("$host;", "$http_host;")
    text = re.sub(r"^ *ssl_.*\n", "", text, flags=re.MULTILINE)
    return text.replace("listen 8443 ssl http2", f"listen 127.0.0.1:{port}")


def around(servers: str) -> str:
    """Return the settings of a whole nginx with these servers, for `serving`."""
    return _OUTSIDE.replace("MEASURED", _MEASURED).replace("SERVERS", servers)


@contextmanager
def serving(folder: Path, text: str, is_up: Callable[[], bool]) -> Iterator[None]:
    """Run nginx with these settings for the block; where they say FOLDER, `folder` is meant."""
    folder.mkdir(parents=True, exist_ok=True)
    configuration, log = folder / "nginx.conf", folder / "nginx.log"
    # Started by root, its processes would be nobody, who reads none of the tests' folders.
    configuration.write_text("user root;\n" + text.replace("FOLDER", str(folder)))
    process = start([find_program("nginx", "nginx-light"), "-c", str(configuration), "-p", str(folder)], log)
    try:
        wait_until_up(process, log, is_up)
        yield
    finally:
        stop(process)


def _measuring(text: str) -> str:
    text = re.sub(r"log_format pennydrop .*;", lambda _: _MEASURED, text)
    return text.replace("access.log pennydrop", "access.log measured")


def _answers(url: str) -> bool:
    try:
        httpx.get(f"{url}/healthz", timeout=2)
    except httpx.TransportError:
        return False
    return True
