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
    client_body_temp_path FOLDER/body;
    proxy_temp_path FOLDER/proxy;
    fastcgi_temp_path FOLDER/fastcgi;
    uwsgi_temp_path FOLDER/uwsgi;
    scgi_temp_path FOLDER/scgi;
    SERVERS
}
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

    Its settings, without TLS, are `pennydrop.conf` and `media.conf`; `composed`, those of `compose.yaml`.
    """
    port = free_port()
    store = s3 or "127.0.0.1:9"
    if composed:
        text = as_composed(api=api, store=store, port=port)
    else:
        text = as_installed(apis=(api, *others), objects=objects, store=store, port=port)
    url = f"http://localhost:{port}"
    with serving(folder, _measuring(text), lambda: _answers(url)):
        yield url


def as_installed(
    *, apis: Sequence[int], store: str, port: int, objects: Path | None = None, tls: Path | None = None
) -> str:
    """Return `pennydrop.conf` with `media.conf` as on Debian, with addresses of this machine, for `serving`.

    With the certificate in `tls`, or without TLS.
    """
    text = (CONFIGURATIONS / "pennydrop.conf").read_text()
    media = (CONFIGURATIONS / "media.conf").read_text()
    media = media.replace("/srv/pennydrop/objects/", f"{objects or 'FOLDER/nothing'}/")
    media = media.replace("s3.example.sch.uk:443", store).replace("https://", "http://")
    text = text.replace("# include /etc/nginx/pennydrop/media.conf;", media)
    # As docs/many-machines.md says: an API that was away a moment ago is asked again at once.
    servers = " ".join(f"server 127.0.0.1:{one} max_fails=0;" for one in apis)
    text = text.replace("server 127.0.0.1:8000;", servers)
    text = text.replace("/var/log/nginx/pennydrop.log", "FOLDER/access.log").replace(
        "/var/log/nginx", "FOLDER"
    )
    text = text.replace("/etc/letsencrypt/live/pennydrop.example.sch.uk", str(tls))
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    return _OUTSIDE.replace("SERVERS", _listening(text, 443, port, tls))


def as_composed(*, api: int, store: str, port: int, tls: Path | None = None) -> str:
    """Return nginx's settings of `compose.yaml` with addresses of this machine, for `serving`.

    With the certificate in `tls`, or without TLS.
    """
    text = (CONFIGURATIONS / "compose/nginx.conf").read_text()
    text = text.replace("api:8000", f"127.0.0.1:{api}").replace("store:8333", store)
    text = text.replace("listen 8080", f"listen 127.0.0.1:{free_port()}")
    text = text.replace(" /tmp/", " FOLDER/").replace("stderr", "FOLDER/error.log")
    text = text.replace("/dev/stdout", "FOLDER/access.log").replace("/etc/nginx/acme", "FOLDER/acme")
    return _listening(text.replace("/etc/nginx/tls", str(tls)), 8443, port, tls)


def _listening(text: str, standard: int, port: int, tls: Path | None) -> str:
    """Return `text` with a server on `port` in place of the standard one, with TLS or without."""
    text = text.replace(f"listen {standard}", f"listen 127.0.0.1:{port}")
    # Not every machine has IPv6.
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
    if tls is not None:
        return text
    text = re.sub(r"^ *ssl_.*\n", "", text.replace(" ssl http2;", ";"), flags=re.MULTILINE)
    # Browsers leave the standard port out.
    return text.replace("Host $host;", "Host $http_host;")


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
