"""Behind the scenes: what stands still, why, and trying it again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pennydrop.care.models import BackupTaken, ScrubMark
from pennydrop.clips.files import ask_for_file
from pennydrop.clips.models import Clip, ClipFileState
from pennydrop.clock import utcnow
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.jobs import lease
from pennydrop.jobs.claim import claim
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Job, JobState, Queue
from pennydrop.videos.failing import video_failed
from pennydrop.videos.models import Video, VideoState
from pennydrop.videos.progress import CHUNK, INGEST, SOUND
from tests.api.client import Client
from tests.factories import a_clip, a_person, a_video, an_admin
from tests.factories.chunks import a_film_in_chunks


def add(sessions: SessionMaker, video: Video, kind: str = INGEST) -> str:
    with transaction(sessions) as session:
        job = enqueue(
            session,
            kind,
            queue=Queue.INTERACTIVE,
            unique_key=f"{kind}:{video.id}",
            payload={"video_id": video.id},
            subject_id=video.id,
        )
        return job.id


def fail(sessions: SessionMaker, job_id: str) -> None:
    """Let a worker take the job and fail at it for good."""
    with transaction(sessions) as session:
        kind = session.get_one(Job, job_id).kind
        claimed = claim(session, Queue.INTERACTIVE, kinds=[kind], owner="a", lease_ms=30_000)
        assert claimed is not None
        lease.fail(
            session,
            job_id=job_id,
            fence=claimed.fence,
            code="no_room",
            detail="The disk was full.",
            on_failed=video_failed,
        )


def work(client: Client) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/reports/work")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def test_what_failed_is_told_with_its_reason_and_whose_film_it_is(
    client: Client, database: SessionMaker
) -> None:
    video = a_video(title="Wednesday with Leo")
    failed, waiting = add(database, video), add(database, video, "video.poster")
    fail(database, failed)
    admin = client.as_(an_admin(school=video.owner.school))
    answer = admin.get("/api/v1/reports/work")
    assert "Wednesday" not in answer.text
    first, second = answer.json()["items"]
    assert (first["id"], first["state"]) == (failed, "failed")
    assert first["failure"] == {"code": "no_room", "detail": "The disk was full."}
    assert (first["owner"]["id"], first["school"]["id"]) == (video.owner.id, video.owner.school_id)
    assert 0 <= first["since_s"] < 60
    assert (second["id"], second["state"]) == (waiting, "queued")
    queue = next(one for one in answer.json()["queues"] if one["queue"] == "interactive")
    assert (queue["failed"], queue["waiting"]) == (1, 1)
    assert answer.json()["services"] == {"api": True, "transcoder": False, "worker": False}


def test_housekeeping_is_shown_and_other_trusts_work_is_not(client: Client, database: SessionMaker) -> None:
    add(database, a_video())
    with transaction(database) as session:
        enqueue(session, "storage.sweep", queue=Queue.BULK, unique_key="sweep", payload={})
    found = work(client.as_(an_admin()))
    assert [(one["kind"], one["owner"]) for one in found] == [("storage.sweep", None)]


def test_trying_again_takes_back_what_was_said_of_film_and_clips(
    client: Client, database: SessionMaker
) -> None:
    video = a_video(state=VideoState.PROCESSING)
    clip = a_clip(video)
    with transaction(database) as session:
        found = session.get_one(Video, video.id)
        found.renditions.clear()
        ask_for_file(session, session.get_one(Clip, clip.id))
    job_id = add(database, video)
    fail(database, job_id)
    with transaction(database) as session:
        assert session.get_one(Video, video.id).state is VideoState.FAILED
        assert session.get_one(Clip, clip.id).file_state is ClipFileState.FAILED
    admin = client.as_(an_admin(school=video.owner.school))
    answer = admin.post(f"/api/v1/jobs/{job_id}/retry")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["attempt"], answer.json()["failure"]) == ("queued", 0, None)
    with transaction(database) as session:
        again = session.get_one(Video, video.id)
        assert (again.state, again.failure_detail) == (VideoState.PROCESSING, None)
        assert session.get_one(Clip, clip.id).file_state is ClipFileState.QUEUED
        assert session.get_one(Job, job_id).state is JobState.QUEUED


def test_what_goes_on_by_itself_is_not_tried_again(client: Client, database: SessionMaker) -> None:
    video = a_video()
    job_id = add(database, video)
    admin = client.as_(an_admin(school=video.owner.school))
    answer = admin.post(f"/api/v1/jobs/{job_id}/retry")
    assert answer.status_code == 409
    assert "goes on by itself" in answer.json()["detail"]
    assert (
        client.as_(a_person(school=video.owner.school)).post(f"/api/v1/jobs/{job_id}/retry").status_code
        == 403
    )


def test_one_waiting_chunk_of_a_film_stands_for_all_of_them(client: Client, database: SessionMaker) -> None:
    video = a_film_in_chunks()
    admin = client.as_(an_admin(school=video.owner.school))
    assert [one["kind"] for one in work(admin)] == [CHUNK, SOUND]
    with transaction(database) as session:
        claimed = claim(session, Queue.TRANSCODE, kinds=[CHUNK], owner="a", lease_ms=30_000)
    assert claimed is not None
    assert [(one["kind"], one["state"]) for one in work(admin)] == [(CHUNK, "running"), (SOUND, "queued")]


def test_it_is_told_how_backups_stand(client: Client, database: SessionMaker) -> None:
    admin = client.as_(an_admin())
    never = {"backup_age_s": None, "backup_is_late": False, "scrub_age_s": None, "scrub_faults": 0}
    assert admin.get("/api/v1/reports/work").json()["care"] == never
    with transaction(database) as session:
        at = utcnow() - timedelta(days=9)
        session.add(BackupTaken(at=at, name="b", whole=True, files=1, bytes=1))
        session.add(ScrubMark(id=1, whole_at=at, faults=1, faults_before=0))
    care = admin.get("/api/v1/reports/work").json()["care"]
    assert care["backup_age_s"] == pytest.approx(9 * 86_400, abs=60)
    assert care["scrub_age_s"] == pytest.approx(9 * 86_400, abs=60)
    assert (care["backup_is_late"], care["scrub_faults"]) == (True, 1)
    told = client.get("/metrics").text
    assert "pennydrop_scrub_faults 1.0" in told
    assert "pennydrop_backup_age_seconds 7776" in told
    assert "pennydrop_scrub_age_seconds 7776" in told
