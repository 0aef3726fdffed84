"""Whom a change may concern: asked once for all who listen, so that the others aren't woken.

Whoever is named here still hears only what `hearing` lets her hear. Whoever isn't would hear nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.changes.models import Change
from pennydrop.clips.models import ClipShare
from pennydrop.exemplars.models import Exemplar
from pennydrop.meetings.models import Meeting
from pennydrop.people.models import Pairing
from pennydrop.terms.models import TermExample
from pennydrop.videos.models import Share, Video

Audience = frozenset[str] | None
"""Ids of people; None is everybody."""

# What is between two people, and what others see too once it is shared, or a model.
_BETWEEN_TWO = frozenset({"moment", "action_step", "round", "proposal", "meeting"})
_SHARED = frozenset({"video", "clip"})


def audiences(session: Session, changes: Sequence[Change]) -> list[Audience]:
    """Return for each change whom it may concern, by a handful of queries in all."""
    by_topic: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        by_topic[change.topic].add(change.subject_id)
    films = by_topic["video"] | {change.video_id for change in changes if change.video_id is not None}
    owners = dict(_pairs(session, Video.id, Video.owner_id, films))
    shown = _shown(session, films, by_topic["clip"])
    others: dict[str, set[str]] = defaultdict(set)
    for subject, person in (
        *_pairs(session, Share.video_id, Share.person_id, by_topic["video"]),
        *_pairs(session, ClipShare.clip_id, ClipShare.person_id, by_topic["clip"]),
        *_of_meetings(session, by_topic["meeting"]),
    ):
        others[subject].add(person)
    named = [
        {change.person_id, owners.get(change.video_id or ""), owners.get(change.subject_id)} - {None}
        for change in changes
    ]
    coaches: dict[str | None, set[str]] = defaultdict(set)
    paired = (Pairing.coachee_id, Pairing.coach_id, set[str | None]().union(*named))
    for coachee, coach in _pairs(session, *paired, Pairing.ended_at.is_(None)):
        coaches[coachee].add(coach)
    return [
        None
        if change.topic not in _BETWEEN_TWO | _SHARED or change.subject_id in shown
        else frozenset(
            {*others[change.subject_id], *(one for one in people if one)}.union(
                *(coaches[one] for one in people)
            )
        )
        for change, people in zip(changes, named, strict=True)
    ]


def _pairs(session: Session, key: Any, value: Any, wanted: Iterable[str | None], *more: Any) -> Any:
    ids = set(wanted)
    return session.execute(select(key, value).where(key.in_(ids), *more)).all() if ids else ()


def _shown(session: Session, films: set[str], clips: set[str]) -> set[str]:
    """Those that are shown, or may be, to people who don't work with their owner."""
    found: set[str] = set()
    for key, wanted, permitted in (
        (Exemplar.video_id, films, Exemplar.permitted_at),
        (Exemplar.clip_id, clips, Exemplar.permitted_at),
        (TermExample.clip_id, clips, TermExample.permitted_at),
    ):
        if wanted:
            rows = session.scalars(select(key).where(key.in_(wanted), permitted.is_not(None)))
            found |= {one for one in rows if one is not None}
    return found


def _of_meetings(session: Session, wanted: set[str]) -> list[tuple[str, str]]:
    if not wanted:
        return []
    query = select(Meeting.id, Pairing.coach_id, Pairing.coachee_id)
    query = query.join(Pairing, Pairing.id == Meeting.pairing_id).where(Meeting.id.in_(wanted))
    rows = session.execute(query).all()
    return [(meeting, person) for meeting, *both in rows for person in both]
