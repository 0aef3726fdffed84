"""The search index is kept by whoever changes the library, several at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.library.models import Step
from pennydrop.library.search import index_steps, matching
from pennydrop.library.search.index import renew_words
from pennydrop.library.search.tables import IndexedWord
from pennydrop.videos.models import Caption
from tests.factories import a_library_step, a_person, a_video, an_exemplar, world

pytestmark = pytest.mark.each_database


def test_two_who_bring_the_same_new_word_at_once_both_succeed(database: SessionMaker) -> None:
    person = a_person()
    steps = [a_library_step(organisation_id=person.school.organisation_id).id for _ in range(2)]
    first_is_there, second_began = Event(), Event()

    def bring(session: Session, step_id: str) -> None:
        step = session.get_one(Step, step_id)
        step.insight = "because of zigzags"
        index_steps(session, [step])

    def first() -> None:
        with transaction(database) as session:
            bring(session, steps[0])
            first_is_there.set()
            second_began.wait(5)

    def second() -> None:
        first_is_there.wait(5)
        second_began.set()
        with transaction(database) as session:
            bring(session, steps[1])

    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(first), pool.submit(second)]:
            done.result(20)
    with transaction(database) as session:
        assert set(matching(session, Viewer.of(person), "zigzag")) == set(steps)


def words(session: Session) -> set[str]:
    return set(session.scalars(select(IndexedWord.word)))


def test_what_is_said_in_a_model_finds_its_step_and_is_kept_nowhere_else(database: SessionMaker) -> None:
    film = a_video()
    step = an_exemplar(film).step_id
    said = "WEBVTT\n\n00:01.000 --> 00:02.000\nZebediah, eyes on me\n"
    world.saved(Caption(video_id=film.id, language="en", label="en", webvtt=said))
    with transaction(database) as session:
        index_steps(session, [session.get_one(Step, step)])
        assert matching(session, Viewer.of(film.owner), "zebediah") == [step]
        assert matching(session, Viewer.of(film.owner), "zebedaih") == []
        assert "speaking" in words(session)
        assert "zebediah" not in words(session)


def test_an_upgrade_lists_the_words_of_the_library_anew(database: SessionMaker) -> None:
    home = a_person().school.organisation_id
    a_library_step(organisation_id=home)
    world.saved(IndexedWord(organisation_id=home, word="zebediah", initial="z"))
    with transaction(database) as session:
        before = words(session)
        renew_words(session)
        assert words(session) == before - {"zebediah"}
