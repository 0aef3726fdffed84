"""Evidence: film, or a word of reflection, that shows how a step is going."""

from __future__ import annotations

from sqlalchemy.orm import Session

from pennydrop.access.may import may_add_evidence, may_remove_evidence
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.audit.record import record as record_audit
from pennydrop.care.erasures import note_erased
from pennydrop.care.models import Erased
from pennydrop.changes.feed import record as record_change
from pennydrop.coaching.criteria import criterion_of
from pennydrop.coaching.models import ActionStep, Evidence
from pennydrop.coaching.set_step import clip_that_shows
from pennydrop.errors import Conflict, Invalid, NotFound
from pennydrop.videos.models import Video

MAX_NOTE = 5_000
MAX_EVIDENCE = 500


def add_evidence(
    session: Session,
    viewer: Viewer,
    action_step_id: str,
    *,
    clip: str | None = None,
    video: str | None = None,
    criterion: str | None = None,
    note: str = "",
) -> ActionStep:
    """Add a clip, a video of the coachee's or a note to a step, for the whole of it or for one criterion."""
    step = get_visible(session, viewer, ActionStep, action_step_id)
    may_add_evidence(session, viewer, step)
    note = note.strip()
    if clip is not None and video is not None:
        raise Invalid("Please add a clip or a whole video, not both at once.")
    if clip is None and video is None and not note:
        raise Invalid("Please choose a clip or a video, or write a few words.")
    if len(note) > MAX_NOTE:
        raise Invalid(f"That note is too long. Please keep it under {MAX_NOTE:,} characters.")
    if len(step.evidence) >= MAX_EVIDENCE:
        raise Conflict("This step has a great deal of evidence already. Perhaps it is time for the next one.")
    step.evidence.append(
        Evidence(
            clip_id=clip_that_shows(session, viewer, step.coachee_id, clip),
            video_id=_video_of(session, viewer, step.coachee_id, video),
            criterion_id=criterion_of(session, step.coachee_id, criterion, action_step_id=step.id),
            note=note,
            added_by_id=viewer.person_id,
        )
    )
    session.flush()
    record_change(session, "action_step", step.id, person_id=step.coachee_id)
    return step


def remove_evidence(session: Session, viewer: Viewer, action_step_id: str, evidence_id: str) -> None:
    """Take away evidence that one has added. The clip or the video stays."""
    step = get_visible(session, viewer, ActionStep, action_step_id)
    evidence = next((one for one in step.evidence if one.id == evidence_id), None)
    if evidence is None:
        raise NotFound
    may_remove_evidence(viewer, evidence)
    step.evidence.remove(evidence)
    session.flush()
    note_erased(session, Erased.EVIDENCE, evidence_id)
    record_audit(
        session, viewer, "evidence.removed", owner_id=step.coachee_id, subject_id=step.id, detail=step.wording
    )
    record_change(session, "action_step", step.id, person_id=step.coachee_id)


def _video_of(session: Session, viewer: Viewer, coachee_id: str, video_id: str | None) -> str | None:
    if video_id is None:
        return None
    video = get_visible(session, viewer, Video, video_id)
    if video.owner_id != coachee_id:
        raise Invalid("That video is of somebody else. Please choose one of the person this step is for.")
    return video.id
