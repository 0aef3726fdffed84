"""Which terms somebody has met: a step that introduces it was set for her, or she looked it up.

The latter is her own business (18).
"""

from __future__ import annotations

from sqlalchemy import CompoundSelect, Select, select, union
from sqlalchemy.orm import Session

from pennydrop.access.may import may_coach
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.coaching.models import ActionStep
from pennydrop.library.models import StepTerm, Term
from pennydrop.terms.examples import get_term
from pennydrop.terms.models import TermOpening


def terms_met(session: Session, viewer: Viewer, *, coachee: str) -> list[Term]:
    """Return the terms that oneself (`me`) or somebody one coaches now has met, by name.

    What she looked up is among them for herself alone; to her coach it says nothing.
    """
    if coachee in ("me", viewer.person_id):
        met: CompoundSelect[str] | Select[str] = union(_introduced(viewer.person_id), _looked_up(viewer))
    else:
        sentence = "You can only ask this about those you coach."
        met = _introduced(may_coach(session, viewer, coachee, sentence=sentence).id)
    query = select(Term).where(Term.id.in_(met), visible_to(viewer, Term))
    return list(session.scalars(query.order_by(Term.name)))


def _introduced(person_id: str) -> Select[str]:
    """The terms of the steps that were set for her."""
    steps = select(StepTerm.term_id).join(ActionStep, ActionStep.step_id == StepTerm.step_id)
    return steps.where(ActionStep.coachee_id == person_id)


def _looked_up(viewer: Viewer) -> Select[str]:
    return select(TermOpening.term_id).where(TermOpening.person_id == viewer.person_id)


def look_up(session: Session, viewer: Viewer, term_id: str) -> None:
    """Note that the viewer has looked a term up. Once is enough."""
    term = get_term(session, viewer, term_id)
    if session.get(TermOpening, (term.id, viewer.person_id)) is None:
        session.add(TermOpening(term_id=term.id, person_id=viewer.person_id))
        session.flush()
