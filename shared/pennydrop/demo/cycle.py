"""What coach and coachee do together in the demo: a meeting held, one prepared, and what lies between."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.clips.make import make_clip
from pennydrop.coaching.models import ActionStep, ActionStepState
from pennydrop.coaching.places import say_where
from pennydrop.demo.accounts import Accounts
from pennydrop.demo.cast import FILMS
from pennydrop.demo.days import coming_school_day, school_day
from pennydrop.demo.notes import playing
from pennydrop.demo.screening import find_film
from pennydrop.meetings.change import PhaseStart, QueuedClip, change_meeting
from pennydrop.meetings.drop_in import note_drop_in
from pennydrop.meetings.models import ClipPurpose, Meeting, MeetingKind, MeetingState, Phase
from pennydrop.meetings.prepare import prepare_meeting
from pennydrop.moments.models import Moment, MomentKind
from pennydrop.people.models import Pairing, Person
from pennydrop.proposals.models import StepProposal
from pennydrop.proposals.propose import propose, reply_to
from pennydrop.rounds.add import add_meeting_round
from pennydrop.rounds.change import change_round
from pennydrop.rounds.mark import MarkChange
from pennydrop.rounds.models import MarkValue, Round, RoundKind
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.models import Video

Films = dict[str, Video]
MET, NEARLY, NOT_YET = MarkValue.MET, MarkValue.NEARLY, MarkValue.NOT_YET
# The afternoon after the reading lesson: when it began, and when it was over.
_BEGAN, _ENDED = (15, 30), (15, 58)


@dataclass(frozen=True, slots=True)
class Try:
    """One round of the demo's meeting, with the marks of both in the order of the criteria."""

    film: str
    kind: RoundKind
    minute: int
    coachee: tuple[MarkValue, ...]
    coach: tuple[MarkValue, ...]
    feedback: str = ""
    reflection: str = ""
    is_best: bool = False
    places: tuple[int, ...] = ()
    """Where the first criteria are to be seen, in milliseconds."""


TRIES = (
    Try("model", RoundKind.MODEL, 38, (MET, MET, NEARLY), (MET, MET, NEARLY)),
    Try(
        "first-go",
        RoundKind.REHEARSAL,
        44,
        (NEARLY, NOT_YET),
        (MET, NOT_YET),
        "You sat back beautifully. Now let the five be a slow five.",
    ),
    Try(
        "take",
        RoundKind.REHEARSAL,
        48,
        (MET, NEARLY),
        (MET, MET),
        "There it was. Once more, and keep your hands in your lap.",
        places=(1_500, 6_000),
    ),
    Try(
        "third-go",
        RoundKind.REHEARSAL,
        52,
        (MET, MET, NEARLY),
        (MET, MET, MET),
        reflection="The silence felt endless and was four seconds. I can do that.",
        is_best=True,
        places=(1_000, 4_000, 8_000),
    ),
)

# The minute at which each began.
PHASES = (
    (Phase.PRAISE, 0),
    (Phase.PROBE, 2),
    (Phase.STEP, 6),
    (Phase.MODEL, 8),
    (Phase.REHEARSAL, 13),
    (Phase.PLAN, 25),
)


def add_cycle(session: Session, store: ObjectStore, accounts: Accounts) -> None:
    """Add what is missing of meetings, rounds, a proposal and a drop-in; doing it again adds nothing."""
    found = {film.slug: playing(find_film(session, accounts, film)) for film in FILMS}
    films = {slug: video for slug, video in found.items() if video is not None}
    coach, aisha, tom = (accounts[mailbox] for mailbox in ("coach", "ta", "ta2"))
    step, before = _steps(session, aisha)
    filmed = films.keys() >= {"reading", *(one.film for one in TRIES)}
    # Films become ready one by one: the meeting waits for both of its steps.
    if filmed and step is not None and before is not None and not _have_met(session, aisha):
        _hold(session, store, coach, step, before, films)
        _drop_in(session, coach, aisha)
        _propose(session, coach, aisha)
    teacher, dylan = accounts.get("teacher"), accounts["coach2"]
    if teacher is not None and not _have_met(session, teacher):
        _visit_each_other(session, teacher, dylan)
    if "maths" in films and not _have_met(session, tom):
        prepare_meeting(
            session,
            Viewer.of(coach),
            coachee=tom.id,
            lesson=films["maths"].id,
            planned_at=coming_school_day(15, 30),
        )


def _have_met(session: Session, coachee: Person) -> bool:
    there = select(Meeting.id).join(Pairing).where(Pairing.coachee_id == coachee.id)
    return session.scalar(there.limit(1)) is not None


