"""What routes ask for: a session with one transaction, the viewer, the store."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Annotated, TypeVar, cast

from anyio import CancelScope
from fastapi import BackgroundTasks, Depends, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from pennydrop.access.viewer import Viewer
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.people.authenticate import viewer_from
from pennydrop.settings import Settings
from pennydrop.storage.port import ObjectStore
from pennydrop_api.events.hub import Hub
from pennydrop_api.health.metrics import Traffic
from pennydrop_api.token_uses import TokenUses, write_use
from pennydrop_api.turns import Turns

T = TypeVar("T")

SESSION_COOKIE = "pennydrop_session"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
# Requests of one process that are at work at once, at most. They are fewer than the connections, so that
# nobody in a thread waits for a connection which somebody holds who waits for a thread.
AT_ONCE = 3
# How long one of them works alone while others wait.
_ALONE_S = 0.06
# How long a request waits for its turn.
_PATIENCE_S = 8.0


def _turns() -> Turns:
    return Turns(most=AT_ONCE, alone_s=_ALONE_S, patience_s=_PATIENCE_S)


@dataclass(frozen=True)
class Parts:
    """What the composition root made, once, for every request."""

    settings: Settings
    writers: SessionMaker
    readers: SessionMaker
    store: ObjectStore
    hub: Hub
    traffic: Traffic
    token_uses: TokenUses = field(default_factory=TokenUses)
    draining: threading.Event = field(default_factory=threading.Event)
    """Set when this process was told to stop: whoever can should turn elsewhere."""
    turns: Turns = field(default_factory=_turns)

    async def in_turn(self, work: Callable[[], T]) -> T:
        """Do something in a thread when it is its turn; waiting for that costs nothing.

        Raises `Busy` where that takes too long: the database is silent, or more is asked than can be done.
        """
        async with self.turns.one():
            return await run_in_threadpool(work)

    def transaction(self, request: Request) -> AbstractContextManager[Session]:
        """One transaction for a request; those that only read never wait for a writer."""
        return transaction(self.readers if request.method in _READING else self.writers)


async def get_parts(request: Request) -> Parts:
    return cast(Parts, request.app.state.parts)


PartsDep = Annotated[Parts, Depends(get_parts)]


async def get_session(request: Request, parts: PartsDep) -> AsyncIterator[Session]:
    """One request, one transaction; requests that only read never wait for a writer.

    Each waits for its turn here, where waiting costs nothing, and not in a thread.
    """
    sessions = parts.readers if request.method in _READING else parts.writers
    async with parts.turns.one():
        session = sessions()
        went_well = False
        try:
            yield session
            went_well = True
        finally:
            # Also when the request is given up: a connection always comes back.
            with CancelScope(shield=True):
                await run_in_threadpool(_end, session, went_well)


def _end(session: Session, well: bool) -> None:
    with session:
        if well:
            session.commit()


# `scope="function"`: the transaction ends before the answer leaves, so a failing commit is never a 200.
SessionDep = Annotated[Session, Depends(get_session, scope="function")]


async def get_settings(parts: PartsDep) -> Settings:
    return parts.settings


async def get_store(parts: PartsDep) -> ObjectStore:
    return parts.store


SettingsDep = Annotated[Settings, Depends(get_settings)]
StoreDep = Annotated[ObjectStore, Depends(get_store)]


def bearer_of(request: Request) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def get_viewer(
    request: Request, session: SessionDep, parts: PartsDep, after_answer: BackgroundTasks
) -> Viewer:
    """Who is signed in, by cookie or by bearer token. Raises `NotSignedIn`."""
    bearer = bearer_of(request)
    viewer = viewer_from(session, cookie=request.cookies.get(SESSION_COOKIE), bearer=bearer)
    if bearer is not None and parts.token_uses.is_due(bearer):
        after_answer.add_task(write_use, parts.writers, bearer)
    return viewer


ViewerDep = Annotated[Viewer, Depends(get_viewer)]


def get_viewer_apart(request: Request, parts: PartsDep, after_answer: BackgroundTasks) -> Viewer:
    """Who is signed in, asked in a short transaction that is over when the endpoint begins."""
    with transaction(parts.readers) as session:
        return get_viewer(request, session, parts, after_answer)


# For endpoints that stream, or that take their own transactions.
ViewerApartDep = Annotated[Viewer, Depends(get_viewer_apart)]
