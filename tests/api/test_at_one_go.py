"""Endpoints in one thread and one transaction, a few at a time."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from pennydrop.errors import NotFound
from pennydrop.people.models import Person
from pennydrop_api import deps, routing
from pennydrop_api.deps import Parts, SessionDep, ViewerDep
from tests.api.client import Client
from tests.factories import a_person, world
from tests.support.loops import run_apart

SEEN: list[str] = []


def rename(session: SessionDep, viewer: ViewerDep, name: str, fails: bool = False) -> dict[str, str]:
    """Change something, then succeed or not."""
    SEEN.append(threading.current_thread().name)
    session.get_one(Person, viewer.person_id).name = name
    if fails:
        raise NotFound
    return {"was": name}


@pytest.fixture
def renaming(app: FastAPI, client: Client) -> Client:
    router = routing.router()
    router.post("/rename")(rename)
    app.include_router(router)
    return client


def test_what_it_changed_is_there_when_the_answer_comes(renaming: Client) -> None:
    person = a_person(name="Sam")
    answer = renaming.as_(person).post("/rename?name=Alex")
    assert (answer.status_code, answer.json()) == (200, {"was": "Alex"})
    with world.session() as session:
        assert session.scalar(select(Person.name).where(Person.id == person.id)) == "Alex"
    assert SEEN[-1] != threading.main_thread().name


def test_nothing_is_changed_when_it_fails_or_nobody_is_logged_in(renaming: Client) -> None:
    person = a_person(name="Sam")
    assert renaming.as_(person).post("/rename?name=Alex&fails=1").status_code == 404
    assert renaming.post("/rename?name=Alex").status_code == 401
    with world.session() as session:
        assert session.scalar(select(Person.name).where(Person.id == person.id)) == "Sam"


def test_an_endpoint_of_another_kind_stays_as_it_is() -> None:
    async def waits(session: SessionDep) -> None: ...

    def asks_nothing() -> None: ...

    assert routing.at_one_go(waits) is waits
    assert routing.at_one_go(asks_nothing) is asks_nothing


def test_who_waits_too_long_for_a_turn_hears_so(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deps, "_PATIENCE_S", 0.05)
    parts: Parts = app.state.parts

    async def all_busy() -> list[Any]:
        ends = threading.Event()
        busy = [asyncio.create_task(parts.in_turn(ends.wait)) for _ in range(deps.AT_ONCE)]
        await asyncio.sleep(0)
        late = (await asyncio.gather(parts.in_turn(lambda: None), return_exceptions=True))[0]
        ends.set()
        await asyncio.gather(*busy)
        return [late, await parts.in_turn(lambda: "free again")]

    late, then = run_apart(all_busy())
    assert isinstance(late, deps.Busy)
    assert then == "free again"