def _hold(
    session: Session, store: ObjectStore, coach: Person, step: ActionStep, before: ActionStep, films: Films
) -> None:
    """The meeting in which Aisha's present step was agreed and rehearsed."""
    sam, aisha, reading = Viewer.of(coach), step.coachee, films["reading"]
    praised = session.scalar(
        select(Moment.id).where(Moment.video_id == reading.id, Moment.kind == MomentKind.PRAISE)
    )
    praise = make_clip(
        session,
        sam,
        store=store,
        video_id=reading.id,
        start_ms=6_000,
        end_ms=13_000,
        title="Down to their height",
        moment=praised,
    )
    meeting = prepare_meeting(session, sam, coachee=aisha.id, lesson=reading.id)
    change_meeting(
        session,
        sam,
        meeting.id,
        {
            "previous": before.id,
            "library_step": step.step_id,
            "praise": "Close by and quietly: you did it three times, and three heads came up.",
            "script": "I ask, I sit back, I count to five on my fingers under the table. Then I look at Leo.",
            "clips": [
                QueuedClip(praise.id, ClipPurpose.PRAISE),
                *([QueuedClip(step.clip_id)] if step.clip_id else []),
            ],
            "questions": [
                "What was Leo doing in the second before you helped?",
                "What might he have said with a little more time?",
            ],
            "model": films["model"].id,
            "action_step": step.id,
            "state": MeetingState.RUNNING,
        },
    )
    for one in TRIES:
        made = _try(session, sam, Viewer.of(aisha), meeting, step, one, films)
        _say_where(session, store, sam, made, step, one)
    change_meeting(
        session,
        sam,
        meeting.id,
        {
            "notes": "Try it first with Leo and Mia, in the first ten minutes.",
            "next_at": coming_school_day(10, 40),
            "phases": [PhaseStart(phase, minute * 60_000) for phase, minute in PHASES],
            "state": MeetingState.DONE,
        },
    )
    meeting.created_at = meeting.planned_at = meeting.started_at = school_day(1, *_BEGAN)
    meeting.ended_at = school_day(1, *_ENDED)
    praise.created_at = school_day(1, *_BEGAN)
    session.flush()


def _steps(session: Session, coachee: Person) -> tuple[ActionStep | None, ActionStep | None]:
    """Her present step, and the one she has mastered."""
    steps = session.scalars(
        select(ActionStep).where(ActionStep.coachee_id == coachee.id).order_by(ActionStep.created_at.desc())
    ).all()
    present = next((one for one in steps if one.state is not ActionStepState.MASTERED), None)
    return present, next((one for one in steps if one.state is ActionStepState.MASTERED), None)


def _try(
    session: Session,
    sam: Viewer,
    aisha: Viewer,
    meeting: Meeting,
    step: ActionStep,
    one: Try,
    films: Films,
) -> Round:
    made = add_meeting_round(session, sam, meeting.id, kind=one.kind, video=films[one.film].id)
    _mark(session, aisha, made, step, one.coachee)
    _mark(session, sam, made, step, one.coach)
    if one.feedback:
        change_round(session, sam, made.id, {"feedback": one.feedback})
    if one.reflection:
        change_round(session, aisha, made.id, {"reflection": one.reflection})
    if one.is_best:
        change_round(session, aisha, made.id, {"is_best": True})
    made.created_at = school_day(1, 15, one.minute)
    return made


def _say_where(
    session: Session, store: ObjectStore, viewer: Viewer, made: Round, step: ActionStep, one: Try
) -> None:
    for criterion, start_ms in zip(step.criteria, one.places, strict=False):
        say_where(
            session,
            viewer,
            step.id,
            store=store,
            criterion=criterion.id,
            video=made.video_id,
            start_ms=start_ms,
        )


def _mark(
    session: Session, viewer: Viewer, made: Round, step: ActionStep, values: tuple[MarkValue, ...]
) -> None:
    pairs = zip(step.criteria, values, strict=False)
    marks = [MarkChange(criterion.id, value) for criterion, value in pairs]
    change_round(session, viewer, made.id, {"marks": marks})


def _drop_in(session: Session, coach: Person, aisha: Person) -> None:
    at = school_day(4, 11, 20)
    visit = note_drop_in(
        session,
        Viewer.of(coach),
        coachee=aisha.id,
        notes="Five minutes at the door. The children knew what to do before you said a word.",
        at=at,
    )
    visit.created_at = at


def _visit_each_other(session: Session, ruth: Person, dylan: Person) -> None:
    """Two who coach each other: a word in passing each, and a meeting of his that they mean to look at."""
    visits = (
        (dylan, ruth, 5, "The quiet start worked: bags away, pencils out, and nobody had to be told twice."),
        (ruth, dylan, 3, "You asked one question and then really waited. Megan found her own words."),
    )
    for coach, coachee, days_ago, notes in visits:
        at = school_day(days_ago, 9, 40)
        note_drop_in(session, Viewer.of(coach), coachee=coachee.id, notes=notes, at=at).created_at = at
    prepare_meeting(
        session,
        Viewer.of(ruth),
        coachee=dylan.id,
        kind=MeetingKind.COACHING_ON_COACHING,
        planned_at=coming_school_day(16, 0),
    )


def _propose(session: Session, coach: Person, aisha: Person) -> None:
    if session.scalar(select(StepProposal.id).where(StepProposal.coachee_id == aisha.id).limit(1)):
        return
    made = propose(
        session, Viewer.of(aisha), words="Next I'd like to work on my questions. I often answer them myself."
    )
    reply_to(session, Viewer.of(coach), made.id, text="Good eye. Let's look for one on Friday's film.")
