"""Building the demo school: accounts and steps at once, then its films, then what the coaches noticed."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy.orm import Session

from pennydrop.db import tables  # noqa: F401 - every table is known before the first query
from pennydrop.db.session import SessionMaker, make_engine, make_sessions, transaction
from pennydrop.demo.accounts import find_accounts, make_accounts
from pennydrop.demo.cast import FILMS, PEOPLE
from pennydrop.demo.curated import curate
from pennydrop.demo.cycle import add_cycle
from pennydrop.demo.filmed import add_filmed_meeting
from pennydrop.demo.models import add_models
from pennydrop.demo.notes import add_notes
from pennydrop.demo.screening import bring_films, find_film
from pennydrop.library.starter import load_starter
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.models import VideoState

# Nine short films take the workers a few seconds each; a machine that needs longer has other work to do.
PATIENCE_S = 300
_LOOK_EVERY_S = 0.5
_SETTLED = (VideoState.WATCHABLE, VideoState.READY, VideoState.FAILED)


def build(settings: Settings, say: Callable[[str], None] = lambda words: None) -> bool:
    """Build what is missing of the demo school; `say` hears how far it is.

    The films are prepared by the workers, so they must run, or be started meanwhile. Doing it again adds
    nothing and sets the accounts' password anew. Returns False when the workers took too long: what the
    coaches noticed is then missing, and the next call adds it.
    """
    sessions = make_sessions(make_engine(settings.database))
    store = open_store(settings)
    open_accounts(sessions, settings)
    with transaction(sessions) as session:
        curate(session, find_accounts(session)["lead"])
    say("The demo school's people and steps are there; its films follow.")
    for _ in bring_films(sessions, store, settings.scratch / "demo"):
        # The first film carries the teaching assistant's step: it is there while the others are drawn.
        _add_notes(sessions, store)
    settled = _wait_for_films(sessions)
    _add_notes(sessions, store)
    if not settled:
        return False
    say("The demo school is complete.")
    return True


def open_accounts(sessions: SessionMaker, settings: Settings) -> None:
    """Make the accounts and load the starter library: enough to log in and look around."""
    with transaction(sessions) as session:
        people = make_accounts(session, password=settings.demo_password.get_secret_value())
        load_starter(session, people["ta"].school.organisation_id)


def who_can_log_in(settings: Settings) -> list[str]:
    """Return the lines that tell a newcomer how to log in."""
    width = max(len(role.email) for role in PEOPLE)
    lines = [f"  {role.email:<{width}}  {role.name}, {role.what}" for role in PEOPLE]
    return [*lines, f"  Password for all of them: {settings.demo_password.get_secret_value()}"]


def _add_notes(sessions: SessionMaker, store: ObjectStore) -> None:
    with transaction(sessions) as session:
        accounts = find_accounts(session)
        add_notes(session, store, accounts)
        add_cycle(session, store, accounts)
        add_filmed_meeting(session, accounts)
        add_models(session, store, accounts)


def _wait_for_films(sessions: SessionMaker) -> bool:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with transaction(sessions) as session:
            if _are_settled(session):
                return True
        time.sleep(_LOOK_EVERY_S)
    return False


def _are_settled(session: Session) -> bool:
    accounts = find_accounts(session)
    found = [find_film(session, accounts, film) for film in FILMS]
    return all(video is not None and video.state in _SETTLED for video in found)
