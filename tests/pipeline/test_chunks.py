"""A long film in chunks, through the whole running service: each a job of its own, joined without a trace."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from sqlalchemy import select

from pennydrop.db.session import make_engine, make_readers, transaction
from pennydrop.jobs.models import Job, JobState
from tests.chaos.damage import spoil
from tests.factories import films
from tests.support.growing import open_growing
from tests.support.house import House, running_house, until

SECONDS = 12.0
FRAMES = list(range(round(SECONDS * films.FPS)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


@pytest.fixture(scope="module")
def chopping(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house whose chunks are short, so that small films are long ones."""
    with running_house(tmp_path_factory.mktemp("chopping"), PENNYDROP_CHUNK_SECONDS="1") as house:
        yield house


def jobs(house: House, video: str, kind: str) -> list[Job]:
    """A film's jobs of one kind, in the order of its chunks."""
    with transaction(make_readers(make_engine(house.settings.database))) as session:
        return list(
            session.scalars(select(Job).where(Job.subject_id == video, Job.kind == kind).order_by(Job.id))
        )


def hevc(path: Path, comment: str) -> Path:
    """A film that browsers can't play, of which a second takes a while."""
    larger = "scale=640:360:flags=neighbor"
    quick = ["-metadata", f"comment={comment}", *films.x265()]
    return films.encode(path, *quick, *films.AAC, seconds=SECONDS, filters=larger)


def test_a_film_that_plays_is_copied_in_chunks_without_a_lost_frame(chopping: House, folder: Path) -> None:
    film = films.a_phone_film(folder / "phone.mp4", seconds=SECONDS)
    with chopping.as_("ta") as ta:
        video = chopping.send(ta, film)
        seen = chopping.wait_for(ta, video, "ready")
        assert (seen["state"], seen["progress"]) == ("ready", 100)
        copy = folder / "copy.mp4"
        copy.write_bytes(ta.get(seen["playback"]["mp4"]).content)
    assert [counter for _, counter in films.read_counters(copy)] == FRAMES
    assert abs(films.av_offset_ms(copy)) <= 40
    assert len(jobs(chopping, video, "video.chunk")) == SECONDS
    assert len(jobs(chopping, video, "video.sound")) == 1
    until(lambda: not list((chopping.data / "objects").glob("pieces/*/*/*")))


def test_it_is_watched_while_it_is_made_at_whatever_place(chopping: House, folder: Path) -> None:
    film = hevc(folder / "hevc.mp4", "watched")
    with chopping.as_("ta") as ta:
        video = chopping.send(ta, film)
        seen = chopping.wait_for(ta, video, "watchable", pause_s=0.02)
        assert seen["playback"]["mp4"] is None
        copies = open_growing(ta, seen["playback"]["hls"])
        # Somebody goes to the end at once: that is made next.
        assert copies["pictures"].fetch(copies["pictures"].names[-1])
        assert len(_done(chopping, video)) < SECONDS - 1
        watched = copies["pictures"].write(folder / "watched.mp4")
        assert chopping.wait_for(ta, video, "ready")["playback"]["hls"] is None
        # Who is in the middle of it goes on by the playlist she has, also when the copies are there.
        heard = copies["sound"].write(folder / "heard.mp4")
    assert [counter for _, counter in films.read_counters(watched)] == FRAMES
    assert len(films.beep_times(heard)) == SECONDS
    in_order = sorted(jobs(chopping, video, "video.chunk"), key=lambda job: job.finished_at_ms or 0)
    last = max(job.id for job in in_order)
    assert [job.id for job in in_order].index(last) < len(in_order) - 1


def _done(house: House, video: str) -> list[Job]:
    return [job for job in jobs(house, video, "video.chunk") if job.state is JobState.DONE]


def test_a_transcoder_that_is_killed_costs_one_chunk(chopping: House, folder: Path) -> None:
    film = hevc(folder / "killed.mp4", "killed")
    with chopping.as_("ta") as ta:
        video = chopping.send(ta, film)
        until(lambda: len(_done(chopping, video)) >= 3)
        running = _transcoder(chopping)
        running.kill()
        killed_at = time.time() * 1000
        seen = chopping.wait_for(ta, video, "ready")
        copy = folder / "killed-copy.mp4"
        copy.write_bytes(ta.get(seen["playback"]["mp4"]).content)
    assert [counter for _, counter in films.read_counters(copy)] == FRAMES
    tries = [job.attempt for job in jobs(chopping, video, "video.chunk")]
    assert sum(tries) - len(tries) <= 1, tries
    kept = [job for job in jobs(chopping, video, "video.chunk") if (job.finished_at_ms or 0) < killed_at]
    assert len(kept) >= 3


def test_a_piece_that_the_store_lost_is_made_once_more(chopping: House, folder: Path) -> None:
    film = films.a_phone_film(folder / "lost.mp4", seconds=5.0)
    with chopping.as_("ta") as ta:
        video = chopping.send(ta, film)
        lost = until(lambda: next((chopping.data / "objects").glob(f"pieces/{video}/*/*"), None))
        lost.unlink()
        seen = chopping.wait_for(ta, video, "ready")
        assert seen["state"] == "ready"
        copy = folder / "whole.mp4"
        copy.write_bytes(ta.get(seen["playback"]["mp4"]).content)
    assert [counter for _, counter in films.read_counters(copy)] == list(range(5 * films.FPS))
    assert not lost.exists()


def _transcoder(house: House) -> psutil.Process:
    for process in psutil.Process(house.process.pid).children():
        if "pennydrop_transcoder" in process.cmdline():
            return process
    raise AssertionError("no transcoder runs")


def test_a_film_whose_chunks_do_not_go_together_is_not_cut_again_and_again(
    chopping: House, folder: Path
) -> None:
    damaged = folder / "damaged.mp4"
    # Its chunks can be made and not joined; one run can't make it either.
    spoil(films.a_joined_film(folder / "joined.mp4"), damaged, random.Random("904:760"))
    with chopping.as_("ta") as ta:
        video = chopping.send(ta, damaged)

    def given_up() -> bool:
        (copies,) = jobs(chopping, video, "video.proxies") or [None]
        return copies is not None and copies.payload.get("whole", False)

    assert until(given_up)
    cut = len(jobs(chopping, video, "video.chunk"))
    until(lambda: jobs(chopping, video, "video.proxies")[0].attempt == 2)
    assert len(jobs(chopping, video, "video.chunk")) == cut
