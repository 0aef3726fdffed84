"""What was lost: looked for in the database and the store, by their own words."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, select

from pennydrop.care.scrub import Places, scrub
from pennydrop.clips.models import Clip, ClipFileState
from pennydrop.db.session import SessionMaker, make_engine, make_sessions, transaction
from pennydrop.jobs.models import Job, JobState
from pennydrop.moments.models import Moment
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store
from pennydrop.storage.sweep import sweep
from pennydrop.videos.models import Source, Video, VideoState
from tests.chaos.sender import Sent

_HOUSEKEEPING = ("storage.sweep", "chunks.retired", "uploads.expire", "storage.forget")


@dataclass
class Losses:
    """Everything here is empty, or something was lost."""

    wrong_bytes: list[str] = field(default_factory=list)
    not_ready: list[str] = field(default_factory=list)
    lost_marks: list[str] = field(default_factory=list)
    doubles: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    swept: int = 0
    """Objects that attempts which were killed left behind: no loss, as long as the sweep finds them."""

    def told(self) -> list[str]:
        """A line for each."""
        return [
            f"{name.replace('_', ' ')}: {one}"
            for name, found in vars(self).items()
            if isinstance(found, list)
            for one in found
        ]


def settle(settings: Settings, *, within_s: float, besides: Collection[str] = ()) -> list[str]:
    """Wait until no job is open or failed, kinds of `besides` aside; return what still is in the end."""
    sessions = make_sessions(make_engine(settings.database))
    deadline = time.monotonic() + within_s
    while (left := _open_jobs(sessions, besides)) and time.monotonic() < deadline:
        time.sleep(0.5)
    return left


def settle_slowly(settings: Settings, *, patience_s: float) -> list[str]:
    """Wait for as long as jobs still come to an end; return what is open when none has for `patience_s`."""
    left = settle(settings, within_s=patience_s)
    while left:
        before, left = len(left), settle(settings, within_s=patience_s)
        if len(left) >= before:
            break
    return left


def open_jobs(settings: Settings) -> list[str]:
    """Return what isn't done, a line each."""
    engine = make_engine(settings.database)
    try:
        return _open_jobs(make_sessions(engine))
    finally:
        engine.dispose()


def _open_jobs(sessions: SessionMaker, besides: Collection[str] = ()) -> list[str]:
    query = select(Job.kind, Job.state, Job.attempt, Job.error_detail).where(
        Job.kind.not_in((*_HOUSEKEEPING, *besides)),
        Job.state.in_((JobState.QUEUED, JobState.RUNNING, JobState.FAILED)),
    )
    with transaction(sessions) as session:
        return [
            f"{kind} {state} try {attempt}: {why}" for kind, state, attempt, why in session.execute(query)
        ]


def losses(settings: Settings, all_sent: list[Sent], *, marks: bool = True) -> Losses:
    """Hold what was acknowledged against what is there; without `marks`, nobody remembered those."""
    sessions, store, found = make_sessions(make_engine(settings.database)), open_store(settings), Losses()
    with transaction(sessions) as session:
        for sent in all_sent:
            video = session.get(Video, sent.video)
            if video is None or video.state is not VideoState.READY:
                found.not_ready.append(
                    f"{sent.title}: {video and video.state} {video and video.failure_detail}"
                )
                continue
            key = session.scalar(select(Source.key).where(Source.id == video.source_id))
            if hashlib.sha256(store.read(str(key))).hexdigest() != sent.sha256:
                found.wrong_bytes.append(sent.title)
            for model, ids in ((Moment, sent.moments), (Clip, sent.clips)) if marks else ():
                there = session.scalar(select(func.count()).where(model.id.in_(ids)))
                every = session.scalar(select(func.count()).where(model.video_id == video.id))
                if there != len(ids):
                    found.lost_marks.append(f"{sent.title}: {model.__name__}")
                if every != len(ids):
                    found.doubles.append(f"{sent.title}: {every} × {model.__name__}")
            waiting = select(Clip.id).where(Clip.video_id == video.id, Clip.file_state != ClipFileState.READY)
            found.not_ready += [f"{sent.title}: clip {clip}" for clip in session.scalars(waiting)]
            films = session.scalar(
                select(func.count()).where(Video.title == sent.title, Video.source_id.is_not(None))
            )
            if films != 1:
                found.doubles.append(f"{sent.title}: {films} films")
    found.swept = sweep(store, sessions, grace=timedelta(0), however_much=True)
    for finding in scrub(Places(sessions, store), grace=timedelta(0)).findings:
        into = found.damaged if finding.record else found.orphans
        into.append(f"{finding.key}: {finding.why}")
    return found
