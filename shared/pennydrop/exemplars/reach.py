"""How far films and clips reach as examples: for the line “Only you and Aisha” to be true."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, not_, select, union_all
from sqlalchemy.orm import Session

from pennydrop.exemplars.consent import PublicationState
from pennydrop.exemplars.models import Exemplar
from pennydrop.library.models import Step, StepState
from pennydrop.people.models import Person
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
    rows = _models(Exemplar.video_id).where(Exemplar.video_id.in_(found), Exemplar.clip_id.is_(None))
    for video_id, reach in session.execute(rows):
        _widen(found, video_id, reach)
    return found


def clips_shown_to(session: Session, clip_ids: Iterable[str]) -> dict[str, ShownTo]:
    """Return for each of these clips who sees it as a model, or as the example of a term."""
    found = dict.fromkeys(clip_ids, ShownTo.NOBODY)
    for clip_id, reach in session.execute(_CLIPS, {"ids": list(found)}):
        _widen(found, clip_id, reach)
    return found


def _models(shown: Any) -> Select[str, str]:
    """Permitted models: what is shown, and how far. A model goes with its step, and no further than that."""
    published = and_(Exemplar.state == PublicationState.PUBLISHED, Step.state == StepState.PUBLISHED)
    reach = case(
        (not_(published), ShownTo.LEADS.value),
        (Step.school_id == Person.school_id, ShownTo.SCHOOL.value),
        else_=ShownTo.ORGANISATION.value,
    )
    query = select(shown, reach).join(Step, Step.id == Exemplar.step_id)
    query = query.join(Person, Person.id == Exemplar.owner_id)
    return query.where(Exemplar.permitted_at.is_not(None))


def _examples() -> Select[str, str]:
    published = TermExample.state == PublicationState.PUBLISHED
    reach = case((published, ShownTo.SCHOOL.value), else_=ShownTo.LEADS.value)
    return select(TermExample.clip_id, reach).where(TermExample.permitted_at.is_not(None))


_IDS: Any = bindparam("ids", expanding=True)
_CLIPS = union_all(
    _models(Exemplar.clip_id).where(Exemplar.clip_id.in_(_IDS)),
    _examples().where(TermExample.clip_id.in_(_IDS)),
)


def _widen(found: dict[str, ShownTo], thing_id: str, reach: str) -> None:
    found[thing_id] = max(found[thing_id], ShownTo(reach), key=_ORDER.index)
