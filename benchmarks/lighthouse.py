"""Lighthouse on a phone, page by page: performance and accessibility, the median of three runs.

A slow phone on slow 4G as Lighthouse simulates it: 150 ms round trips, 1.6 Mbit/s, a processor four times
slower than this one. Its benchmark index says how quick this one was: 1,000 to 1,500 suit that.
Lighthouse is installed beside this file when it is first wanted; `make setup` does without its 176 MB.
Run: `python -m benchmarks.lighthouse [--runs 3] [PAGE ...]`; `ta:/steps` is all pages that begin so.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.support.every_page import furnish, wait_for_workers
from tests.support.house import House, running_house

RUNNER = Path(__file__).with_name("lighthouse_runner")
PERFORMANCE, ACCESSIBILITY = 90, 100
_WITHIN_S = 240
_ATTEMPTS = 3
"""Now and then it loses the start of its own trace (NO_NAVSTART) and asks to be run again."""


@dataclass(frozen=True)
class Result:
    performance: float
    accessibility: float
    first_paint_s: float
    largest_paint_s: float
    blocking_ms: float
    shift: float
    index: float
    failing: tuple[str, ...]


def install() -> None:
    """Install Lighthouse, unless it is there."""
    if not (RUNNER / "node_modules" / "lighthouse").is_dir():
        npm = [_beside("npm"), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        subprocess.run(npm, cwd=RUNNER, check=True)


def run(house: House, cookie: str | None, path: str) -> Result:
    """Let Lighthouse open one page once, with nothing kept from before."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        argv = [
            _beside("node"),
            str(RUNNER / "node_modules/lighthouse/cli/index.js"),
            f"{house.url}{path}",
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            "--only-categories=performance,accessibility",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking",
        ]
        if cookie:
            argv.append(f"--extra-headers={json.dumps({'Cookie': cookie})}")
        environment = {**os.environ, "CHROME_PATH": str(shutil.which("chromium"))}
        for _ in range(_ATTEMPTS):
            done = subprocess.run(argv, env=environment, timeout=_WITHIN_S, capture_output=True, text=True)
            if done.returncode == 0:
                break
        else:
            raise SystemExit(f"Lighthouse gave up on {path}:\n{done.stderr[-2000:]}")
        return _read(json.loads(report.read_text("utf-8")))


def _read(report: dict[str, Any]) -> Result:
    def value(audit: str) -> float:
        return float(report["audits"][audit].get("numericValue") or 0)

    weighed = report["categories"]["accessibility"]["auditRefs"]
    return Result(
        performance=100 * report["categories"]["performance"]["score"],
        accessibility=100 * report["categories"]["accessibility"]["score"],
        first_paint_s=value("first-contentful-paint") / 1000,
        largest_paint_s=value("largest-contentful-paint") / 1000,
        blocking_ms=value("total-blocking-time"),
        shift=value("cumulative-layout-shift"),
        index=float(report["environment"]["benchmarkIndex"]),
        failing=tuple(
            ref["id"] for ref in weighed if ref["weight"] and report["audits"][ref["id"]]["score"] == 0
        ),
    )


def session_of(house: House, mailbox: str | None) -> str | None:
    if mailbox is None:
        return None
    credentials = {"email": house.email(mailbox), "password": house.password}
    answer = httpx.post(f"{house.url}/api/v1/session", json=credentials, headers={"Origin": house.url})
    answer.raise_for_status()
    return "; ".join(f"{name}={value}" for name, value in answer.cookies.items())


def _beside(command: str) -> str:
    return str(Path(sys.executable).with_name(command))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument(
        "pages", nargs="*", help="how they begin, such as ta:/steps; all, when none is named"
    )
    chosen = options.parse_args()
    install()
    missed = []
    with tempfile.TemporaryDirectory() as folder, running_house(Path(folder)) as house:
        pages = [(one.who, one.path) for one in furnish(house, Path(folder))]
        wait_for_workers(house)
        if chosen.pages:
            wanted = tuple(chosen.pages)
            pages = [(who, path) for who, path in pages if f"{who or ''}:{path}".startswith(wanted)]
        print(
            f"{'':8}{'page':44}{'perf':>5}{'a11y':>5}{'FCP s':>7}{'LCP s':>7}"
            f"{'TBT ms':>7}{'CLS':>6}{'index':>7}"
        )
        for who, path in pages:
            cookie = session_of(house, who)
            runs = [run(house, cookie, path) for _ in range(chosen.runs)]
            performance = statistics.median(one.performance for one in runs)
            accessibility = min(one.accessibility for one in runs)
            if performance < PERFORMANCE or accessibility < ACCESSIBILITY:
                missed.append(f"{who or 'nobody'}:{path}")
            print(
                f"{who or '':8}{path:44}{performance:5.0f}{accessibility:5.0f}"
                f"{statistics.median(one.first_paint_s for one in runs):7.2f}"
                f"{statistics.median(one.largest_paint_s for one in runs):7.2f}"
                f"{statistics.median(one.blocking_ms for one in runs):7.0f}"
                f"{statistics.median(one.shift for one in runs):6.2f}"
                f"{statistics.median(one.index for one in runs):7.0f}"
                f"  {' '.join(sorted({id_ for one in runs for id_ in one.failing}))}",
                flush=True,
            )
    if missed:
        print(f"Below {PERFORMANCE} or {ACCESSIBILITY}: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
