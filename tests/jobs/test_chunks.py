"""What follows when chunks of a film are done, fail, or are wanted by somebody who watches."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import delete, select

from pennydrop.chunks.begin import BEHIND, FIRST, REST, WANTED, ask_for_the_rest, chunks_of_video
from pennydrop.chunks.done import (
    begin_again,
    chunk_failed,
    do_it_whole,
    drop_retired,
    give_up_chunks,
    retire_chunks,
    show_progress,
    take_pieces,
)
from pennydrop.chunks.live import want
from pennydrop.chunks.models import Chunk, Holds
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.jobs.claim import claim
from pennydrop.jobs.models import Job, JobState, Queue
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store
from pennydrop.storage.sweep import sweep
from pennydrop.videos.again import try_again
from pennydrop.videos.delete import remove_video
from pennydrop.videos.models import Video, VideoState
from pennydrop.videos.progress import CHUNK, PROXIES, SOUND
from tests.factories.chunks import a_film_in_chunks

pytestmark = pytest.mark.each_database


def jobs(database: SessionMaker, video: Video, *kinds: str) -> list[Job]:
    with transaction(database) as session:
        query = select(Job).where(Job.subject_id == video.id, Job.kind.in_(kinds)).order_by(Job.id)
        return list(session.scalars(query))


def states(database: SessionMaker, video: Video, *kinds: str) -> list[JobState]:
    return [job.state for job in jobs(database, video, *kinds)]


def piece_of(chunk: Chunk) -> str:
    return f"pieces/{chunk.video_id}/{chunk.id}/360p.mp4"


def finish(database: SessionMaker, chunk: Chunk) -> None:
    with transaction(database) as session:
        job = session.scalars(select(Job).where(Job.payload["chunk_id"].as_string() == chunk.id)).one()
        take_pieces(session, chunk.id, [{"name": "360p", "key": piece_of(chunk), "frames": 600}])
        job.state = JobState.DONE


def chunks(database: SessionMaker, video: Video) -> list[Chunk]:
    with transaction(database) as session:
        return list(chunks_of_video(session, video.id))


def test_pictures_and_sound_are_asked_for_each_by_itself(database: SessionMaker) -> None:
    video = a_film_in_chunks()
    pictures, sound = jobs(database, video, CHUNK), jobs(database, video, SOUND)
    assert [job.queue for job in (*pictures, *sound)] == [Queue.TRANSCODE] * 3 + [Queue.SOUND]
    assert [job.priority for job in pictures] == [FIRST, REST, REST]
    assert {job.priority for job in jobs(database, a_film_in_chunks(plays=True), CHUNK)} == {BEHIND}


def test_the_copies_are_put_together_once_the_last_is_done(database: SessionMaker) -> None:
    video = a_film_in_chunks()
    for number, chunk in enumerate(chunks(database, video)):
        assert states(database, video, PROXIES) == [JobState.DONE], number
        finish(database, chunk)
    assert states(database, video, PROXIES) == [JobState.QUEUED]


def test_two_that_end_at_the_same_moment_do_not_overlook_each_other(database: SessionMaker) -> None:
    video = a_film_in_chunks(sound=False)
    first, *others = chunks(database, video)
    finish(database, first)
    together = Barrier(2)

    def end(chunk: Chunk) -> None:
        together.wait()
        finish(database, chunk)

    threads = [Thread(target=end, args=(chunk,)) for chunk in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states(database, video, PROXIES) == [JobState.QUEUED]


def test_a_place_that_somebody_waits_for_is_made_next(database: SessionMaker) -> None:
    video = a_film_in_chunks()
    last = [chunk for chunk in chunks(database, video) if chunk.holds is Holds.PICTURES][-1]
    with transaction(database) as session:
        want(session, last.id)
    with transaction(database) as session:
        claimed = claim(session, Queue.TRANSCODE, kinds=[CHUNK], owner="a", lease_ms=30_000)
        assert claimed is not None
        assert claimed.payload["chunk_id"] == last.id
        assert session.get_one(Job, claimed.job_id).priority == WANTED
        assert session.get_one(Chunk, last.id).wanted_at is not None


def test_one_that_fails_for_good_fails_the_film_and_stops_the_others(database: SessionMaker) -> None:
    video = a_film_in_chunks()
    first, second, *_ = chunks(database, video)
    finish(database, first)
    with transaction(database) as session:
        job = session.scalars(select(Job).where(Job.payload["chunk_id"].as_string() == second.id)).one()
        job.state, job.error_code, job.error_detail = JobState.FAILED, "failed", "It didn't work."
        session.flush()
        chunk_failed(session, job)
    done, failed, stopped = JobState.DONE, JobState.FAILED, JobState.CANCELLED
    assert states(database, video, CHUNK, SOUND) == [done, failed, stopped, stopped]
    with transaction(database) as session:
        found = session.get_one(Video, video.id)
        assert (found.state, found.failure_detail) == (VideoState.FAILED, "It didn't work.")

    with transaction(database) as session:
        try_again(session, session.get_one(Job, job.id))
    assert states(database, video, PROXIES) == [JobState.QUEUED]
    with transaction(database) as session:
        found = session.get_one(Video, video.id)
        assert found.state is VideoState.PROCESSING
        ask_for_the_rest(session, found)
    queued = JobState.QUEUED
    assert states(database, video, CHUNK, SOUND) == [done, queued, queued, queued]


def test_chunks_that_cannot_be_are_made_in_one_run(database: SessionMaker) -> None:
    video = a_film_in_chunks()
    first, *_ = chunks(database, video)
    with transaction(database) as session:
        do_it_whole(session, session.get_one(Video, video.id), "job-1", but=first.id)
    assert chunks(database, video) == []
    (again,) = jobs(database, video, PROXIES)
    assert (again.state, again.payload["whole"]) == (JobState.QUEUED, True)
    assert states(database, video, CHUNK, SOUND) == [JobState.QUEUED] + [JobState.CANCELLED] * 3


def test_chunks_that_do_not_go_together_are_not_cut_anew_by_the_next_attempt(database: SessionMaker) -> None:
    video = a_film_in_chunks()
    (asked,) = jobs(database, video, PROXIES)
    with transaction(database) as session:
        session.get_one(Job, asked.id).state = JobState.RUNNING
        give_up_chunks(session, session.get_one(Video, video.id), asked.id, "job-1")
    assert chunks(database, video) == []
    (running,) = jobs(database, video, PROXIES)
    assert (running.state, running.payload) == (JobState.RUNNING, {"video_id": video.id, "whole": True})


def test_a_growing_film_outlasts_its_copies_for_those_who_watch_it(
    database: SessionMaker, settings: Settings
) -> None:
    video, store = a_film_in_chunks(), open_store(settings)
    for chunk in chunks(database, video):
        finish(database, chunk)
        store.put_bytes(piece_of(chunk), b"x")
    live = f"live/{video.id}/now-2/00000.m4s"
    store.put_bytes(live, b"x")
    with transaction(database) as session:
        chunks_of_video(session, video.id)[0].live_prefix = f"live/{video.id}/now-2/"
        retire_chunks(session, session.get_one(Video, video.id), "job-1")
    with transaction(database) as session:
        (forget,) = session.scalars(select(Job).where(Job.kind == "storage.forget")).all()
        assert forget.payload["prefixes"] == [f"pieces/{video.id}/"]
        assert drop_retired(session, "early-1") == 0
    sweep(store, database, grace=timedelta(seconds=-1))
    assert [found.key for found in store.list()] == [live]
    with transaction(database) as session:
        assert drop_retired(session, "late-1", stays=timedelta(seconds=-1)) == 1
        assert session.get_one(Video, video.id).live_key is None
    assert chunks(database, video) == []


def test_a_film_that_played_all_along_keeps_nothing(database: SessionMaker) -> None:
    video = a_film_in_chunks(plays=True)
    with transaction(database) as session:
        retire_chunks(session, session.get_one(Video, video.id), "job-1")
    assert chunks(database, video) == []


def test_a_film_shows_how_much_of_it_is_done_and_never_less(database: SessionMaker) -> None:
    video = a_film_in_chunks()
    first, second, *_ = chunks(database, video)
    finish(database, first)

    def shown(chunk: Chunk, part: float) -> int:
        with transaction(database) as session:
            show_progress(session, chunk, part)
        with transaction(database) as session:
            return session.get_one(Video, video.id).progress

    assert [shown(second, part) for part in (0.0, 0.5, 0.1)] == [33, 50, 50]


def test_a_restored_film_is_cut_anew(database: SessionMaker) -> None:
    video = a_film_in_chunks()
    with transaction(database) as session:
        begin_again(session)
    assert set(states(database, video, CHUNK, SOUND)) == {JobState.CANCELLED}
    assert states(database, video, PROXIES) == [JobState.QUEUED]


def test_a_restored_film_that_had_failed_can_be_tried_again(database: SessionMaker) -> None:
    video = a_film_in_chunks()
    first, *_ = chunks(database, video)
    with transaction(database) as session:
        job = session.scalars(select(Job).where(Job.payload["chunk_id"].as_string() == first.id)).one()
        job.state, job.error_code, job.error_detail = JobState.FAILED, "failed", "It didn't work."
        session.flush()
        chunk_failed(session, job)
        session.execute(delete(Chunk))  # a backup has none
    with transaction(database) as session:
        failed = session.get_one(Job, job.id)
        try_again(session, failed)
        assert failed.state is JobState.FAILED
    assert states(database, video, PROXIES) == [JobState.QUEUED]
    # A job for a chunk of an earlier cut, that somebody still had in hand, changes nothing.
    with transaction(database) as session:
        chunk_failed(session, session.get_one(Job, job.id))
        assert session.get_one(Video, video.id).state is VideoState.PROCESSING


def test_the_sweep_leaves_what_chunks_need_and_takes_what_lost_attempts_left(
    database: SessionMaker, settings: Settings
) -> None:
    video, store = a_film_in_chunks(), open_store(settings)
    first, second, *_ = chunks(database, video)
    finish(database, first)
    with transaction(database) as session:
        session.get_one(Chunk, second.id).live_prefix = f"live/{video.id}/now-2/"
    kept = (piece_of(first), f"live/{video.id}/now-2/00000.m4s", f"live/{video.id}/plan-1/sound.m3u8")
    lost = (f"pieces/{video.id}/lost-1/360p.mp4", f"live/{video.id}/lost-1/00000.m4s")
    for key in (*kept, *lost):
        store.put_bytes(key, b"x")
    assert sweep(store, database, grace=timedelta(seconds=-1)) == len(lost)
    assert {found.key for found in store.list()} == set(kept)


def test_a_deleted_film_takes_its_chunks_with_it(database: SessionMaker) -> None:
    video = a_film_in_chunks()
    with transaction(database) as session:
        remove_video(session, None, session.get_one(Video, video.id))
    assert chunks(database, video) == []
    assert set(states(database, video, CHUNK, SOUND)) == {JobState.CANCELLED}
    with transaction(database) as session:
        (forget,) = session.scalars(select(Job).where(Job.kind == "storage.forget")).all()
        assert f"pieces/{video.id}/" in forget.payload["prefixes"]
