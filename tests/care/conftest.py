"""A store full of films, on a database of the test's own."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import select

from pennydrop.care.backup.vault import Vault
from pennydrop.care.scrub import Places
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.people.models import Pairing, Person
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store
from pennydrop.videos.models import Video
from tests.factories import (
    a_coach,
    a_meeting,
    a_moment,
    a_person,
    a_reply,
    a_round,
    an_action_step,
    evidence,
)
from tests.factories.stored import a_stored_film
from tests.support.databases import Databases


@pytest.fixture
def places(settings: Settings, database: SessionMaker) -> Places:
    return Places(database, open_store(settings))


@pytest.fixture
def noise() -> random.Random:
    return random.Random(20)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "disk" / "backups")


@pytest.fixture
def elsewhere(tmp_path: Path, databases: Databases) -> Settings:
    """An empty place to restore to."""
    data = tmp_path / "elsewhere"
    data.mkdir()
    return Settings(data=data, database_url=databases.empty(data), keep_free_bytes=0)


@pytest.fixture
def school(places: Places, noise: random.Random) -> Person:
    """A coachee with films and a coaching cycle in which rows refer to each other in circles."""
    coachee = a_person("Rosalind")
    coach = a_coach(of=coachee)
    film = a_stored_film(places.store, owner=coachee, noise=noise)
    step = an_action_step(coachee, set_by=coach)
    evidence(step, clip=film.clip)
    moment = a_moment(film.video, author=coach)
    a_reply(moment, author=coachee)
    a_round(step)
    with transaction(places.sessions) as session:
        pairing = session.scalars(select(Pairing)).one()
    first = a_meeting(pairing)
    with transaction(places.sessions) as session:
        session.get_one(Video, film.video.id).action_step_id = step.id
        session.merge(step).clip_id = film.clip.id
        session.merge(first).about_meeting_id = first.id
    return coachee
