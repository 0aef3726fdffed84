"""An nginx of the tests' own in front of an API, with the locations of `deploy/nginx`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.support.house import free_port
from tests.support.servers.process import find_program, start, stop, wait_until_up

MEDIA = Path(__file__).parents[3] / "deploy/nginx/media.conf"

_CONFIGURATION = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 1;
user root;
events {{ worker_connections 512; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream pennydrop {{ {servers} }}
    server {{
        listen 127.0.0.1:{port};
        client_max_body_size 0;
        proxy_request_buffering off;
        location / {{
            proxy_pass http://pennydrop;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Connection "";
        }}
        {media}
    }}
}}
"""


@contextmanager
def an_nginx(
    folder: Path, *, api: int, others: Sequence[int] = (), objects: Path | None = None, s3: str = ""
) -> Iterator[str]:
    """Run nginx for the block in front of the API on port `api`, and of `others`; gives its URL."""
    folder.mkdir(parents=True, exist_ok=True)
    port, log = free_port(), folder / "nginx.log"
    media = MEDIA.read_text().replace("/srv/pennydrop/objects/", f"{objects or folder / 'nothing'}/")
    media = media.replace("s3.example.sch.uk:443", s3 or "127.0.0.1:9").replace("https://", "http://")
    # As docs/many-machines.md says: an API that was away a moment ago is asked again at once.
    servers = " ".join(f"server 127.0.0.1:{api} max_fails=0;" for api in (api, *others))
    configuration = folder / "nginx.conf"
    text = _CONFIGURATION.format(folder=folder, port=port, servers=servers, media=media)
    configuration.write_text(text)
    process = start([find_program("nginx", "nginx-light"), "-c", str(configuration), "-p", str(folder)], log)
    url = f"http://localhost:{port}"
    try:
        wait_until_up(process, log, lambda: _answers(url))
        yield url
    finally:
        stop(process)


def _answers(url: str) -> bool:
    try:
        httpx.get(f"{url}/healthz", timeout=2)
    except httpx.TransportError:
        return False
    return True
