"""The example of a term: a clip from the school's own classrooms, with the permission of who is in it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pennydrop.access.may_exemplars import may_propose
from pennydrop.access.prepared import prepared
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.clips.models import Clip
from pennydrop.clips.seen import hold_as_seen
from pennydrop.clock import utcnow
from pennydrop.errors import NotFound
from pennydrop.exemplars.consent import Permission, PublicationState
from pennydrop.exemplars.propose import PermissionDeclined
from pennydrop.exemplars.tell import tell
from pennydrop.exemplars.two_people import must_show_one
from pennydrop.library.models import Term
from pennydrop.terms.models import TermExample


def get_term(session: Session, viewer: Viewer, term_id: str) -> Term:
    """Return one term by its id or slug. Raises `NotFound`."""
    term = session.scalar(
        select(Term).where(or_(Term.id == term_id, Term.slug == term_id), visible_to(viewer, Term))
    )
    if term is None:
        raise NotFound("That term isn't in the shared language.")
    return term


def propose_example(session: Session, viewer: Viewer, term_id: str, *, clip: str) -> TermExample:
    """Propose a clip as what a term means in the school of who is in it.

    Who proposes herself permits it by that. Proposing again returns what was proposed. Raises
    `PermissionDeclined`, `ShowsTwoPeople`, `CutAnew`.
    """
    term = get_term(session, viewer, term_id)
    part = get_visible(session, viewer, Clip, clip)
    owner = part.video.owner
    may_propose(session, viewer, part.video)
    hold_as_seen(session, part)
    must_show_one(session, part.video)
    known = session.scalar(
        select(TermExample).where(TermExample.term_id == term.id, TermExample.clip_id == part.id)
    )
    if known is not None:
        if known.permission is Permission.DECLINED and owner.id != viewer.person_id:
            raise PermissionDeclined(owner)
        return known
    example = TermExample(
        term_id=term.id,
        school_id=owner.school_id,
        clip_id=part.id,
        owner_id=owner.id,
        proposed_by_id=viewer.person_id,
        permitted_at=utcnow() if owner.id == viewer.person_id else None,
    )
    session.add(example)
    tell(session, viewer, example, "proposed")
    return example


def list_examples(session: Session, viewer: Viewer, *, term: str | None = None) -> list[TermExample]:
    """Return the examples the viewer may see, newest first: shown ones, and those that wait for a word."""
    query = select(TermExample).where(visible_to(viewer, TermExample))
    if term is not None:
        query = query.where(TermExample.term_id == get_term(session, viewer, term).id)
    return list(session.scalars(query.order_by(TermExample.id.desc())).unique())


def shown_by_term(session: Session, viewer: Viewer, term_ids: Iterable[str]) -> dict[str, TermExample]:
    """Return for each of these terms the example that the viewer's own school shows, the newest."""
    query = select(TermExample).where(
        TermExample.term_id.in_(list(term_ids)),
        TermExample.school_id == viewer.school_id,
        TermExample.state == PublicationState.PUBLISHED,
        visible_to(viewer, TermExample),
    )
    rows = session.scalars(query.order_by(TermExample.published_at)).unique()
    return {row.term_id: row for row in rows}


def asked_of(session: Session, viewer: Viewer) -> list[TermExample]:
    """Return what others would like to show of the viewer, and she hasn't answered yet."""
    return list(_ASKED(session, viewer).scalars().unique())


_ASKED = prepared(
    lambda viewer: (
        select(TermExample)
        .where(
            TermExample.owner_id == viewer.person_id,
            TermExample.permitted_at.is_(None),
            TermExample.declined_at.is_(None),
        )
        .order_by(TermExample.id.desc())
    )
)
