"""The library over HTTP: what everybody reads."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from pennydrop.library.builder import build
from pennydrop.library.filters import Filters
from pennydrop.library.find import (
    count_drafts,
    get_library_step,
    list_areas,
    list_goals,
    list_library_steps,
    list_problems,
    list_sequences,
    list_tags,
    list_terms,
)
from pennydrop.library.models import StepState
from pennydrop.library.similar import similar_steps
from pennydrop.paging import DEFAULT_LIMIT, MAX_LIMIT
from pennydrop_api import routing
from pennydrop_api.deps import SessionDep, ViewerDep
from pennydrop_api.library.built import built_out
from pennydrop_api.library.present import (
    areas_out,
    problem_out,
    sequence_out,
    step_out,
    summary_out,
    terms_out,
)
from pennydrop_api.library.schemas import (
    AreaList,
    BuiltOut,
    ProblemList,
    SequenceList,
    StepOut,
    StepPage,
    TagsOut,
    TermList,
)

router = routing.router(prefix="/library", tags=["library"])
_Name = Annotated[str | None, Query(max_length=120)]


def get_filters(
    area: Annotated[str | None, Query(description="An area's id or slug")] = None,
    goal: Annotated[str | None, Query(description="A goal's id or slug")] = None,
    problem: Annotated[str | None, Query(description="A learning problem's id or slug")] = None,
    term: Annotated[str | None, Query(description="A term's id or slug")] = None,
    sequence: Annotated[str | None, Query(description="A sequence's id or slug")] = None,
    phase: Annotated[str | None, Query(description="This phase, and steps for every phase")] = None,
    subject: Annotated[str | None, Query(description="This subject; `generic` for steps of none")] = None,
    state: Annotated[StepState | None, Query(description="With `curating`: drafts, or what is out")] = None,
) -> Filters:
    return Filters(area, goal, problem, term, sequence, phase, subject, state)


@router.get("/steps", operation_id="list_library_steps")
def steps(
    session: SessionDep,
    viewer: ViewerDep,
    filters: Annotated[Filters, Depends(get_filters)],
    q: Annotated[str | None, Query(max_length=200, description="Plain words")] = None,
    curating: Annotated[
        bool, Query(description="All that the viewer may change: drafts and schools' own copies too")
    ] = False,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
) -> StepPage:
    """The steps that the viewer's school uses: by how well they fit `q`, else in the order of areas."""
    page = list_library_steps(
        session, viewer, q=q, filters=filters, curating=curating, cursor=cursor, limit=limit
    )
    return StepPage(items=[summary_out(step) for step in page.items], next_cursor=page.next_cursor)


@router.get("/steps/{step_id}", operation_id="get_library_step")
def step(session: SessionDep, viewer: ViewerDep, step_id: str) -> StepOut:
    """One step, by its id or slug."""
    return step_out(session, viewer, get_library_step(session, viewer, step_id))


@router.get("/steps/{step_id}/similar", operation_id="list_similar_steps")
def similar(
    session: SessionDep,
    viewer: ViewerDep,
    step_id: str,
    limit: Annotated[int, Query(ge=1, le=20)] = 6,
) -> StepPage:
    """Steps like this one, the most alike first."""
    found = similar_steps(session, viewer, step_id, limit=limit)
    return StepPage(items=[summary_out(step) for step in found], next_cursor=None)


@router.get("/areas", operation_id="list_areas")
def areas(session: SessionDep, viewer: ViewerDep) -> AreaList:
    return AreaList(items=areas_out(list_areas(session, viewer), list_goals(session, viewer)))


@router.get("/problems", operation_id="list_learning_problems")
def problems(session: SessionDep, viewer: ViewerDep) -> ProblemList:
    """What in learning goes wrong."""
    return ProblemList(items=[problem_out(problem) for problem in list_problems(session, viewer)])


@router.get("/tags", operation_id="list_library_tags")
def tags(session: SessionDep, viewer: ViewerDep) -> TagsOut:
    """Phases and subjects that the steps have."""
    found = list_tags(session, viewer)
    return TagsOut(
        phases=found.phases,
        subjects=found.subjects,
        generic=found.generic,
        drafts=count_drafts(session, viewer),
    )


@router.get("/terms", operation_id="list_terms")
def terms(session: SessionDep, viewer: ViewerDep) -> TermList:
    return TermList(items=terms_out(session, viewer, list_terms(session, viewer)))


@router.get("/sequences", operation_id="list_sequences")
def sequences(session: SessionDep, viewer: ViewerDep) -> SequenceList:
    return SequenceList(items=[sequence_out(one, steps) for one, steps in list_sequences(session, viewer)])


@router.get("/builder", operation_id="build_action_step")
def builder(
    session: SessionDep,
    viewer: ViewerDep,
    problem: _Name = None,
    goal: _Name = None,
    step: _Name = None,
    when: Annotated[str, Query(max_length=120, description="As in “in guided reading”")] = "",
    who: Annotated[str, Query(max_length=120, description="As in “my Year 2 group”")] = "",
) -> BuiltOut:
    """An action step for a coach who is stuck: problem → goal → step → the words for her coachee's situation.

    Each choice brings what there is to choose from next; the last one is what `POST /action-steps` takes.
    """
    return built_out(build(session, viewer, problem=problem, goal=goal, step=step, when=when, who=who))
