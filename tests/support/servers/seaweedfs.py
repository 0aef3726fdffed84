"""The S3 server of `deploy/compose.yaml`, started as it is there: in place of Ceph's, by `--s3 seaweedfs`."""

from __future__ import annotations

import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.house import free_port
from tests.support.servers.process import find_program, start, stop, wait_until_up
from tests.support.servers.s3 import S3, SECRET_KEY

START = Path(__file__).parents[3] / "deploy/seaweedfs/start.sh"


@contextmanager
def a_seaweedfs(folder: Path) -> Iterator[S3]:
    """Run a server in `folder` for the block. Its program `weed` has to be on the PATH."""
    server = _SeaweedFS(folder)
    server.start_gateway()
    try:
        yield S3(server.port, server)
    finally:
        server.stop_gateway()


class _SeaweedFS:
    def __init__(self, folder: Path) -> None:
        find_program("weed", "seaweedfs")
        data, self._log = folder / "data", folder / "seaweedfs.log"
        data.mkdir(parents=True)
        ports = {part: (free_port(), free_port()) for part in ("master", "volume", "filer", "s3")}
        self.port = ports["s3"][0]
        places = {part.upper(): "127.0.0.1:{}.{}".format(*ports[part]) for part in ("master", "filer")}
        self._argv = [
            *("env", f"STORE_SECRET_KEY={SECRET_KEY}", f"TMPDIR={folder}"),
            *(f"STORE_{name}={place}" for name, place in places.items()),
            *("sh", str(START), f"-dir={data}", "-s3.ip.bind=127.0.0.1"),
            # Each bucket takes several volumes, and tests make a bucket each.
            *("-volume.max=10000", "-master.volumeSizeLimitMB=64", "-volume.preStopSeconds=1"),
            *(f"-{part}.port={port}" for part, (port, _) in ports.items()),
            *(f"-{part}.port.grpc={port}" for part, (_, port) in ports.items()),
        ]
        self._process: subprocess.Popen[bytes] | None = None

    def start_gateway(self) -> None:
        self._process = start(self._argv, self._log)
        wait_until_up(self._process, self._log, lambda: _answers(self.port))

    def stop_gateway(self, signal_number: int = signal.SIGTERM) -> None:
        if self._process is not None:
            stop(self._process, signal_number)
            self._process = None


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)
    except urllib.error.HTTPError as refused:
        return refused.code == 403
    except OSError:
        return False
    return True
