"""How fast films arrive: Pennydrop beside a bare ASGI handler and beside `@tus/server`, in one run.

    python -m benchmarks.uploads                 1 GB, five times each, taking turns
    python -m benchmarks.uploads --memory        and 4 GB through Pennydrop, for its peak memory

The bare handler writes the same bytes to the same disk with sha256 and fsync, and does nothing else: once in
the event loop, once with a thread for writing and hashing; the faster of the two counts. `@tus/server` is
installed by npm into build/ for the run; it neither hashes nor waits for the disk.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from pennydrop.db.session import make_engine, make_sessions
from pennydrop.db.tables import Base
from pennydrop.people.tokens import create_token
from pennydrop.settings import Settings
from tests.factories import world
from tests.factories.people import a_person

MB = 1 << 20
ROOT = Path(__file__).parents[1]
TUS = {"Tus-Resumable": "1.0.0"}
BYTES = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}

NODE_SERVER = """
const {Server} = require('@tus/server'), {FileStore} = require('@tus/file-store')
const tus = new Server({path: '/files', datastore: new FileStore({directory: process.argv[2]})})
require('http').createServer((q, a) => q.url === '/healthz' ? a.end('ok') : tus.handle(q, a))
  .listen(+process.argv[3], '127.0.0.1')
"""


@dataclass
class Contestant:
    """A server under measurement, and how to begin an upload to it."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    begin: Callable[[int], tuple[str, dict[str, str]]]
    """Takes a size, returns the path to PATCH and further headers."""

    @property
    def peak_mb(self) -> float:
        """The most memory the server has held; a launcher's child is the server."""
        started = psutil.Process(self.process.pid)
        return max(_peak_mb(process.pid) for process in (started, *started.children(recursive=True)))


def _peak_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def exchange(port: int, method: str, path: str, headers: dict[str, str], body: Path | None = None) -> str:
    """Send one request, its body straight from a file, and return the head of the answer."""
    length = body.stat().st_size if body else 0
    lines = "".join(
        f"{k}: {v}\r\n" for k, v in {**headers, "Host": "x", "Content-Length": str(length)}.items()
    )
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode())
        if body:
            with body.open("rb") as film:
                connection.sendfile(film)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += connection.recv(65536)
    head = answer.decode()
    assert head.split()[1] in ("200", "201", "204"), head
    return head


def header(head: str, name: str) -> str:
    return next(line.split(": ", 1)[1] for line in head.split("\r\n") if line.lower().startswith(name + ": "))


def measure(one: Contestant, film: Path) -> float:
    """Return the seconds from a PATCH's first byte to its answer."""
    path, headers = one.begin(film.stat().st_size)
    start = time.perf_counter()
    exchange(one.port, "PATCH", path, {**TUS, **BYTES, **headers}, film)
    return time.perf_counter() - start


