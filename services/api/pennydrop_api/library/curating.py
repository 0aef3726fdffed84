"""The library over HTTP: what those who curate it change."""

from __future__ import annotations

from typing import Annotated

from fastapi import Header, Query, Response

from pennydrop.access.may import may_curate, schools_curated
from pennydrop.access.visible import visible_to
from pennydrop.library.contents import contents
from pennydrop.library.customise import catch_up, customise, shown_difference
from pennydrop.library.documents import Document
from pennydrop.library.edit import delete_draft, edit_step, write_step
from pennydrop.library.export import to_csv, to_yaml
from pennydrop.library.load import LibraryUnreadable, load
from pennydrop.library.models import Step
from pennydrop.library.publish import publish, withdraw
from pennydrop.library.table_reader import looks_like_a_table
from pennydrop.library.versions import list_versions
from pennydrop_api import routing
from pennydrop_api.deps import SessionDep, ViewerDep
from pennydrop_api.library.present import difference_out, step_out, version_out
from pennydrop_api.library.schemas import (
    DifferenceOut,
    LoadProblem,
    LoadReportOut,
    StepOut,
    VersionList,
)
from pennydrop_api.library.writing import CopyIn, ExportFormat, PublishIn, StepIn, StepPatch
from pennydrop_api.textbody import TextBody, body_of

router = routing.router(prefix="/library", tags=["library"])
_YAML, _CSV = "application/yaml", "text/csv"


@router.post("/steps", operation_id="write_library_step", status_code=201)
def write(session: SessionDep, viewer: ViewerDep, body: StepIn) -> StepOut:
    """Begin a draft in the trust's library."""
    return step_out(session, viewer, write_step(session, viewer, body.changes()))


@router.patch("/steps/{step_id}", operation_id="edit_library_step")
def edit(session: SessionDep, viewer: ViewerDep, step_id: str, body: StepPatch) -> StepOut:
    """Change what is sent: a draft in place, a published step as a new version of it."""
    step = edit_step(session, viewer, step_id, body.changes(), note=body.note, seen_version=body.seen_version)
    return step_out(session, viewer, step)


@router.delete("/steps/{step_id}", operation_id="delete_library_draft", status_code=204)
def delete(session: SessionDep, viewer: ViewerDep, step_id: str) -> None:
    """Delete a draft that was never published."""
    delete_draft(session, viewer, step_id)


@router.post("/steps/{step_id}/publish", operation_id="publish_library_step")
def publish_(session: SessionDep, viewer: ViewerDep, step_id: str, body: PublishIn | None = None) -> StepOut:
    """Let everybody whose library it is find a draft."""
    step = publish(session, viewer, step_id, note=body.note if body else "")
    return step_out(session, viewer, step)


@router.post("/steps/{step_id}/withdraw", operation_id="withdraw_library_step")
def withdraw_(session: SessionDep, viewer: ViewerDep, step_id: str) -> StepOut:
    """Take a step out of use: it is a draft again."""
    return step_out(session, viewer, withdraw(session, viewer, step_id))


@router.post("/steps/{step_id}/copies", operation_id="customise_library_step", status_code=201)
def copy(session: SessionDep, viewer: ViewerDep, step_id: str, body: CopyIn | None = None) -> StepOut:
    """Begin a school's own copy of a trust's step, as a draft."""
    made = customise(session, viewer, step_id, school=body.school if body else None)
    return step_out(session, viewer, made)


@router.post("/steps/{step_id}/caught-up", operation_id="keep_own_copy")
def caught_up(session: SessionDep, viewer: ViewerDep, step_id: str) -> StepOut:
    """Say that a copy was looked at beside the trust's newest version, and is as its school wants it."""
    return step_out(session, viewer, catch_up(session, viewer, step_id))


@router.get("/steps/{step_id}/versions", operation_id="list_step_versions")
def versions(session: SessionDep, viewer: ViewerDep, step_id: str) -> VersionList:
    """What a step said over time, newest first."""
    found = list_versions(session, viewer, step_id)
    return VersionList(items=[version_out(version) for version in found])


@router.get("/steps/{step_id}/difference", operation_id="step_difference")
def difference(
    session: SessionDep,
    viewer: ViewerDep,
    step_id: str,
    old: Annotated[int | None, Query(ge=1, description="A version of this step")] = None,
    new: Annotated[
        int | None, Query(ge=1, description="A version of this step; its present words unless given")
    ] = None,
) -> DifferenceOut:
    """What is different: between a copy and the trust's step, or between two versions of a step."""
    return difference_out(*shown_difference(session, viewer, step_id, old=old, new=new))


@router.post(
    "/import",
    operation_id="import_library",
    openapi_extra=body_of(_YAML, "YAML or CSV in UTF-8, at most 8 MB", _CSV),
)
def import_(
    body: TextBody,  # read before the transaction begins: a slow sender holds up nobody
    session: SessionDep,
    viewer: ViewerDep,
    dry_run: Annotated[bool, Query(description="Report what would happen, and change nothing")] = False,
    content_type: Annotated[str, Header(include_in_schema=False)] = "",
) -> LoadReportOut:
    """Add and change what is in the library by slug: all of a file or none. Nothing is ever removed."""
    may_curate(session, viewer)
    is_table = content_type.lower().startswith(_CSV) or looks_like_a_table("", body)
    report = load(
        session,
        viewer.organisation_id,
        [Document("library.csv" if is_table else "library.yaml", body)],
        dry_run=dry_run,
        by=viewer.person_id,
        schools=schools_curated(session, viewer),
    )
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
    responses={200: {"content": {kind: {"schema": {"type": "string"}} for kind in (_YAML, _CSV)}}},
)
def export(
    session: SessionDep, viewer: ViewerDep, form: Annotated[ExportFormat, Query(alias="format")] = "yaml"
) -> Response:
    """The library as one file, fit to import again: what the viewer may see of it."""
    found = contents(session, viewer.organisation_id, visible_to(viewer, Step))
    text, media_type = (to_csv(found), _CSV) if form == "csv" else (to_yaml(found), _YAML)
    headers = {"Content-Disposition": f'attachment; filename="library.{form}"'}
    return Response(text, media_type=f"{media_type}; charset=utf-8", headers=headers)
