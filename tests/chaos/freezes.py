"""A worker freezes in the middle of a job, loses it, thaws, and goes on as if nothing had been."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psutil
from sqlalchemy import select

from pennydrop.clips.models import Clip
from pennydrop.db.session import transaction
from pennydrop.jobs.models import Job, JobState
from pennydrop.jobs.timings import Timings
from pennydrop.videos.models import Rendition
from tests.chaos.films import a_film_like_no_other
from tests.chaos.killer import LAST_ATTEMPT, pid_of
from tests.chaos.losses import settle
from tests.chaos.report import Report
from tests.chaos.small import Small, a_small_house, within
from tests.support.servers.postgresql import a_postgresql

# Whoever freezes in a transaction keeps its locks for as long as the database bears it: 30 s, unless asked.
QUICK = Timings(lease=3, heartbeat=0.5, leader=3, idle_look=0.5, reconcile=0.5, retries=(0.5, 1, 2))
_OPTIONS = "?options=-c%20idle_in_transaction_session_timeout%3D3000"
_WORKERS = 3
_PATIENCE_S = 180.0
# A clip takes about so long, so that a worker freezes anywhere between its claim and its publishing.
_WITHIN_S = 1.0
_A_FILM_EVERY = 5


def long(folder: Path, seed: int) -> Report:
    with a_postgresql() as postgresql:
        return freeze(folder, postgresql.create("freezes"), seed, times=50)


def freeze(folder: Path, database_url: str, seed: int, *, times: int) -> Report:
    """Freeze workers past their leases and thaw them, `times` times; look for what they publish late."""
    chance = random.Random(seed)
    lost: list[str] = []
    frozen: Counter[str] = Counter()
    with a_small_house(folder, f"{database_url}{_OPTIONS}", QUICK, workers=_WORKERS) as small:
        video = small.send(a_film_like_no_other(folder, 0, width=160, height=96))
        number = 0
        while sum(frozen.values()) < times:
            number += 1
            if number % _A_FILM_EVERY == 0:
                film = a_film_like_no_other(folder, number, width=160, height=96)
                with small.house.as_("ta") as ta:
                    small.house.send(ta, film)
            small.clip(video, f"Clip {number}")
            kind = _freeze_one(small, chance, lost)
            if kind is not None:
                frozen[kind] += 1
        open_jobs = settle(small.house.settings, within_s=_PATIENCE_S)
    kinds = ", ".join(f"{count} × in {kind}" for kind, count in sorted(frozen.items()))
    done = [f"{sum(frozen.values())} workers frozen past their leases and thawed: {kinds}"]
    return Report("freezes", seed, done, [*lost, *(f"unfinished: {job}" for job in open_jobs)])


def _freeze_one(small: Small, chance: random.Random, lost: list[str]) -> str | None:
    """Freeze whoever works on something, and return on what; None where it was done too soon for that."""
    if not within(_PATIENCE_S, lambda: _running(small) is not None):
        lost.append("nobody took up work that was asked for")
        return None
    time.sleep(chance.uniform(0, _WITHIN_S))
    job = _running(small)
    if job is None or job.lease_owner is None:
        return None
    frozen = _send(pid_of(job.lease_owner), signal.SIGSTOP, with_children=chance.random() < 0.5)
    try:
        held = small.job(job.id)
        if held.state is not JobState.RUNNING or held.fence != job.fence:
            return None
        if not within(_PATIENCE_S, lambda: _is_done_by_another(small, job)):
            lost.append(f"a job of a frozen worker isn't done: {small.job(job.id).state} {job.kind}")
    finally:
        for process in frozen:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGCONT)
    after = small.job(job.id)
    scratch = small.house.settings.scratch / f"{job.id}-{job.fence}"
    if not within(_PATIENCE_S, lambda: not scratch.exists()):
        lost.append(f"a thawed worker never let go of {job.kind}")
    now = small.job(job.id)
    # A new run that somebody asked for meanwhile begins with no attempt.
    if now.fence == after.fence and now.state is not JobState.DONE and now.attempt:
        lost.append(f"a thawed worker changed the ledger: {job.kind} {after.state} -> {now.state}")
    lost += [f"published late: {key}" for key in _published_by(small, job)]
    return job.kind


def _running(small: Small) -> Job | None:
    # Frozen on its third attempt, a job is given up: that is another trial's question.
    running = select(Job).where(
        Job.state == JobState.RUNNING, Job.subject_id.is_not(None), Job.attempt < LAST_ATTEMPT
    )
    with transaction(small.readers) as session:
        return session.scalars(running.order_by(Job.started_at_ms.desc()).limit(1)).first()


def _is_done_by_another(small: Small, job: Job) -> bool:
    now = small.job(job.id)
    return now.state is JobState.DONE and now.fence > job.fence


def _published_by(small: Small, job: Job) -> list[str]:
    """Return the keys that the ledger's rows know of this very attempt."""
    attempt = f"{job.id}-{job.fence}"
    with transaction(small.readers) as session:
        keys = [*session.scalars(select(Clip.file_key)), *session.scalars(select(Rendition.key))]
    return [key for key in keys if key and attempt in key]


def _send(pid: int, number: signal.Signals, *, with_children: bool) -> list[psutil.Process]:
    worker = psutil.Process(pid)
    reached = [worker, *(worker.children(recursive=True) if with_children else ())]
    for process in reached:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)
    return reached
