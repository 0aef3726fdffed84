"""`make load`: 500 people watch and mark, 30 send films, all at once, through nginx and two APIs.

PostgreSQL, Redis, the APIs, nginx and those who ask share this machine: the share of each is told.
The baseline of the same run is one person alone.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random

from benchmarks.load.alone import Alone
from benchmarks.load.behaviour import visit
from benchmarks.load.house import a_house_under_load, cpu_seconds
from benchmarks.load.people import as_json, settle
from pennydrop.storage.open import open_store
from tests.support.servers.postgresql import a_postgresql
from tests.support.servers.redis import a_redis

MOST_MS = 150.0
# Not JSON: bytes of films, whose end depends on who receives them.
_BYTES = frozenset({"film's bytes", "clip's bytes", "upload's bytes", "event"})
_HERE = Path(__file__).parent


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=500)
    options.add_argument("--senders", type=int, default=30)
    options.add_argument("--come", type=int, default=150, help="seconds in which they come, one by one")
    options.add_argument("--seconds", type=int, default=120, help="after everybody has come")
    options.add_argument("--apis", type=int, default=2)
    given = options.parse_args()
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="pennydrop-load-")))
        postgresql, redis = running.enter_context(a_postgresql()), running.enter_context(a_redis(folder))
        house = running.enter_context(a_house_under_load(folder, postgresql, redis, apis=given.apis))
        visitors = settle(house.sessions, open_store(house.settings), given.people)
        people = folder / "people.json"
        people.write_text(as_json(visitors))
        with Alone(house.url, visitors[1], speed=20) as alone:
            for number in range(3):
                visit(alone, visitors[1], Random(number))
        house.access_log.write_text("")
        before, begun = _used(), time.perf_counter()
        table = _locust(house.url, folder, people, given)
        wall, after = time.perf_counter() - begun, _used()
        sent = house.sent()
        load = os.getloadavg()[0]
    slow, failed = _tell(table, alone)
    for kind, (all_bytes, python) in sorted(sent.items()):
        print(f"  {kind:<12} {all_bytes / 1e6:10.1f} MB sent, {python / 1e6:8.1f} MB of it by Python")
    shares = (f"{name} {(used - before.get(name, 0.0)) / wall:.2f}" for name, used in sorted(after.items()))
    print(f"cores in use: {', '.join(shares)}")
    print(f"load of this machine at the end: {load:.1f} on {os.cpu_count()} cores")
    by_python = sum(python for kind, (_, python) in sent.items() if kind in ("720p", "360p", "clip"))
    print(
        f"JSON calls above {MOST_MS:.0f} ms p95: {', '.join(slow) or 'none'}; errors: {failed}; "
        f"bytes of films and clips by Python: {by_python}"
    )
    return 1 if slow or failed or by_python else 0


def _locust(url: str, folder: Path, people: Path, given: argparse.Namespace) -> list[dict[str, str]]:
    count = given.people + given.senders
    argv = [sys.executable, "-m", "locust", "-f", str(_HERE / "locustfile.py"), "--headless", "--host", url]
    argv += ["-u", str(count), "-r", str(count / given.come), "-t", f"{given.come + given.seconds}s"]
    argv += ["--reset-stats", "--csv", str(folder / "load"), "--only-summary"]
    argv += ["--exit-code-on-error", "0", "--loglevel", "WARNING"]
    environment = os.environ | {
        "PENNYDROP_LOAD_PEOPLE": str(people),
        "PENNYDROP_LOAD_SENDERS": str(given.senders),
        "PYTHONPATH": str(_HERE.parents[1]),
    }
    with (folder / "locust.log").open("wb") as log:
        done = subprocess.run(argv, env=environment, stdout=log, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        print((folder / "locust.log").read_text()[-3000:])
        raise SystemExit(done.returncode)
    failures = folder / "load_failures.csv"
    if failures.exists():
        for row in list(csv.DictReader(failures.open()))[:10]:
            print(f"  failed {row['Occurrences']} times: {row['Name']}: {row['Error'][:200]}")
    return list(csv.DictReader((folder / "load_stats.csv").open()))


def _used() -> dict[str, float]:
    """Seconds of processor time so far, by program. Locust is what ended among those we started."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return cpu_seconds() | {"locust": ended.ru_utime + ended.ru_stime}


def _tell(table: list[dict[str, str]], alone: Alone) -> tuple[list[str], int]:
    print(f"{'':<18}{'calls':>8}{'p50':>8}{'p95':>8}{'p99':>8}{'alone':>8}  ms")
    slow, failed = [], 0
    for row in table:
        name = row["Name"]
        if row["50%"] == "N/A":
            print(f"{name:<18}{row['Request Count']:>8}  none of these calls ended")
            slow.append(name)
            continue
        p50, p95, p99 = (float(row[column]) for column in ("50%", "95%", "99%"))
        by_itself = alone.median_ms(name)
        print(f"{name:<18}{row['Request Count']:>8}{p50:8.0f}{p95:8.0f}{p99:8.0f}{by_itself:>8}")
        if name == "Aggregated":
            failed = int(row["Failure Count"])
        elif name not in _BYTES and p95 > MOST_MS:
            slow.append(name)
    return slow, failed


if __name__ == "__main__":
    sys.exit(main())
