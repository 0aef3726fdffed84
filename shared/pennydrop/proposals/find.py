"""Finding proposals: what was asked for, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from pennydrop.access.prepared import prepared
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.paging import DEFAULT_LIMIT, Page, id_in
from pennydrop.proposals.models import ProposalState, StepProposal


def list_proposals(
    session: Session,
    viewer: Viewer,
    *,
    coachee: str | None = None,
    state: ProposalState | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[StepProposal]:
    """Return the proposals the viewer may see, newest first. `coachee` is an id or `me`."""
    query = select(StepProposal).where(visible_to(viewer, StepProposal)).order_by(StepProposal.id.desc())
    if coachee is not None:
        query = query.where(StepProposal.coachee_id == (viewer.person_id if coachee == "me" else coachee))
    if state is not None:
        query = query.where(StepProposal.state == state)
    if cursor:
        query = query.where(StepProposal.id < id_in(cursor))
    found = session.scalars(query.limit(limit + 1)).all()
    return Page(found[:limit], found[limit - 1].id if len(found) > limit else None)


def get_proposal(session: Session, viewer: Viewer, proposal_id: str) -> StepProposal:
    """Return one proposal. Raises `NotFound` where the viewer may not see it."""
    return get_visible(session, viewer, StepProposal, proposal_id)


def open_proposals(session: Session, viewer: Viewer, coachee_ids: Iterable[str]) -> dict[str, int]:
    """Return how many proposals of each coachee wait for an answer."""
    rows = _OPEN(session, viewer, coachees=list(set(coachee_ids)))
    return {row[0]: row[1] for row in rows}


_OPEN = prepared(
    lambda viewer: (
        select(StepProposal.coachee_id, func.count())
        .where(
            StepProposal.coachee_id.in_(bindparam("coachees", expanding=True)),
            StepProposal.state == ProposalState.OPEN,
            visible_to(viewer, StepProposal),
        )
        .group_by(StepProposal.coachee_id)
    )
)
