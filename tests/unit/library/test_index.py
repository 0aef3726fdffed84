"""The search index is kept by whoever changes the library, several at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.library.models import Step
from pennydrop.library.search import index_steps, matching
from tests.factories import a_library_step, a_person

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
