"""How far films and clips reach as examples: for the line “Only you and Aisha” to be true."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.exemplars.consent import PublicationState
from pennydrop.exemplars.models import Exemplar
from pennydrop.terms.models import TermExample


class ShownTo(StrEnum):
    """In the order of how many they are."""

    NOBODY = "nobody"
    LEADS = "leads"
    """Those who lead coaching in her school: she has permitted it, and they decide."""
    SCHOOL = "school"
    ORGANISATION = "organisation"


_ORDER = list(ShownTo)


def videos_shown_to(session: Session, video_ids: Iterable[str]) -> dict[str, ShownTo]:
    """Return for each of these videos who sees the whole film as a model."""
    found = dict.fromkeys(video_ids, ShownTo.NOBODY)
    rows = select(Exemplar.video_id, Exemplar.state).where(
        Exemplar.video_id.in_(found), Exemplar.clip_id.is_(None), Exemplar.permitted_at.is_not(None)
    )
    for video_id, state in session.execute(rows):
        _widen(found, video_id, state, ShownTo.ORGANISATION)
    return found


def clips_shown_to(session: Session, clip_ids: Iterable[str]) -> dict[str, ShownTo]:
    """Return for each of these clips who sees it as a model, or as the example of a term."""
    found = dict.fromkeys(clip_ids, ShownTo.NOBODY)
    for model, published in ((Exemplar, ShownTo.ORGANISATION), (TermExample, ShownTo.SCHOOL)):
        rows = select(model.clip_id, model.state).where(
            model.clip_id.in_(found), model.permitted_at.is_not(None)
        )
        for clip_id, state in session.execute(rows):
            if clip_id is not None:
                _widen(found, clip_id, state, published)
    return found


def _widen(found: dict[str, ShownTo], thing_id: str, state: PublicationState, published: ShownTo) -> None:
    reach = published if state is PublicationState.PUBLISHED else ShownTo.LEADS
    found[thing_id] = max(found[thing_id], reach, key=_ORDER.index)
