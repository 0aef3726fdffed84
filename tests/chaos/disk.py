"""The trial in which the disk of a single school's server is full to the last byte, again and again."""

from __future__ import annotations

import random
import sqlite3
import time
from pathlib import Path

from tests.chaos.crowd import Crowd
from tests.chaos.losses import losses, settle_slowly
from tests.chaos.outage import BACK_WITHIN_S, faults_in, settled
from tests.chaos.report import Report
from tests.chaos.shelf import Shelf
from tests.support import small_disk
from tests.support.house import running_house, until
from tests.support.small_disk import SmallDisk, a_small_disk


def long(folder: Path, seed: int) -> Report:
    return live_through(
        folder, seed, megabytes=400, times=20, pause_s=(1, 8), full_s=(2, 20), senders=2, films_pause_s=8
    )


def short(folder: Path, seed: int) -> Report:
    return live_through(
        folder, seed, megabytes=100, times=3, pause_s=(0.5, 1.5), full_s=(2, 4), senders=1, films_pause_s=1
    )


def live_through(
    folder: Path,
    seed: int,
    *,
    megabytes: int,
    times: int,
    pause_s: tuple[float, float],
    full_s: tuple[float, float],
    senders: int,
    films_pause_s: float,
) -> Report:
    """Let people send films while the disk is filled `times` times; report what was lost by it."""
    report = Report("disk", seed)
    if not small_disk.can_be_made():
        report.done.append(f"not tried. {small_disk.WHY_NOT}")
        return report
    shelf = Shelf(folder)
    with a_small_disk(folder / "data", kilobytes=1024 * megabytes) as disk:
        # Nothing is kept free: otherwise nothing but a film too many would ever find the disk full.
        with running_house(folder, PENNYDROP_KEEP_FREE_BYTES="0", PENNYDROP_LOG="json") as house:
            with Crowd([house], shelf, senders=senders, pause_s=films_pause_s) as crowd:
                full_for_s = _fill_and_make_room(disk, random.Random(seed), times, pause_s, full_s)
                back_at = time.monotonic()
                until(lambda: crowd.up_since, within_s=4 * BACK_WITHIN_S)
                pages_s = max(0.0, max(crowd.up_since.values()) - back_at)
            late, took_s = settled(house.settings, back_at)
            never = settle_slowly(house.settings, patience_s=4 * BACK_WITHIN_S) if late else []
        lost = losses(house.settings, crowd.sent)
        lost.unfinished = never
        with sqlite3.connect(folder / "data" / "pennydrop.sqlite3") as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
    report.done += [
        f"the disk was filled to the last byte {times} times, for {full_for_s:.0f} s in all",
        f"{len(crowd.sent)} films sent, marked and clipped meanwhile",
        *crowd.witness.lines(),
        f"every page was there {pages_s:.1f} s after there was room; all jobs were done "
        + (f"after {took_s:.1f} s" if not late else f"late: {len(late)} were open after a minute"),
        *(f"  {job}" for job in late),
        f"objects that attempts left and the sweep removed: {lost.swept}",
        f"SQLite's own check: {verdict}",
    ]
    report.lost += [
        *lost.told(),
        *crowd.witness.wrong,
        *(f"fault in the log: {fault}" for fault in faults_in(folder / "house.log")),
        *([] if verdict == "ok" else [f"the database is damaged: {verdict}"]),
    ]
    return report


def _fill_and_make_room(
    disk: SmallDisk,
    chance: random.Random,
    times: int,
    pause_s: tuple[float, float],
    full_s: tuple[float, float],
) -> float:
    full_for_s = 0.0
    for _ in range(times):
        time.sleep(chance.uniform(*pause_s))
        began = time.monotonic()
        ends = began + chance.uniform(*full_s)
        while time.monotonic() < ends:
            # What is removed meanwhile leaves room again.
            disk.fill()
            time.sleep(0.1)
        disk.make_room()
        full_for_s += time.monotonic() - began
    return full_for_s
