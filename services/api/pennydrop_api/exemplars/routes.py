"""Exemplars over HTTP: proposed, permitted, published, and indexed by criterion."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response, status

from pennydrop.exemplars.chapters import add_chapter, change_chapter, remove_chapter
from pennydrop.exemplars.consent import PublicationState
from pennydrop.exemplars.decide import decline, permit, publish, remove, unpublish
from pennydrop.exemplars.find import get_exemplar, list_exemplars
from pennydrop.exemplars.propose import propose, rename
from pennydrop.exemplars.track import chapters_vtt
from pennydrop.paging import DEFAULT_LIMIT, MAX_LIMIT
from pennydrop_api import routing
from pennydrop_api.deps import SessionDep, StoreDep, ViewerDep
from pennydrop_api.exemplars.present import exemplar_out, exemplars_out
from pennydrop_api.exemplars.schemas import (
    ChapterChange,
    ChapterIn,
    ExemplarChange,
    ExemplarIn,
    ExemplarOut,
    ExemplarPage,
)

router = routing.router(tags=["exemplars"])


@router.get("/library/exemplars", operation_id="list_exemplars")
def list_(
    session: SessionDep,
    viewer: ViewerDep,
    step: Annotated[str | None, Query(description="A step's id or slug")] = None,
    video: Annotated[str | None, Query(description="A film's id")] = None,
    state: PublicationState | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
) -> ExemplarPage:
    """Models of steps: those that are published, and those on their way that concern the one who asks."""
    page = list_exemplars(session, viewer, step=step, video=video, state=state, cursor=cursor, limit=limit)
    return ExemplarPage(items=exemplars_out(session, viewer, page.items), next_cursor=page.next_cursor)


@router.post("/library/exemplars", operation_id="propose_exemplar", status_code=status.HTTP_201_CREATED)
def add(session: SessionDep, viewer: ViewerDep, body: ExemplarIn) -> ExemplarOut:
    """Propose a film or a clip as a model: who is in it permits it, then a lead publishes it."""
    return exemplar_out(session, viewer, propose(session, viewer, **body.model_dump()))


@router.get("/exemplars/{exemplar_id}", operation_id="get_exemplar")
def get(session: SessionDep, viewer: ViewerDep, exemplar_id: str) -> ExemplarOut:
    return exemplar_out(session, viewer, get_exemplar(session, viewer, exemplar_id))


@router.patch("/exemplars/{exemplar_id}", operation_id="rename_exemplar")
def change(session: SessionDep, viewer: ViewerDep, exemplar_id: str, body: ExemplarChange) -> ExemplarOut:
    exemplar = get_exemplar(session, viewer, exemplar_id)
    rename(session, viewer, exemplar, title=body.title)
    return exemplar_out(session, viewer, exemplar)


@router.delete(
    "/exemplars/{exemplar_id}", operation_id="remove_exemplar", status_code=status.HTTP_204_NO_CONTENT
)
def delete(session: SessionDep, viewer: ViewerDep, exemplar_id: str) -> None:
    """It is no model any more. The film and the clip stay."""
    remove(session, viewer, get_exemplar(session, viewer, exemplar_id))


@router.put("/exemplars/{exemplar_id}/permission", operation_id="permit_exemplar")
def allow(session: SessionDep, viewer: ViewerDep, exemplar_id: str) -> ExemplarOut:
    """Say yes: who is in it, nobody else."""
    exemplar = get_exemplar(session, viewer, exemplar_id)
    permit(session, viewer, exemplar)
    return exemplar_out(session, viewer, exemplar)


@router.delete("/exemplars/{exemplar_id}/permission", operation_id="decline_exemplar")
def disallow(session: SessionDep, viewer: ViewerDep, exemplar_id: str) -> ExemplarOut:
    """Say no, or take the yes back at any time: it stops being visible at once."""
    exemplar = get_exemplar(session, viewer, exemplar_id)
    decline(session, viewer, exemplar)
    return exemplar_out(session, viewer, exemplar)


@router.put("/exemplars/{exemplar_id}/publication", operation_id="publish_exemplar")
def make_public(session: SessionDep, viewer: ViewerDep, exemplar_id: str) -> ExemplarOut:
    """Let the organisation watch it: those who lead coaching in the school of who is in it."""
    exemplar = get_exemplar(session, viewer, exemplar_id)
    publish(session, viewer, exemplar)
    return exemplar_out(session, viewer, exemplar)


@router.delete(
    "/exemplars/{exemplar_id}/publication",
    operation_id="unpublish_exemplar",
    status_code=status.HTTP_204_NO_CONTENT,
)
def take_back(session: SessionDep, viewer: ViewerDep, exemplar_id: str) -> None:
    """Leads, and administrators; the latter don't see it any more afterwards."""
    unpublish(session, viewer, get_exemplar(session, viewer, exemplar_id))


@router.post(
    "/exemplars/{exemplar_id}/chapters",
    operation_id="add_chapter",
    status_code=status.HTTP_201_CREATED,
)
def add_one(
    session: SessionDep, viewer: ViewerDep, store: StoreDep, exemplar_id: str, body: ChapterIn
) -> ExemplarOut:
    """Say where a criterion is done well; the time moves to the nearest frame."""
    exemplar = add_chapter(session, viewer, exemplar_id, store=store, **body.model_dump())
    return exemplar_out(session, viewer, exemplar)


@router.patch("/exemplars/{exemplar_id}/chapters/{chapter_id}", operation_id="change_chapter")
def change_one(
    session: SessionDep,
    viewer: ViewerDep,
    store: StoreDep,
    exemplar_id: str,
    chapter_id: str,
    body: ChapterChange,
) -> ExemplarOut:
    exemplar = change_chapter(session, viewer, exemplar_id, chapter_id, body.changes(), store=store)
    return exemplar_out(session, viewer, exemplar)


@router.delete(
    "/exemplars/{exemplar_id}/chapters/{chapter_id}",
    operation_id="remove_chapter",
    status_code=status.HTTP_204_NO_CONTENT,
)
def remove_one(session: SessionDep, viewer: ViewerDep, exemplar_id: str, chapter_id: str) -> None:
    remove_chapter(session, viewer, exemplar_id, chapter_id)


@router.get(
    "/exemplars/{exemplar_id}/chapters.vtt",
    operation_id="exemplar_chapters_vtt",
    response_class=Response,
    responses={200: {"content": {"text/vtt": {"schema": {"type": "string"}}}}},
)
def track(session: SessionDep, viewer: ViewerDep, exemplar_id: str) -> Response:
    """The chapters as a WebVTT track for a `<track kind="chapters">`."""
    text = chapters_vtt(get_exemplar(session, viewer, exemplar_id))
    return Response(
        text, media_type="text/vtt; charset=utf-8", headers={"Cache-Control": "private, no-cache"}
    )
