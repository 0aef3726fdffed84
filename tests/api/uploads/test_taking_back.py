"""Who sends a film for somebody else takes it back only until that person, or anybody, begins to use it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from pennydrop.access.may_take_back import MADE_OF_IT
from pennydrop.coaching.models import CriterionPlace
from pennydrop.db.tables import Base
from pennydrop.people.models import Pairing, Person
from pennydrop.videos.models import Caption, Video
from tests.api.client import Client
from tests.api.uploads.tus import Sending, begin
from tests.factories import (
    a_clip,
    a_coach,
    a_library_step,
    a_meeting,
    a_moment,
    a_person,
    a_round,
    a_share,
    an_action_step,
    an_exemplar,
    evidence,
    world,
)

DATA = b"not really a film"

OWN = {"renditions", "uploads", "chunks", "watches", "own_watches", "rounds"}
"""What comes with a film or is looked at apart."""


def sent(client: Client, coach: Person, owner: Person) -> tuple[Sending, Video]:
    """A film that the coach has sent for its owner."""
    sending = begin(client.as_(coach), len(DATA), owner=owner.id)
    assert sending.patch(0, DATA).status_code == 204
    with world.session() as session:
        return sending, session.get_one(Video, sending.video)


def _meeting(film: Video, owner: Person) -> None:
    with world.session() as session:
        pairing = session.scalars(select(Pairing).where(Pairing.coachee_id == owner.id)).one()
    a_meeting(pairing, film=film)


def _place(film: Video, owner: Person) -> None:
    criterion = an_action_step(owner).criteria[0]
    world.saved(CriterionPlace(criterion_id=criterion.id, video_id=film.id, start_ms=0, set_by_id=owner.id))


def _best_take(film: Video, owner: Person) -> None:
    with world.session() as session:
        session.merge(a_round(an_action_step(owner), video=film)).is_best = True


USES: dict[str, Callable[[Video, Person], Any]] = {
    "shares it": lambda film, owner: a_share(film, a_person(school=owner.school)),
    "captions it": lambda film, owner: world.saved(
        Caption(video_id=film.id, language="en", label="English", webvtt="WEBVTT\n\n")
    ),
    "marks it": lambda film, owner: a_moment(film),
    "cuts it": lambda film, owner: a_clip(film),
    "shows a step by it": lambda film, owner: evidence(an_action_step(owner), video=film),
    "says where a criterion is": _place,
    "lets it be a model": lambda film, owner: an_exemplar(
        film, step=a_library_step(organisation_id=owner.school.organisation_id), published=False
    ),
    "meets about it": _meeting,
    "comes back to it": _best_take,
    "says how it went": lambda film, owner: a_round(an_action_step(owner), video=film, feedback="!"),
}


@pytest.mark.parametrize("use", USES)
def test_a_film_that_is_used_is_its_owners_alone(client: Client, use: str) -> None:
    owner = a_person("Aisha")
    coach = a_coach(of=owner)
    sending, film = sent(client, coach, owner)
    USES[use](film, owner)
    said = sending.delete()
    assert (said.status_code, said.json()["code"]) == (409, "film_is_the_owners")
    assert "only Aisha can delete it" in said.json()["detail"]
    assert client.as_(owner).get(f"/api/v1/videos/{film.id}").status_code == 200


@pytest.mark.each_database
def test_a_film_that_its_owner_has_watched_is_hers_and_her_coachs_own_look_is_none(client: Client) -> None:
    owner = a_person()
    coach = a_coach(of=owner)
    for watcher, expected in ((coach, 204), (owner, 409), (a_coach(of=owner), 409)):
        sending, film = sent(client, coach, owner)
        assert client.as_(watcher).post(f"/api/v1/videos/{film.id}/watches").status_code == 204
        assert sending.delete().status_code == expected


def test_whoever_films_herself_looks_at_it_and_takes_it_back(client: Client) -> None:
    owner = a_person()
    sending, film = sent(client, owner, owner)
    for watcher in (owner, a_coach(of=owner)):
        assert client.as_(watcher).post(f"/api/v1/videos/{film.id}/watches").status_code == 204
    assert sending.delete().status_code == 204


def test_nothing_that_is_made_of_a_film_is_forgotten() -> None:
    referring = {
        (table.name, key.parent.name)
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "videos" and table.name not in OWN
    }
    assert referring == {(column.class_.__tablename__, column.key) for column in MADE_OF_IT}
