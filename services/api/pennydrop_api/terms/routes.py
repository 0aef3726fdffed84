"""The shared language over HTTP: examples of terms, and who has met which."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, status

from pennydrop.access.visible import get_visible
from pennydrop.exemplars.decide import decline, permit, publish, remove, unpublish
from pennydrop.terms.examples import list_examples, propose_example
from pennydrop.terms.met import look_up, terms_met
from pennydrop.terms.models import TermExample
from pennydrop_api import routing
from pennydrop_api.deps import SessionDep, ViewerDep
from pennydrop_api.terms.present import example_out, examples_out, term_name
from pennydrop_api.terms.schemas import TermExampleIn, TermExampleList, TermExampleOut, TermsMet

router = routing.router(tags=["terms"])


@router.get("/library/terms/met", operation_id="list_terms_met")
def met(
    session: SessionDep,
    viewer: ViewerDep,
    coachee: Annotated[str, Query(description="me, or somebody I coach now")] = "me",
) -> TermsMet:
    """The terms she knows: a step that introduces them was set for her, or she looked them up."""
    return TermsMet(items=[term_name(term) for term in terms_met(session, viewer, coachee=coachee)])


@router.post(
    "/library/terms/{term_id}/opened", operation_id="look_up_term", status_code=status.HTTP_204_NO_CONTENT
)
def opened(session: SessionDep, viewer: ViewerDep, term_id: str) -> None:
    """I have looked this term up."""
    look_up(session, viewer, term_id)


@router.post(
    "/library/terms/{term_id}/examples",
    operation_id="propose_term_example",
    status_code=status.HTTP_201_CREATED,
)
def add(session: SessionDep, viewer: ViewerDep, term_id: str, body: TermExampleIn) -> TermExampleOut:
    """Propose a clip as what a term looks like in her school: she permits it, a lead publishes it."""
    return example_out(session, viewer, propose_example(session, viewer, term_id, clip=body.clip))


@router.get("/library/term-examples", operation_id="list_term_examples")
def list_(
    session: SessionDep,
    viewer: ViewerDep,
    term: Annotated[str | None, Query(description="A term's id or slug")] = None,
) -> TermExampleList:
    """Examples that are published, and those on their way that concern the one who asks."""
    return TermExampleList(items=examples_out(session, viewer, list_examples(session, viewer, term=term)))


@router.delete(
    "/term-examples/{example_id}", operation_id="remove_term_example", status_code=status.HTTP_204_NO_CONTENT
)
def delete(session: SessionDep, viewer: ViewerDep, example_id: str) -> None:
    remove(session, viewer, get_visible(session, viewer, TermExample, example_id))


@router.put("/term-examples/{example_id}/permission", operation_id="permit_term_example")
def allow(session: SessionDep, viewer: ViewerDep, example_id: str) -> TermExampleOut:
    """Say yes: who is in it, nobody else."""
    example = get_visible(session, viewer, TermExample, example_id)
    permit(session, viewer, example)
    return example_out(session, viewer, example)


@router.delete("/term-examples/{example_id}/permission", operation_id="decline_term_example")
def disallow(session: SessionDep, viewer: ViewerDep, example_id: str) -> TermExampleOut:
    """Say no, or take the yes back at any time: it stops being visible at once."""
    example = get_visible(session, viewer, TermExample, example_id)
    decline(session, viewer, example)
    return example_out(session, viewer, example)


@router.put("/term-examples/{example_id}/publication", operation_id="publish_term_example")
def make_public(session: SessionDep, viewer: ViewerDep, example_id: str) -> TermExampleOut:
    """Show it to the school: those who lead coaching there."""
    example = get_visible(session, viewer, TermExample, example_id)
    publish(session, viewer, example)
    return example_out(session, viewer, example)


@router.delete(
    "/term-examples/{example_id}/publication",
    operation_id="unpublish_term_example",
    status_code=status.HTTP_204_NO_CONTENT,
)
def take_back(session: SessionDep, viewer: ViewerDep, example_id: str) -> None:
    unpublish(session, viewer, get_visible(session, viewer, TermExample, example_id))
