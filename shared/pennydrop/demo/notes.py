"""What the demo's coaches noticed: moments, clips and steps, made by the same services as anybody's."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.clips.make import make_clip
from pennydrop.coaching.evidence import add_evidence
from pennydrop.coaching.models import ActionStep, ActionStepState
from pennydrop.coaching.set_step import set_step
from pennydrop.demo.accounts import Accounts
from pennydrop.demo.cast import FILMS, Film
from pennydrop.demo.screening import find_film
from pennydrop.library.models import Step
from pennydrop.moments.mark import mark, reply
from pennydrop.moments.models import Moment, MomentKind
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.models import Video, VideoState


@dataclass(frozen=True, slots=True)
class Note:
    """A moment on a film of the demo, with the coachee's answer where she gave one."""

    film: str
    coach: str
    start_ms: int
    end_ms: int
    kind: MomentKind
    text: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Set:
    """An action step of the demo, from the library step `slug`, with the clip that showed why."""

    coachee: str
    coach: str
    slug: str
    why: str
    film: str
    start_ms: int
    end_ms: int
    title: str
    state: ActionStepState = ActionStepState.PRACTISING


NOTES = (
    Note(
        "reading",
        "coach",
        6_000,
        13_000,
        MomentKind.PRAISE,
        "You crouched down to their height before you spoke. Three heads came up at once.",
        "I didn't know I did that!",
    ),
    Note(
        "reading",
        "coach",
        30_000,
        40_000,
        MomentKind.PROBE,
        "Watch Leo here. What might he have said if you had waited a little longer?",
        "He was about to sound it out. I jumped in.",
    ),
    Note(
        "reading",
        "coach",
        51_000,
        55_000,
        MomentKind.QUESTION,
        "How did you decide who to ask next?",
    ),
    Note(
        "phonics",
        "coach",
        9_000,
        15_000,
        MomentKind.PRAISE,
        "Clear sound first, then the letter. They all copied you exactly.",
    ),
    Note(
        "maths",
        "coach",
        8_000,
        14_000,
        MomentKind.NOTE,
        "The blocks are doing the thinking for them here. Let's talk about when to take them away.",
    ),
    Note("story", "coach2", 4_000, 9_000, MomentKind.PRAISE, "You let the pause do its work."),
)

SETS = (
    Set(
        "ta",
        "coach",
        "wait-before-helping",
        "At the blue table help often came before the thinking did. Leo was nearly there by himself.",
        "reading",
        30_000,
        40_000,
        "Leo and the long word",
    ),
    Set(
        "ta2",
        "coach",
        "fade-the-support",
        "The blocks helped last month. Now they can do more without them.",
        "maths",
        8_000,
        14_000,
        "Blocks on the table",
        ActionStepState.SET,
    ),
)


def add_notes(session: Session, store: ObjectStore, accounts: Accounts) -> None:
    """Add what is missing of the moments, steps and clips on films that play; doing it again adds nothing."""
    films = {film.slug: (film, _playing(find_film(session, accounts, film))) for film in FILMS}
    for note in NOTES:
        video = films[note.film][1]
        if video is not None:
            _add_note(session, store, accounts, note, video)
    for wanted in SETS:
        video = films[wanted.film][1]
        if video is not None and not _has_step(session, accounts, wanted):
            _set(session, store, accounts, wanted, video)
    _tie_takes(session, accounts, [(film, video) for film, video in films.values() if video is not None])


def _playing(video: Video | None) -> Video | None:
    return video if video is not None and video.state in (VideoState.WATCHABLE, VideoState.READY) else None


def _add_note(session: Session, store: ObjectStore, accounts: Accounts, note: Note, video: Video) -> None:
    there = select(Moment.id).where(Moment.video_id == video.id, Moment.text == note.text)
    if session.scalar(there) is not None:
        return
    moment = mark(
        session,
        Viewer.of(accounts[note.coach]),
        store=store,
        video_id=video.id,
        start_ms=note.start_ms,
        end_ms=note.end_ms,
        kind=note.kind,
        text=note.text,
    )
    if note.answer:
        reply(session, Viewer.of(video.owner), moment.id, text=note.answer)


def _has_step(session: Session, accounts: Accounts, wanted: Set) -> bool:
    there = select(ActionStep.id).where(ActionStep.coachee_id == accounts[wanted.coachee].id).limit(1)
    return session.scalar(there) is not None


def _set(session: Session, store: ObjectStore, accounts: Accounts, wanted: Set, video: Video) -> None:
    coach = Viewer.of(accounts[wanted.coach])
    organisation = accounts[wanted.coachee].school.organisation_id
    step = session.scalar(select(Step).where(Step.organisation_id == organisation, Step.slug == wanted.slug))
    if step is None:
        return
    clip = make_clip(
        session,
        coach,
        store=store,
        video_id=video.id,
        start_ms=wanted.start_ms,
        end_ms=wanted.end_ms,
        title=wanted.title,
    )
    action_step = set_step(
        session, coach, coachee=accounts[wanted.coachee].id, step=step.id, why=wanted.why, clip=clip.id
    )
    action_step.state = wanted.state
    clip.action_step_id = action_step.id
    clip.criterion_id = action_step.criteria[min(1, len(action_step.criteria) - 1)].id
    session.flush()


def _tie_takes(session: Session, accounts: Accounts, films: list[tuple[Film, Video]]) -> None:
    for film, video in films:
        if not film.for_step or video.action_step_id is not None:
            continue
        action_step = session.scalar(
            select(ActionStep).where(ActionStep.coachee_id == accounts[film.owner].id)
        )
        if action_step is not None:
            video.action_step_id = action_step.id
            add_evidence(
                session, Viewer.of(accounts[film.filmed_by]), action_step.id, video=video.id, note="Second go"
            )
