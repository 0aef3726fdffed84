"""The work behind the scenes, for administrators."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from pennydrop.care.standing import Standing, standing
from pennydrop.jobs import beats
from pennydrop.jobs.figures import figures
from pennydrop.jobs.models import JobState, Queue
from pennydrop.reports.work import WorkOnRecord, one_on_record, work_on_record
from pennydrop.videos.again import try_again
from pennydrop_api import routing
from pennydrop_api.deps import SessionDep, ViewerDep
from pennydrop_api.jobs.schemas import JobFailure
from pennydrop_api.people.schemas import PersonRef, SchoolRef

router = routing.router(tags=["reports"])


class Work(BaseModel):
    """One piece of work that isn't done. It says whose film it is about, never which."""

    id: str
    kind: str = Field(description="What is done, for example video.proxies")
    queue: Queue
    state: JobState
    owner: PersonRef | None = Field(description="Whose film or clip it is about; nobody's for housekeeping")
    school: SchoolRef | None
    attempt: int = Field(description="How often it was begun")
    progress: int = Field(description="In percent")
    since_s: float = Field(
        description="How long ago it failed, was begun or became due; below 0 where it is due only later"
    )
    failure: JobFailure | None = Field(description="Why it failed, or why its last attempt did")

    @classmethod
    def of(cls, work: WorkOnRecord) -> Work:
        job = work.job
        moment = {JobState.FAILED: job.finished_at_ms, JobState.RUNNING: job.started_at_ms}.get(job.state)
        since_ms = work.now_ms - (job.run_after_ms if moment is None else moment)
        failure = None
        if job.error_code is not None:
            failure = JobFailure(code=job.error_code, detail=job.error_detail or "")
        return cls(
            id=job.id,
            kind=job.kind,
            queue=job.queue,
            state=job.state,
            owner=work.owner and PersonRef.of(work.owner),
            school=work.owner and SchoolRef.of(work.owner.school),
            attempt=job.attempt,
            progress=job.progress,
            since_s=round(since_ms / 1000, 1),
            failure=failure,
        )


class QueueNow(BaseModel):
    queue: Queue
    waiting: int
    running: int
    failed: int
    waits_s: float = Field(description="How long its oldest job has been due and waits")


class CareNow(BaseModel):
    """How backups and the reading of what is stored stand; null: never done."""

    backup_age_s: float | None = Field(description="How long ago the last whole backup was taken")
    backup_is_late: bool = Field(description="That is too long ago, or the latest one lacks files")
    scrub_age_s: float | None = Field(description="How long ago all that is stored had been read")
    scrub_faults: int = Field(description="How many files were found damaged or missing")

    @classmethod
    def of(cls, now: Standing) -> CareNow:
        return cls(
            backup_age_s=None if now.backup_age is None else now.backup_age.total_seconds(),
            backup_is_late=now.is_late or (now.backup_age is not None and not now.latest_is_whole),
            scrub_age_s=None if now.scrub_age is None else now.scrub_age.total_seconds(),
            scrub_faults=now.scrub_faults,
        )


class WorkNow(BaseModel):
    """How the work behind the scenes stands."""

    services: dict[Literal["api", "transcoder", "worker"], bool] = Field(
        description="Whether at least one process of each service lives"
    )
    queues: list[QueueNow]
    items: list[Work] = Field(description="What isn't done, what failed first; at most 200")
    care: CareNow


@router.get("/reports/work")
def list_work_on_record(session: SessionDep, viewer: ViewerDep) -> WorkNow:
    """What stands still, what waits and what runs in my organisation, and why (administrators)."""
    items = [Work.of(work) for work in work_on_record(session, viewer)]
    alive = beats.alive(session) | {"api"}
    queues = [
        QueueNow(
            queue=one.queue,
            waiting=one.jobs[JobState.QUEUED],
            running=one.jobs[JobState.RUNNING],
            failed=one.jobs[JobState.FAILED],
            waits_s=one.waits_ms / 1000,
        )
        for one in figures(session)
    ]
    return WorkNow(
        services={"api": True, "transcoder": "transcoder" in alive, "worker": "worker" in alive},
        queues=queues,
        items=items,
        care=CareNow.of(standing(session)),
    )


@router.post("/jobs/{job_id}/retry")
def retry_job(job_id: str, session: SessionDep, viewer: ViewerDep) -> Work:
    """Try once more what has failed (administrators)."""
    found = one_on_record(session, viewer, job_id)
    try_again(session, found.job)
    session.flush()
    session.refresh(found.job)
    return Work.of(one_on_record(session, viewer, job_id))
