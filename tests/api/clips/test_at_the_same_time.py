"""A clip whose ends move while its file is being published."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, select

from pennydrop.access.viewer import Viewer
from pennydrop.clips.files import ask_for_lighter_file, clip_of_job, take_file
from pennydrop.clips.make import change_clip
from pennydrop.clips.models import Clip
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.models import Job, JobState
from pennydrop.people.models import Person
from pennydrop.settings import Settings
from pennydrop.storage.digest import KeptFile
from pennydrop.storage.later import FORGET
from pennydrop.storage.open import open_store
from tests.api.client import Client
from tests.api.clips.test_clips import file_jobs
from tests.factories import a_clip_share, a_person, a_video, world
from tests.support.waiting import somebody_else

pytestmark = pytest.mark.on_database("postgresql")


def attempt_at(sessions: SessionMaker, unique_key: str, scratch: Path) -> Attempt:
    """A worker's attempt at a job, which runs from now on."""
    with transaction(sessions) as session:
        job = session.scalars(select(Job).where(Job.unique_key == unique_key)).one()
        job.state, job.attempt, job.fence = JobState.RUNNING, 1, 1
    return Attempt(job.id, job.kind, job.payload, job.subject_id, 1, 1, scratch, sessions)


def test_a_clip_that_is_narrowed_while_its_files_are_published_never_serves_them(
    client: Client, database: SessionMaker, settings: Settings, tmp_path: Path
) -> None:
    clip = a_wide_clip(client)
    mine, friend = client.as_(clip.video.owner), a_person(school=clip.video.owner.school)
    a_clip_share(clip, friend)
    mine.post(f"/api/v1/clips/{clip.id}/original")
    keys = [f"clips/{clip.id}/{name}.mp4" for name in ("wide", "full")]
    for key in keys:
        open_store(settings).put_bytes(key, b"wide")
    attempt = attempt_at(database, f"clip:{clip.id}:1", tmp_path)
    with somebody_else(database) as begins:
        with attempt.publish() as session:
            published = clip_of_job(session, attempt.payload)
            assert published is not None
            assert published.original is not None
            take_file(session, published, KeptFile(keys[0], 4, "0" * 64))
            published.original.key = keys[1]
            narrowed = begins(lambda: mine.patch(f"/api/v1/clips/{clip.id}", json={"end_ms": 5_000}))
        assert narrowed.result().json()["original"] is None
    after = client.as_(friend).get(f"/api/v1/clips/{clip.id}").json()
    assert (after["end_ms"], after["file"]["state"], after["file"]["url"]) == (5_000, "queued", None)
    assert client.as_(friend).get(f"/media/clips/{clip.id}.mp4").status_code == 404
    assert file_jobs(clip.id)[-1] == (f"clip:{clip.id}:2", JobState.QUEUED, 2)
    with world.session() as session:
        forgotten = session.scalars(select(Job).where(Job.kind == FORGET)).one()
        assert forgotten.payload["keys"] == keys


def test_a_file_that_was_asked_for_while_the_clip_was_narrowed_is_not_published(
    client: Client, database: SessionMaker, settings: Settings, tmp_path: Path
) -> None:
    clip = a_wide_clip(client)
    with transaction(database) as session:
        viewer = Viewer.of(session.get_one(Person, clip.video.owner_id))
        session.execute(delete(Job).where(Job.subject_id == clip.id))
    with somebody_else(database) as begins:
        with transaction(database) as session:
            change_clip(session, viewer, clip.id, {"end_ms": 5_000}, store=open_store(settings))
            # The film's copies were ready at this moment: whoever made them knew the clip as it was.
            with transaction(database) as others:
                ask_for_lighter_file(others, others.get_one(Clip, clip.id))
            attempt = attempt_at(database, f"clip:{clip.id}:1:lighter", tmp_path)
            published = begins(lambda: publish(attempt))
        assert published.result() is False
    with world.session() as session:
        assert session.get_one(Clip, clip.id).file_key is None


def publish(attempt: Attempt) -> bool:
    """Publish a file as a worker does; return whether there was a clip to have it."""
    with attempt.publish() as session:
        clip = clip_of_job(session, attempt.payload)
        if clip is not None:
            take_file(session, clip, KeptFile(f"clips/{clip.id}/wide.mp4", 4, "0" * 64))
        return clip is not None


def a_wide_clip(client: Client) -> Clip:
    """A minute of a film, whose file is still to be made."""
    video = a_video(duration_ms=600_000)
    span = {"start_ms": 0, "end_ms": 60_000}
    made = client.as_(video.owner).post(f"/api/v1/videos/{video.id}/clips", json=span).json()
    with world.session() as session:
        return session.get_one(Clip, made["id"])
