"""A job as the HTTP contract shows it."""

from __future__ import annotations

from pydantic import BaseModel, Field

from pennydrop.jobs.models import Job, JobState


class JobFailure(BaseModel):
    code: str
    detail: str


class JobOut(BaseModel):
    id: str
    kind: str = Field(description="What is done, for example video.proxies")
    state: JobState
    subject: str | None = Field(description="The video or clip it is about")
    progress: int = Field(description="In percent")
    attempt: int
    failure: JobFailure | None = Field(description="Why it failed, or why its last attempt did")

    @classmethod
    def of(cls, job: Job) -> JobOut:
        failure = None
        if job.error_code is not None and job.state is not JobState.DONE:
            failure = JobFailure(code=job.error_code, detail=job.error_detail or "")
        return cls(
            id=job.id,
            kind=job.kind,
            state=job.state,
            subject=job.subject_id,
            progress=job.progress,
            attempt=job.attempt,
            failure=failure,
        )
