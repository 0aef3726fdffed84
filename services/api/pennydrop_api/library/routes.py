"""The library over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from pennydrop.access.may import may_curate
from pennydrop.library.documents import Document
from pennydrop.library.export import to_yaml
from pennydrop.library.find import (
    get_library_step,
    list_areas,
    list_goals,
    list_library_steps,
    list_sequences,
    list_terms,
)
from pennydrop.library.load import LibraryUnreadable, load
from pennydrop.paging import DEFAULT_LIMIT, MAX_LIMIT
from pennydrop_api.deps import SessionDep, ViewerDep
from pennydrop_api.library.present import areas_out, sequence_out, step_out, summary_out, term_out
from pennydrop_api.library.schemas import (
    AreaList,
    LoadProblem,
    LoadReportOut,
    SequenceList,
    StepOut,
    StepPage,
    TermList,
)
from pennydrop_api.textbody import TextBody, body_of

router = APIRouter(prefix="/library", tags=["library"])
_YAML = "application/yaml"


@router.get("/steps", operation_id="list_library_steps")
def steps(
    session: SessionDep,
    viewer: ViewerDep,
    q: Annotated[str | None, Query(max_length=200, description="Plain words")] = None,
    area: Annotated[str | None, Query(description="An area's id or slug")] = None,
    goal: Annotated[str | None, Query(description="A goal's id or slug")] = None,
    term: Annotated[str | None, Query(description="A term's id or slug")] = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
) -> StepPage:
    page = list_library_steps(
        session, viewer, q=q, area=area, goal=goal, term=term, cursor=cursor, limit=limit
    )
    return StepPage(items=[summary_out(step) for step in page.items], next_cursor=page.next_cursor)


@router.get("/steps/{step_id}", operation_id="get_library_step")
def step(session: SessionDep, viewer: ViewerDep, step_id: str) -> StepOut:
    """One step, by its id or slug."""
    return step_out(get_library_step(session, viewer, step_id))


@router.get("/areas", operation_id="list_areas")
def areas(session: SessionDep, viewer: ViewerDep) -> AreaList:
    return AreaList(items=areas_out(list_areas(session, viewer), list_goals(session, viewer)))


@router.get("/terms", operation_id="list_terms")
def terms(session: SessionDep, viewer: ViewerDep) -> TermList:
    return TermList(items=[term_out(term, steps) for term, steps in list_terms(session, viewer)])


@router.get("/sequences", operation_id="list_sequences")
def sequences(session: SessionDep, viewer: ViewerDep) -> SequenceList:
    return SequenceList(items=[sequence_out(one, steps) for one, steps in list_sequences(session, viewer)])


@router.post(
    "/import", operation_id="import_library", openapi_extra=body_of(_YAML, "YAML in UTF-8, at most 2 MB")
)
def import_(
    body: TextBody,  # read before the transaction begins: a slow sender holds up nobody
    session: SessionDep,
    viewer: ViewerDep,
    dry_run: Annotated[bool, Query(description="Report what would happen, and change nothing")] = False,
) -> LoadReportOut:
    """Add and change what is in the library by slug: all of a file or none. Nothing is ever removed."""
    may_curate(session, viewer)
    report = load(session, viewer.organisation_id, [Document("library.yaml", body)], dry_run=dry_run)
    if report.problems and not dry_run:
        raise LibraryUnreadable(report.problems)
    return LoadReportOut(
        dry_run=dry_run,
        added=report.added,
        changed=report.changed,
        unchanged=report.unchanged,
        problems=[LoadProblem(file=one.file, line=one.line, detail=one.detail) for one in report.problems],
    )


@router.get(
    "/export",
    operation_id="export_library",
    response_class=Response,
    responses={200: {"content": {_YAML: {"schema": {"type": "string"}}}}},
)
def export(session: SessionDep, viewer: ViewerDep) -> Response:
    """The whole library as one YAML file, fit to import again."""
    headers = {"Content-Disposition": 'attachment; filename="library.yaml"'}
    return Response(
        to_yaml(session, viewer.organisation_id), media_type=f"{_YAML}; charset=utf-8", headers=headers
    )
