"""Which terms somebody has met: a step that introduces it was set for her, or she looked it up."""

from __future__ import annotations

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from pennydrop.access.may import may_coach
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.coaching.models import ActionStep
from pennydrop.library.models import StepTerm, Term
from pennydrop.terms.examples import get_term
from pennydrop.terms.models import TermOpening


def terms_met(session: Session, viewer: Viewer, *, coachee: str) -> list[Term]:
    """Return the terms that oneself (`me`) or somebody one coaches now has met, by name."""
    person_id = viewer.person_id
    if coachee not in ("me", viewer.person_id):
        sentence = "You can only ask this about those you coach."
        person_id = may_coach(session, viewer, coachee, sentence=sentence).id
    introduced = (
        select(StepTerm.term_id)
        .join(ActionStep, ActionStep.step_id == StepTerm.step_id)
        .where(ActionStep.coachee_id == person_id)
    )
    looked_up = select(TermOpening.term_id).where(TermOpening.person_id == person_id)
    met = union(introduced, looked_up).subquery()
    query = select(Term).where(Term.id.in_(select(met)), visible_to(viewer, Term))
    return list(session.scalars(query.order_by(Term.name)))


def look_up(session: Session, viewer: Viewer, term_id: str) -> None:
    """Note that the viewer has looked a term up. Once is enough."""
    term = get_term(session, viewer, term_id)
    if session.get(TermOpening, (term.id, viewer.person_id)) is None:
        session.add(TermOpening(term_id=term.id, person_id=viewer.person_id))
        session.flush()
