"""The record that an owner can read."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from pennydrop.audit import read
from pennydrop.paging import DEFAULT_LIMIT, MAX_LIMIT
from pennydrop_api import routing
from pennydrop_api.audit.schemas import AuditEntries, AuditEntry, WatchEntries, WatchEntry
from pennydrop_api.deps import SessionDep, ViewerDep

router = routing.router(prefix="/audit", tags=["audit"])
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]


@router.get("/entries")
def list_audit_entries(
    session: SessionDep, viewer: ViewerDep, cursor: str | None = None, limit: Limit = DEFAULT_LIMIT
) -> AuditEntries:
    """What was done with my films, clips, steps and account, by whom and when."""
    page = read.entries(session, viewer, cursor=cursor, limit=limit)
    return AuditEntries(items=[AuditEntry.of(entry) for entry in page.items], next_cursor=page.next_cursor)


@router.get("/watches")
def list_watches_of_mine(
    session: SessionDep, viewer: ViewerDep, cursor: str | None = None, limit: Limit = DEFAULT_LIMIT
) -> WatchEntries:
    """Who watched my films and clips, and when."""
    page = read.watches(session, viewer, cursor=cursor, limit=limit)
    return WatchEntries(
        items=[WatchEntry.of(watched) for watched in page.items], next_cursor=page.next_cursor
    )
