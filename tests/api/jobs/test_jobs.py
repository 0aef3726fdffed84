"""Who may follow a piece of work: whoever may see what it is about."""

from __future__ import annotations

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Job, JobState, Queue
from tests.api.client import Client
from tests.factories import a_coach, a_video


def add(sessions: SessionMaker, subject_id: str | None) -> str:
    with transaction(sessions) as session:
        job = enqueue(
            session,
            "video.proxies",
            queue=Queue.TRANSCODE,
            unique_key="proxies",
            payload={},
            subject_id=subject_id,
        )
        return job.id


def test_an_owner_follows_the_work_on_her_video(client: Client, database: SessionMaker) -> None:
    video = a_video()
    job_id = add(database, video.id)
    with transaction(database) as session:
        job = session.get_one(Job, job_id)
        job.state, job.error_code, job.error_detail = JobState.FAILED, "not_a_video", "This isn't a film."
    answer = client.as_(video.owner).get(f"/api/v1/jobs/{job_id}").json()
    assert (answer["kind"], answer["state"], answer["subject"]) == ("video.proxies", "failed", video.id)
    assert answer["failure"] == {"code": "not_a_video", "detail": "This isn't a film."}


def test_the_work_on_somebody_elses_video_does_not_exist(client: Client, database: SessionMaker) -> None:
    job_id = add(database, a_video().id)
    assert client.as_(a_coach()).get(f"/api/v1/jobs/{job_id}").status_code == 404


def test_housekeeping_is_nobodys_business(client: Client, database: SessionMaker) -> None:
    job_id = add(database, None)
    assert client.as_(a_coach()).get(f"/api/v1/jobs/{job_id}").status_code == 404
