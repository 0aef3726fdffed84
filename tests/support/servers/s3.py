"""An S3 server of the tests' own: Ceph's object gateway over one small in-folder cluster.

One monitor, one manager, one disk and the gateway, all on loopback, without authentication among themselves.
"""

from __future__ import annotations

import signal
import subprocess
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from minio import Minio
from pydantic import SecretStr

from tests.support.house import free_port
from tests.support.servers.process import find_program, start, stop, wait_until_up

ACCESS_KEY = "pennydrop"
SECRET_KEY = "dropdropdrop"
# The Debian package of each program.
_PACKAGES = {
    "ceph": "ceph-common",
    "ceph-mgr": "ceph-mgr",
    "ceph-mon": "ceph-mon",
    "ceph-osd": "ceph-osd",
    "monmaptool": "ceph-mon",
    "radosgw": "radosgw",
    "radosgw-admin": "ceph-common",
}
_DISK_BYTES = 10 << 30  # a sparse file: only what is written takes room

_CONFIGURATION = """
[global]
fsid = {fsid}
mon host = [v2:127.0.0.1:{monitor}/0]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv4 = true
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon warn on pool no redundancy = false
mon max pg per osd = 1000
# The tests' disk is the machine's: how full that is says nothing about this cluster.
mon data avail warn = 2
mon data avail crit = 1
mon osd full ratio = 0.99
osd crush chooseleaf type = 0
osd objectstore = bluestore
bluestore block size = {disk}
osd memory target = 939524096
mgr initial modules =
run dir = {folder}/run
admin socket = {folder}/run/$name.asok
pid file = {folder}/run/$name.pid
log file = {folder}/log/$name.log
crash dir = {folder}/crash
mon data = {folder}/mon
osd data = {folder}/osd
mgr data = {folder}/mgr
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:{port}
rgw data = {folder}/rgw
rgw enable apis = s3
ms mon client mode = crc
rgw gc obj min wait = 1
debug rgw = 0/1
"""


class Gateway(Protocol):
    """What answers at the port, and may be stopped and started again over what is stored."""

    def start_gateway(self) -> None: ...
    def stop_gateway(self, signal_number: int = signal.SIGTERM) -> None: ...


@dataclass
class S3:
    """Where the server is; `ACCESS_KEY` and `SECRET_KEY` open it."""

    port: int
    cluster: Gateway

    def start(self) -> None:
        """Start the gateway again where it was stopped."""
        self.cluster.start_gateway()

    def stop(self, signal_number: int = signal.SIGTERM) -> None:
        """Stop the gateway: what is stored stays."""
        self.cluster.stop_gateway(signal_number)

    @property
    def endpoint(self) -> str:
        return f"127.0.0.1:{self.port}"

    def make_bucket(self) -> str:
        """Make an empty bucket and return its name."""
        name = f"films-{uuid.uuid4().hex[:12]}"
        Minio(self.endpoint, ACCESS_KEY, SECRET_KEY, secure=False).make_bucket(name)
        return name

    def settings(self, bucket: str) -> dict[str, Any]:
        """Return the settings of a Pennydrop that keeps its films in `bucket`."""
        return {
            "storage": "s3",
            "s3_endpoint": self.endpoint,
            "s3_bucket": bucket,
            "s3_access_key": SecretStr(ACCESS_KEY),
            "s3_secret_key": SecretStr(SECRET_KEY),
            "s3_secure": False,
        }


@contextmanager
def an_s3(folder: Path) -> Iterator[S3]:
    """Run a server in `folder` for the block. It takes some ten seconds to come up."""
    cluster = _Cluster(folder, free_port())
    with ExitStack() as running:
        cluster.make_monitor()
        cluster.run(running, "ceph-mon", "-i", "a")
        cluster.make_disk()
        cluster.run(running, "ceph-mgr", "-i", "x")
        cluster.run(running, "ceph-osd", "-i", "0")
        cluster.start_gateway()
        running.callback(cluster.stop_gateway)
        cluster.make_user()
        yield S3(cluster.port, cluster)


class _Cluster:
    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder / "s3", port
        self.log = self.folder / "servers.log"
        for name in ("mon", "osd", "mgr", "run", "log", "rgw", "crash"):
            (self.folder / name).mkdir(parents=True)
        self._gateway: subprocess.Popen[bytes] | None = None
        self._fsid, self._monitor = str(uuid.uuid4()), free_port()
        self._configuration = self.folder / "ceph.conf"
        self._configuration.write_text(
            _CONFIGURATION.format(
                fsid=self._fsid,
                monitor=self._monitor,
                disk=_DISK_BYTES,
                folder=self.folder,
                port=port,
            )
        )

    def make_monitor(self) -> None:
        plan = str(self.folder / "monmap")
        self._do("monmaptool", "--create", "--fsid", self._fsid, "--addv", "a", self._address, plan)
        self._do("ceph-mon", "-i", "a", "--mkfs", "--monmap", plan)

    def make_disk(self) -> None:
        identity = str(uuid.uuid4())
        self._do("ceph", "osd", "new", identity)
        self._do("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", identity)

    def make_user(self) -> None:
        keys = ["--access-key", ACCESS_KEY, "--secret-key", SECRET_KEY]
        self._do("radosgw-admin", "user", "create", "--uid=app", "--display-name=app", *keys)

    def run(self, running: ExitStack, program: str, *arguments: str) -> None:
        running.callback(stop, self._start(program, *arguments))

    def start_gateway(self) -> None:
        gateway = self._gateway = self._start("radosgw", "-n", "client.rgw")
        wait_until_up(gateway, self.log, self.answers)

    def stop_gateway(self, signal_number: int = signal.SIGTERM) -> None:
        if self._gateway is not None:
            stop(self._gateway, signal_number)
            self._gateway = None

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        found = find_program(program, _PACKAGES[program])
        return start([found, "-c", str(self._configuration), *arguments, "-f"], self.log)

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5)
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    @property
    def _address(self) -> str:
        return f"[v2:127.0.0.1:{self._monitor}/0]"

    def _do(self, program: str, *arguments: str) -> None:
        configuration = [] if program == "monmaptool" else ["-c", str(self._configuration)]
        done = subprocess.run(
            [find_program(program, _PACKAGES[program]), *configuration, *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{program}: {done.stdout[-500:]}{done.stderr[-1500:]}"
