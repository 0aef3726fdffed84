"""What administrators know of the work behind the scenes: what stands still, waits or runs, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from pennydrop.access.may_people import may_administer
from pennydrop.access.ties import members
from pennydrop.access.viewer import Viewer
from pennydrop.clips.models import Clip
from pennydrop.db.types import db_now_ms
from pennydrop.errors import NotFound
from pennydrop.jobs.ledger import OPEN_STATES
from pennydrop.jobs.models import Job, JobState
from pennydrop.people.models import Person
from pennydrop.videos.models import Video
from pennydrop.videos.progress import CHUNK

SHOWN = (JobState.FAILED, JobState.QUEUED, JobState.RUNNING)
"""What is done is no news, and what was cancelled somebody wanted so."""

MOST = 200

_ORDER = {JobState.FAILED: 0, JobState.RUNNING: 1, JobState.QUEUED: 2}


@dataclass(frozen=True, slots=True)
class WorkOnRecord:
    """One job that isn't done. Whose film it is about, never which."""

    job: Job
    owner: Person | None
    """None for housekeeping, which is about nobody's film."""
    now_ms: int
    """The database's clock, by which the job's own times are to be read."""


def work_on_record(session: Session, viewer: Viewer) -> Sequence[WorkOnRecord]:
    """Return what isn't done, of the administrator's organisation: what failed first, the newest on top.

    At most `MOST`, for nobody reads more. Raises `NotAllowed` for others.
    """
    may_administer(viewer)
    return _select(session, viewer)


def one_on_record(session: Session, viewer: Viewer, job_id: str) -> WorkOnRecord:
    """Return one of them. Raises `NotAllowed` for others than administrators, `NotFound`."""
    may_administer(viewer)
    found = _select(session, viewer, job_id)
    if not found:
        raise NotFound
    return found[0]


def _one_of_many() -> ColumnElement[bool]:
    """Whether it is a waiting chunk of a film that an earlier one stands for: a long film has dozens."""
    earlier = aliased(Job)
    stands_for_it = exists().where(
        earlier.subject_id == Job.subject_id,
        earlier.kind == CHUNK,
        earlier.state.in_(OPEN_STATES),
        earlier.id < Job.id,
    )
    return and_(Job.kind == CHUNK, Job.state == JobState.QUEUED, stands_for_it)


def _select(session: Session, viewer: Viewer, job_id: str | None = None) -> list[WorkOnRecord]:
    film, of_clip = aliased(Video), aliased(Video)
    owner_id = func.coalesce(film.owner_id, of_clip.owner_id)
    query = (
        select(Job, Person, db_now_ms())
        .outerjoin(film, film.id == Job.subject_id)
        .outerjoin(Clip, Clip.id == Job.subject_id)
        .outerjoin(of_clip, of_clip.id == Clip.video_id)
        .outerjoin(Person, Person.id == owner_id)
        .where(or_(owner_id.in_(members(viewer)), Job.subject_id.is_(None)))
        .order_by(
            case(_ORDER, value=Job.state),
            func.coalesce(-Job.finished_at_ms, Job.run_after_ms),
            Job.id,
        )
        .limit(MOST)
        .options(joinedload(Person.school))
    )
    if job_id is None:
        query = query.where(Job.state.in_(SHOWN), not_(_one_of_many()))
    else:
        query = query.where(Job.id == job_id)
    return [WorkOnRecord(job, owner, int(now)) for job, owner, now in session.execute(query)]
