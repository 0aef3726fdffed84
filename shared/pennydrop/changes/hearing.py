"""Who may hear of a change: who may see what changed; of what is gone, whose it was and her coach.

Of a meeting that is gone hear the two it was between alone: another coach of hers never saw it either.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from pennydrop.access.prepared import prepared
from pennydrop.access.ties import coachees
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import videos_worked_on, visible_to
from pennydrop.changes.models import Change
from pennydrop.clips.models import Clip
from pennydrop.coaching.models import ActionStep
from pennydrop.exemplars.models import Exemplar
from pennydrop.library.models import Step, Term
from pennydrop.meetings.models import Meeting
from pennydrop.moments.models import Moment
from pennydrop.proposals.models import StepProposal
from pennydrop.rounds.models import Round
from pennydrop.terms.models import TermExample
from pennydrop.videos.models import Video

_SUBJECTS: dict[str, Any] = {
    "video": Video,
    "moment": Moment,
    "clip": Clip,
    "action_step": ActionStep,
    "meeting": Meeting,
    "round": Round,
    "proposal": StepProposal,
    "exemplar": Exemplar,
    "term_example": TermExample,
    "step": Step,
    "term": Term,
}


@dataclass(frozen=True, slots=True)
class News:
    """A change as one viewer may hear of it: ids only, and no `video_id` where she may not see the video."""

    number: int
    topic: str
    subject_id: str
    video_id: str | None


def heard_by(session: Session, viewer: Viewer, changes: Sequence[Change]) -> list[News]:
    """Return what of these changes the viewer may hear of, in their order."""
    if not changes:
        return []
    of_changes = {change.video_id for change in changes if change.video_id is not None}
    worked_on = set(_WORKED_ON(session, viewer, ids=list(of_changes)).scalars() if of_changes else ())
    people = {viewer.person_id, *_COACHEES(session, viewer).scalars()}

    def is_hers(change: Change) -> bool:
        if change.topic == "meeting":
            return change.person_id == viewer.person_id
        return change.video_id in worked_on or change.person_id in people

    subjects = _visible_subjects(session, viewer, [change for change in changes if not is_hers(change)])
    news = []
    for change in changes:
        if is_hers(change) or (change.topic, change.subject_id) in subjects:
            with_video = change.video_id in worked_on or change.topic == "video"
            news.append(
                News(change.id, change.topic, change.subject_id, change.video_id if with_video else None)
            )
    return news


def _visible_subjects(
    session: Session, viewer: Viewer, changes: Sequence[Change]
) -> Collection[tuple[str, str]]:
    """Return the topics and ids of what the viewer may see of what changed."""
    found: set[tuple[str, str]] = set()
    for topic, visible in _VISIBLE.items():
        ids = {change.subject_id for change in changes if change.topic == topic}
        if ids:
            found |= {(topic, one) for one in visible(session, viewer, ids=list(ids)).scalars()}
    return found


def _visible(model: Any) -> prepared[str]:
    return prepared(lambda viewer: select(model.id).where(model.id.in_(_IDS), visible_to(viewer, model)))


# Asked for everybody who listens, at every change that may concern her.
_IDS: Any = bindparam("ids", expanding=True)
_WORKED_ON = prepared(lambda viewer: videos_worked_on(viewer).where(Video.id.in_(_IDS)))
_COACHEES = prepared(coachees)
_VISIBLE = {topic: _visible(model) for topic, model in _SUBJECTS.items()}
