"""The library over HTTP: goals, the shared language and sequences, for those who curate it."""

from __future__ import annotations

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.library.find import list_goals, list_sequences, list_terms
from pennydrop.library.goals import delete_goal, edit_goal, write_goal
from pennydrop.library.models import Goal, PlaceKind, Sequence, Term
from pennydrop.library.sequences import WantedPlace, delete_sequence, edit_sequence, write_sequence
from pennydrop.library.vocabulary import delete_term, edit_term, write_term
from pennydrop_api import routing
from pennydrop_api.deps import SessionDep, ViewerDep
from pennydrop_api.library.present import goal_out, sequence_out, terms_out
from pennydrop_api.library.schemas import GoalOut, SequenceOut, TermOut

router = routing.router(prefix="/library", tags=["library"])


class GoalIn(BaseModel):
    wording: str
    area: str = Field(description="An area's id or slug")
    problem: str | None = Field(default=None, description="A learning problem's id or slug")


class GoalPatch(BaseModel):
    """What is sent changes; null takes the learning problem away."""

    wording: str | None = None
    area: str | None = None
    problem: str | None = None


class TermIn(BaseModel):
    name: str
    meaning: str = Field(description="In plain words")
    synonyms: list[str] = Field(default=[], description="What people say who don't know the term")
    steps: list[str] = Field(default=[], description="Those that introduce it: ids or slugs")


class TermPatch(BaseModel):
    """What is sent changes; lists replace what was there."""

    name: str | None = None
    meaning: str | None = None
    synonyms: list[str] | None = None
    steps: list[str] | None = None


class PlaceIn(BaseModel):
    step: str = Field(description="Its id or slug")
    kind: PlaceKind = PlaceKind.ACTION


class SequenceIn(BaseModel):
    name: str
    summary: str = ""
    steps: list[PlaceIn] = Field(description="In order: what to know before what to do")


class SequencePatch(BaseModel):
    """What is sent changes; `steps` replaces what was there."""

    name: str | None = None
    summary: str | None = None
    steps: list[PlaceIn] | None = None


@router.post("/goals", operation_id="write_goal", status_code=201)
def new_goal(session: SessionDep, viewer: ViewerDep, body: GoalIn) -> GoalOut:
    goal = write_goal(session, viewer, words=body.wording, area=body.area, problem=body.problem)
    return _goal(session, viewer, goal)


@router.patch("/goals/{goal_id}", operation_id="edit_goal")
def change_goal(session: SessionDep, viewer: ViewerDep, goal_id: str, body: GoalPatch) -> GoalOut:
    """Reword a goal, or move it: every step of it says so too, published ones as a new version."""
    goal = edit_goal(
        session,
        viewer,
        goal_id,
        words=body.wording,
        area=body.area,
        problem=body.problem,
        no_problem="problem" in body.model_fields_set and body.problem is None,
    )
    return _goal(session, viewer, goal)


@router.delete("/goals/{goal_id}", operation_id="delete_goal", status_code=204)
def remove_goal(session: SessionDep, viewer: ViewerDep, goal_id: str) -> None:
    """Delete a goal that no step has."""
    delete_goal(session, viewer, goal_id)


@router.post("/terms", operation_id="write_term", status_code=201)
def new_term(session: SessionDep, viewer: ViewerDep, body: TermIn) -> TermOut:
    """Add a word to the shared language."""
    return _term(session, viewer, write_term(session, viewer, **body.model_dump()))


@router.patch("/terms/{term_id}", operation_id="edit_term")
def change_term(session: SessionDep, viewer: ViewerDep, term_id: str, body: TermPatch) -> TermOut:
    return _term(session, viewer, edit_term(session, viewer, term_id, **body.model_dump()))


@router.delete("/terms/{term_id}", operation_id="delete_term", status_code=204)
def remove_term(session: SessionDep, viewer: ViewerDep, term_id: str) -> None:
    """Take a word out of the shared language."""
    delete_term(session, viewer, term_id)


@router.post("/sequences", operation_id="write_sequence", status_code=201)
def new_sequence(session: SessionDep, viewer: ViewerDep, body: SequenceIn) -> SequenceOut:
    sequence = write_sequence(
        session, viewer, name=body.name, summary=body.summary, places=_places(body.steps)
    )
    return _sequence(session, viewer, sequence)


@router.patch("/sequences/{sequence_id}", operation_id="edit_sequence")
def change_sequence(
    session: SessionDep, viewer: ViewerDep, sequence_id: str, body: SequencePatch
) -> SequenceOut:
    sequence = edit_sequence(
        session,
        viewer,
        sequence_id,
        name=body.name,
        summary=body.summary,
        places=None if body.steps is None else _places(body.steps),
    )
    return _sequence(session, viewer, sequence)


@router.delete("/sequences/{sequence_id}", operation_id="delete_sequence", status_code=204)
def remove_sequence(session: SessionDep, viewer: ViewerDep, sequence_id: str) -> None:
    """Delete a sequence. Its steps stay."""
    delete_sequence(session, viewer, sequence_id)


def _places(steps: list[PlaceIn]) -> list[WantedPlace]:
    return [WantedPlace(one.step, one.kind) for one in steps]


def _goal(session: Session, viewer: Viewer, goal: Goal) -> GoalOut:
    steps = {one.id: count for one, count in list_goals(session, viewer)}
    return goal_out(goal, steps[goal.id])


def _term(session: Session, viewer: Viewer, term: Term) -> TermOut:
    mine = [(one, steps) for one, steps in list_terms(session, viewer) if one.id == term.id]
    return terms_out(session, viewer, mine)[0]


def _sequence(session: Session, viewer: Viewer, sequence: Sequence) -> SequenceOut:
    found = {one.id: (one, steps) for one, steps in list_sequences(session, viewer)}
    return sequence_out(*found[sequence.id])