def start(argv: list[str], port: int, **environment: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(argv, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    for _ in range(600):
        try:
            exchange(port, "GET", "/healthz", {})
            return process
        except ConnectionRefusedError:
            assert process.poll() is None, argv
            time.sleep(0.1)
    raise TimeoutError(argv)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pennydrop(folder: Path) -> Contestant:
    settings, port = Settings(data=folder / "pennydrop"), free_port()
    settings.data.mkdir()
    sessions = make_sessions(make_engine(settings.database))
    Base.metadata.create_all(sessions.kw["bind"])
    process = start(
        [sys.executable, "-m", "pennydrop_api"],
        port,
        PENNYDROP_DATA=str(settings.data),
        PENNYDROP_PORT=str(port),
    )

    def begin(size: int) -> tuple[str, dict[str, str]]:
        # Somebody new each time: the same bytes of one owner would be stored only once.
        with world.writing_to(sessions), world.session() as session:
            token = create_token(session, session.merge(a_person()), "bench")
        headers = {"Authorization": f"Bearer {token}"}
        about = {"Upload-Length": str(size), "Upload-Metadata": "filename ZmlsbS5tcDQ="}
        head = exchange(port, "POST", "/api/v1/uploads", {**TUS, **headers, **about})
        return header(head, "location"), headers

    return Contestant("Pennydrop", port, process, begin)


def node(folder: Path) -> Contestant | None:
    tools = ROOT / "build" / "bench-tus"
    tools.mkdir(parents=True, exist_ok=True)
    npm = shutil.which("npm", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if npm is None:
        return None
    search = f"{Path(npm).parent}:{os.environ['PATH']}"
    if not (tools / "node_modules" / "@tus").is_dir():
        command = [npm, "install", "--silent", "--no-fund", "--no-audit", "@tus/server", "@tus/file-store"]
        if subprocess.run(command, cwd=tools, env={**os.environ, "PATH": search}, check=False).returncode:
            return None
    (tools / "server.cjs").write_text(NODE_SERVER)
    store, port = folder / "node", free_port()
    store.mkdir()
    runtime = shutil.which("node", path=search) or "node"
    process = start([runtime, str(tools / "server.cjs"), str(store), str(port)], port)

    def begin(size: int) -> tuple[str, dict[str, str]]:
        head = exchange(port, "POST", "/files", {**TUS, "Upload-Length": str(size)})
        return "/files/" + header(head, "location").rpartition("/")[2], {}

    return Contestant("@tus/server", port, process, begin)


def bare(folder: Path, name: str) -> Contestant:
    store, port = folder / name, free_port()
    store.mkdir()
    process = start(
        [sys.executable, "-m", "benchmarks.uploads", "--serve", name, str(store), str(port)], port
    )
    return Contestant(f"bare ASGI ({name})", port, process, lambda size: (f"/{time.monotonic_ns()}", {}))


def serve_bare(kind: str, store: Path, port: int) -> None:
    """Be the bare handler."""
    import uvicorn

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        if scope["method"] == "PATCH":
            file = os.open(store / scope["path"][1:], os.O_CREAT | os.O_WRONLY)
            await (inline if kind == "inline" else threaded)(receive, file)
            os.close(file)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def inline(receive: Any, file: int) -> None:
        digest, more = hashlib.sha256(), True
        while more:
            message = await receive()
            more = message.get("more_body", False)
            os.write(file, message["body"])
            digest.update(message["body"])
        os.fsync(file)

    async def threaded(receive: Any, file: int) -> None:
        digest, more, batch, size = hashlib.sha256(), True, [], 0

        def write(pieces: list[bytes]) -> None:
            data = b"".join(pieces)
            os.write(file, data)
            digest.update(data)

        writing = asyncio.get_running_loop().create_future()
        writing.set_result(None)
        while more:
            message = await receive()
            more = message.get("more_body", False)
            batch.append(message["body"])
            size += len(message["body"])
            if size >= MB or not more:
                await writing
                writing = asyncio.ensure_future(asyncio.to_thread(write, batch))
                batch, size = [], 0
        await writing
        await asyncio.to_thread(os.fsync, file)

    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False, lifespan="off")


def make_film(path: Path, size: int) -> Path:
    with path.open("wb") as film:
        for _ in range(size // (16 * MB)):
            film.write(os.urandom(16 * MB))
    return path


def compare(folder: Path, size: int, times: int) -> None:
    film = make_film(folder / "film.mp4", size)
    found = [pennydrop(folder), bare(folder, "inline"), bare(folder, "thread"), node(folder)]
    contestants = [one for one in found if one is not None]
    seconds: dict[str, list[float]] = {one.name: [] for one in contestants}
    try:
        for turn in range(times + 1):
            for one in contestants:
                took = measure(one, film)
                clear(folder)
                if turn:  # the first turn warms up
                    seconds[one.name].append(took)
        report(contestants, seconds, size)
    finally:
        for one in contestants:
            end(one)


def end(one: Contestant) -> None:
    started = psutil.Process(one.process.pid)
    for process in (*started.children(recursive=True), started):
        process.kill()
    one.process.wait()


def clear(folder: Path) -> None:
    """Give the disk back what the last turn took, and let it finish."""
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_size > 32 * MB and path.name != "film.mp4":
            path.unlink()
    os.sync()


def report(contestants: list[Contestant], seconds: dict[str, list[float]], size: int) -> None:
    speed = {name: size / MB / statistics.median(took) for name, took in seconds.items()}
    for one in contestants:
        print(f"{one.name:22} {speed[one.name]:6.0f} MB/s   peak {one.peak_mb:4.0f} MB")
    baseline = max(rate for name, rate in speed.items() if name.startswith("bare"))
    print(f"Pennydrop / bare ASGI    {speed['Pennydrop'] / baseline:.2f}   (at least 0.80)")
    if "@tus/server" in speed:
        print(f"Pennydrop / @tus/server  {speed['Pennydrop'] / speed['@tus/server']:.2f}   (more than 1.00)")
    else:
        print("@tus/server couldn't be installed here, so there is nothing to compare with.")


def memory(folder: Path) -> None:
    film = make_film(folder / "film.mp4", 4096 * MB)
    one = pennydrop(folder)
    try:
        before = one.peak_mb
        took = measure(one, film)
        print(
            f"4 GB in {took:.1f} s; peak memory of the API {one.peak_mb:.0f} MB, {before:.0f} MB of it before"
        )
        print(f"                         (below 150 MB)  {'yes' if one.peak_mb < 150 else 'NO'}")
    finally:
        end(one)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size-mb", type=int, default=1024)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--memory", action="store_true", help="measure memory with 4 GB as well")
    parser.add_argument("--serve", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve_bare(given.serve[0], Path(given.serve[1]), int(given.serve[2]))
        return
    with tempfile.TemporaryDirectory(prefix="pennydrop-bench-") as folder:
        compare(Path(folder), given.size_mb * MB, given.times)
    if given.memory:
        with tempfile.TemporaryDirectory(prefix="pennydrop-bench-") as folder:
            memory(Path(folder))


if __name__ == "__main__":
    main()
