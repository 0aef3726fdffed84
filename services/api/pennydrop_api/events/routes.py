"""What changes while a screen is open."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import StreamingResponse

from pennydrop_api.deps import SESSION_COOKIE, PartsDep, ViewerApartDep, bearer_of
from pennydrop_api.events.stream import Caller, stream

router = APIRouter(tags=["events"])
# What a database counts up to has 19 digits; whatever else a client sends, it begins with what comes next.
_NUMBER = re.compile(r"[0-9]{1,18}")


class EventStream(StreamingResponse):
    media_type = "text/event-stream"


@router.get("/events", response_class=EventStream)
async def listen(
    request: Request,
    parts: PartsDep,
    viewer: ViewerApartDep,
    last_event_id: Annotated[str | None, Header(max_length=20)] = None,
) -> EventStream:
    """Server-sent events: `video`, `moment`, `clip` and `action_step`, each with ids only, as they change.

    `Last-Event-ID` goes on behind that event. What an id stands for is asked for as usual.
    """
    caller = Caller(
        readers=parts.readers,
        person_id=viewer.person_id,
        cookie=request.cookies.get(SESSION_COOKIE),
        bearer=bearer_of(request),
    )
    last_event = int(last_event_id) if last_event_id and _NUMBER.fullmatch(last_event_id) else None
    return EventStream(
        stream(parts.hub, caller, last_event=last_event),
        # nginx would hold events back until its buffer is full.
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
