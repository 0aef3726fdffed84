"""A job kills its worker each time: it is given up after three attempts, and others hardly wait for it."""

from __future__ import annotations

import threading
from pathlib import Path

from sqlalchemy import select

from pennydrop.db.session import make_engine, make_sessions, transaction
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Job, JobState, Queue
from pennydrop.jobs.timings import Timings
from tests.chaos.films import a_film_like_no_other
from tests.chaos.losses import settle
from tests.chaos.quick import POISON
from tests.chaos.report import Report
from tests.chaos.small import Small, a_small_house, within

OTHERS_WAIT_S = 60.0
_PATIENCE_S = 400.0
_CLIP = "clip.file"


def long(folder: Path, seed: int) -> Report:
    return poison(folder, "", seed, timings=Timings(), every_s=3.0)


def poison(folder: Path, database_url: str, seed: int, *, timings: Timings, every_s: float) -> Report:
    """Let the one worker there is meet the job, while clips are asked for every `every_s` seconds.

    How long others wait is judged where the timings are those of a school.
    """
    lost: list[str] = []
    with a_small_house(folder, database_url, timings, workers=1) as small:
        video = small.send(a_film_like_no_other(folder, 0, width=160, height=96))
        died_before = small.died
        job_id = _ask(small)
        over = threading.Event()
        clips = threading.Thread(target=_clip_on, args=(small, video, every_s, over), daemon=True)
        clips.start()
        if not within(_PATIENCE_S, lambda: small.job(job_id).state is JobState.FAILED):
            lost.append(f"it was not given up: {small.job(job_id).state}")
        over.set()
        clips.join()
        open_jobs = settle(small.house.settings, within_s=_PATIENCE_S, besides=[POISON])
        lost += [f"unfinished: {job}" for job in open_jobs]
        job, died = small.job(job_id), small.died - died_before
        waits = _waits_s(small)
    if job.attempt != 3 or died != 3:
        lost.append(f"it was tried {job.attempt} times and killed {died} workers, instead of 3")
    if not job.error_detail:
        lost.append("it failed without a reason")
    if timings == Timings() and max(waits) >= OTHERS_WAIT_S:
        lost.append(f"a clip beside it took {max(waits):.0f} s")
    done = [
        f"one job killed the only worker {died} times, then failed: {job.error_detail}",
        f"{len(waits)} clips beside it: {max(waits):.1f} s at most from asked for to done",
    ]
    return Report("poison", seed, done, lost)


def _ask(small: Small) -> str:
    with transaction(make_sessions(make_engine(small.house.settings.database))) as session:
        return enqueue(
            session, POISON, queue=Queue.INTERACTIVE, unique_key=POISON, payload={}, priority=10
        ).id


def _clip_on(small: Small, video: str, every_s: float, over: threading.Event) -> None:
    number = 0
    while not over.wait(every_s):
        number += 1
        small.clip(video, f"Clip {number}")


def _waits_s(small: Small) -> list[float]:
    clips = select(Job).where(Job.kind == _CLIP, Job.state == JobState.DONE)
    with transaction(small.readers) as session:
        return [
            (job.finished_at_ms or 0) / 1000 - job.created_at.timestamp() for job in session.scalars(clips)
        ] or [0.0]
