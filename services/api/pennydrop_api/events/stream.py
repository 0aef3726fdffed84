"""One viewer's stream of server-sent events (HTML standard, section 9.2)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from pennydrop.changes import feed
from pennydrop.changes.hearing import News, heard_by
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.db.trouble import is_away
from pennydrop.errors import NotSignedIn
from pennydrop.people.authenticate import viewer_from
from pennydrop.people.secrets import fingerprint
from pennydrop_api.events.hub import Batch, Hub, Listener

# Proxies close connections that are silent for a minute or so.
HEARTBEAT_S = 15.0
_RETRY = b"retry: 2000\n\n"
_HEARTBEAT = b": here\n\n"


@dataclass(frozen=True, slots=True)
class Caller:
    """The cookie or token that opened the stream: asked again before every event, so that it can end."""

    readers: SessionMaker
    person_id: str
    cookie: str | None
    bearer: str | None

    @property
    def secret_hash(self) -> str:
        return fingerprint(self.bearer if self.bearer is not None else self.cookie or "")

    def may_hear(self, batch: Batch) -> list[News]:
        """Raises `NotSignedIn` once the session or token has ended."""
        with transaction(self.readers) as session:
            viewer = viewer_from(session, cookie=self.cookie, bearer=self.bearer)
            return heard_by(session, viewer, batch)

    def missed(self, after: int) -> list[News]:
        """What happened behind the event numbered `after`, as far as it is kept."""
        news: list[News] = []
        with transaction(self.readers) as session:
            viewer = viewer_from(session, cookie=self.cookie, bearer=self.bearer)
            while batch := feed.since(session, after):
                news += heard_by(session, viewer, batch)
                after = batch[-1].id
        return news


async def stream(hub: Hub, caller: Caller, *, last_event: int | None) -> AsyncIterator[bytes]:
    """Yield events until the session ends, the server stops or the listener no longer keeps up."""
    with hub.listening(caller.person_id, caller.secret_hash) as listener:
        yield _RETRY
        sent: set[int] = set()
        try:
            if last_event is not None:
                for news in await run_in_threadpool(caller.missed, last_event):
                    sent.add(news.number)
                    yield _event(news)
            async for batch in _batches(listener):
                if not batch:
                    yield _HEARTBEAT
                    continue
                for news in await run_in_threadpool(caller.may_hear, batch):
                    if news.number not in sent:
                        yield _event(news)
        except NotSignedIn:
            return
        except SQLAlchemyError as error:
            if not is_away(error):
                raise
            # Nobody knows whether she may still hear. She comes back with the number of her last event.
            return


async def _batches(listener: Listener) -> AsyncIterator[Batch]:
    """Yield what comes, and an empty batch whenever nothing has come for a while."""
    while True:
        try:
            batch = await asyncio.wait_for(listener.batches.get(), HEARTBEAT_S)
        except TimeoutError:
            batch = []
        if batch is None:
            return
        yield batch


def _event(news: News) -> bytes:
    data = json.dumps({"topic": news.topic, "id": news.subject_id, "video": news.video_id})
    return f"id: {news.number}\nevent: {news.topic}\ndata: {data}\n\n".encode()
