"""How far films and clips reach as examples: for the line “Only you and Aisha” to be true."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import Select, bindparam, literal, select, union_all
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
    for clip_id, state, published in session.execute(_CLIPS, {"ids": list(found)}):
        if clip_id is not None:
            _widen(found, clip_id, state, ShownTo(published))
    return found


def _permitted(
    model: type[Exemplar] | type[TermExample], published: ShownTo
) -> Select[str | None, PublicationState, str]:
    return select(model.clip_id, model.state, literal(published.value)).where(
        model.clip_id.in_(bindparam("ids", expanding=True)), model.permitted_at.is_not(None)
    )


_CLIPS = union_all(
    _permitted(Exemplar, ShownTo.ORGANISATION),
    _permitted(TermExample, ShownTo.SCHOOL),
)


def _widen(found: dict[str, ShownTo], thing_id: str, state: PublicationState, published: ShownTo) -> None:
    reach = published if state is PublicationState.PUBLISHED else ShownTo.LEADS
    found[thing_id] = max(found[thing_id], reach, key=_ORDER.index)
