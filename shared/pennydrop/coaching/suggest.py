"""Which steps a clip calls for, the likeliest first: a coach sets one of them in three taps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may import may_coach
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.clips.models import Clip
from pennydrop.coaching.find import present_steps
from pennydrop.coaching.models import ActionStep
from pennydrop.errors import NotFound
from pennydrop.library.find import list_library_steps, list_sequences
from pennydrop.library.models import PlaceKind, Step, StepState
from pennydrop.library.similar import similar_steps
from pennydrop.moments.models import Moment

# Few enough to be read over before one is tapped.
MOST = 8
_BY_WORDS, _NEXT, _SIMILAR = 3, 2, 3
# A long note says its point early; the search looks up every idea in it.
_LOOKED_UP = 300


class Because(StrEnum):
    """Why a step is suggested."""

    WORDS = "words"
    """What was noted at the moment, or the clip's title, speaks of it."""
    NEXT = "next"
    """It follows the step she works on in a sequence."""
    SAME = "same"
    """The clip hangs on it already."""
    SIMILAR = "similar"
    """It is like the step the clip hangs on, or the one she works on."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    step: Step
    because: Because


def suggest_steps(session: Session, viewer: Viewer, clip_id: str) -> list[Suggestion]:
    """Return the library's steps that a clip calls for. Raises `NotFound`, `NotAllowed`.

    What she works on at present is never among them.
    """
    clip = get_visible(session, viewer, Clip, clip_id)
    coachee_id = clip.video.owner_id
    may_coach(session, viewer, coachee_id, sentence="Only her coach can set somebody's step.")
    present = present_steps(session, viewer, [coachee_id]).get(coachee_id)
    own = get_visible(session, viewer, ActionStep, clip.action_step_id) if clip.action_step_id else None
    found: dict[str, Suggestion] = {}
    for one in _candidates(session, viewer, clip, own, present):
        if present is None or one.step.id != present.step_id:
            found.setdefault(one.step.id, one)
    return list(found.values())[:MOST]


def _candidates(
    session: Session, viewer: Viewer, clip: Clip, own: ActionStep | None, present: ActionStep | None
) -> Iterator[Suggestion]:
    known = [step.step_id for step in (own, present) if step is not None and step.step_id is not None]
    yield from _named(Because.WORDS, _by_words(session, viewer, clip))
    yield from _named(Because.NEXT, _next(session, viewer, known))
    if own is not None:
        yield from _named(Because.SAME, _same(session, viewer, own))
    for step_id in dict.fromkeys(known):
        yield from _named(Because.SIMILAR, _similar(session, viewer, step_id))


def _named(because: Because, steps: Iterable[Step]) -> Iterator[Suggestion]:
    return (Suggestion(step, because) for step in steps)


def _by_words(session: Session, viewer: Viewer, clip: Clip) -> Iterable[Step]:
    moment = session.get(Moment, clip.moment_id) if clip.moment_id else None
    said = (moment.text if moment else "").strip() or clip.title
    if not said:
        return []
    return list_library_steps(session, viewer, q=said[:_LOOKED_UP], limit=_BY_WORDS).items


def _next(session: Session, viewer: Viewer, known: list[str]) -> list[Step]:
    """What follows one of the known steps in a sequence, nearest first."""
    found: list[Step] = []
    for _, places in list_sequences(session, viewer):
        here = [place for place, (_, step) in enumerate(places) if {step.id, step.based_on_id} & set(known)]
        if here:
            later = places[max(here) + 1 :]
            found += [step for kind, step in later if kind is PlaceKind.ACTION][:1]
    return found[:_NEXT]


def _same(session: Session, viewer: Viewer, own: ActionStep) -> list[Step]:
    in_library = select(Step).where(Step.id == own.step_id, Step.state == StepState.PUBLISHED)
    return list(session.scalars(in_library.where(visible_to(viewer, Step))).unique())


def _similar(session: Session, viewer: Viewer, step_id: str) -> list[Step]:
    try:
        return similar_steps(session, viewer, step_id, limit=_SIMILAR)
    except NotFound:
        # It was withdrawn from the library after it was set.
        return []
