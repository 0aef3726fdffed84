"""A meeting of the demo on film: both let it be filmed, and the coach looks at it with who coaches him."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.clips.models import Clip
from pennydrop.coaching.find import present_steps
from pennydrop.coaching.models import ActionStep
from pennydrop.demo.accounts import Accounts
from pennydrop.demo.cast import FILMS
from pennydrop.demo.days import school_day
from pennydrop.demo.notes import playing
from pennydrop.demo.screening import find_film
from pennydrop.meetings.change import PhaseStart, QueuedClip, change_meeting
from pennydrop.meetings.film import give_consent
from pennydrop.meetings.models import Meeting, MeetingKind, MeetingState, Phase
from pennydrop.meetings.prepare import prepare_meeting
from pennydrop.people.models import Pairing
from pennydrop.rounds.add import add_meeting_round
from pennydrop.rounds.change import change_round
from pennydrop.rounds.mark import MarkChange
from pennydrop.rounds.models import MarkValue, RoundKind
from pennydrop.videos.models import Video

FILM = next(film for film in FILMS if film.slug == "meeting")

# Where each begins on the film.
PHASES = (
    PhaseStart(Phase.PRAISE, 0),
    PhaseStart(Phase.PROBE, 4_000),
    PhaseStart(Phase.STEP, 8_000),
    PhaseStart(Phase.MODEL, 11_000),
    PhaseStart(Phase.REHEARSAL, 15_000),
    PhaseStart(Phase.PLAN, 22_000),
)
TRIES = (
    (RoundKind.MODEL, 40, MarkValue.MET, ""),
    (RoundKind.REHEARSAL, 45, MarkValue.NEARLY, "You said what you saw. Now say how you found it."),
    (RoundKind.REHEARSAL, 50, MarkValue.MET, "There was the doubt in it. That is what they need to hear."),
)


def add_filmed_meeting(session: Session, accounts: Accounts) -> None:
    """Add the meeting once its film plays and its step is set; doing it again adds nothing."""
    dylan, megan = Viewer.of(accounts["coach2"]), accounts["ta3"]
    film = playing(find_film(session, accounts, FILM))
    step = present_steps(session, dylan, [megan.id]).get(megan.id)
    there = select(Meeting.id).join(Pairing).where(Pairing.coachee_id == megan.id)
    if film is None or step is None or session.scalar(there.limit(1)) is not None:
        return
    meeting = _hold(session, dylan, Viewer.of(megan), step, film)
    brought = session.scalar(
        select(Meeting)
        .join(Pairing)
        .where(
            Pairing.coachee_id == dylan.person_id,
            Meeting.kind == MeetingKind.COACHING_ON_COACHING,
            Meeting.about_meeting_id.is_(None),
        )
    )
    if brought is not None:
        change_meeting(session, dylan, brought.id, {"about": meeting.id})


def _hold(session: Session, dylan: Viewer, megan: Viewer, step: ActionStep, film: Video) -> Meeting:
    """The meeting in which Megan's step was agreed, before the camera of Dylan's phone."""
    clip = session.get(Clip, step.clip_id) if step.clip_id else None
    meeting = prepare_meeting(session, dylan, coachee=megan.person_id, lesson=clip.video_id if clip else None)
    for one in (dylan, megan):
        give_consent(session, one, meeting.id)
    change_meeting(
        session,
        dylan,
        meeting.id,
        {
            "previous": None,
            "library_step": step.step_id,
            "praise": "You let the pause do its work: nobody looked away.",
            "script": "I look at the last picture and wonder aloud: is that the same moon? I look again.",
            "clips": [QueuedClip(clip.id)] if clip else [],
            "questions": ["What did you see in that picture that they couldn't?"],
            "action_step": step.id,
            "film": film.id,
            "state": MeetingState.RUNNING,
        },
    )
    for kind, minute, value, feedback in TRIES:
        made = add_meeting_round(session, dylan, meeting.id, kind=kind, feedback=feedback)
        change_round(session, megan, made.id, {"marks": [MarkChange(step.criteria[0].id, value)]})
        made.created_at = school_day(FILM.days_ago, FILM.hour, minute)
    change_meeting(session, dylan, meeting.id, {"phases": PHASES, "state": MeetingState.DONE})
    meeting.created_at = meeting.planned_at = meeting.started_at = film.recorded_at or meeting.created_at
    meeting.ended_at = school_day(FILM.days_ago, FILM.hour, 58)
    session.flush()
    return meeting
