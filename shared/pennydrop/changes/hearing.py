"""Who may hear of a change: who may see what changed; of what is gone, whose it was and her coach."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

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
    subjects = {topic: _visible_subjects(session, viewer, topic, changes) for topic in _SUBJECTS}
    of_changes = {change.video_id for change in changes if change.video_id is not None}
    worked_on = set(
        session.scalars(videos_worked_on(viewer).where(Video.id.in_(of_changes))) if of_changes else ()
    )
    people = {viewer.person_id, *session.scalars(coachees(viewer))}
    news = []
    for change in changes:
        seen = change.subject_id in subjects.get(change.topic, ())
        if seen or change.video_id in worked_on or change.person_id in people:
            with_video = change.video_id in worked_on or change.topic == "video"
            news.append(
                News(change.id, change.topic, change.subject_id, change.video_id if with_video else None)
            )
    return news


def _visible_subjects(
    session: Session, viewer: Viewer, topic: str, changes: Sequence[Change]
) -> Collection[str]:
    model = _SUBJECTS[topic]
    ids = {change.subject_id for change in changes if change.topic == topic}
    if not ids:
        return ()
    return set(session.scalars(select(model.id).where(model.id.in_(ids), visible_to(viewer, model))))
