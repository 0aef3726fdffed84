"""Putting what the demo's coaches noticed on its films, by the same services as anybody's."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.clips.make import make_clip
from pennydrop.coaching.evidence import add_evidence
from pennydrop.coaching.models import ActionStep, ActionStepState
from pennydrop.coaching.set_step import set_step
from pennydrop.demo.accounts import Accounts
from pennydrop.demo.cast import FILMS, Film
from pennydrop.demo.days import school_day
from pennydrop.demo.screening import find_film
from pennydrop.demo.story import NOTES, SETS, Note, Set
from pennydrop.library.models import Step
from pennydrop.moments.mark import mark, reply
from pennydrop.moments.models import Moment
from pennydrop.people.models import Person
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.models import Video, VideoState, Watch

# Coaches watch before the school day after, coachees answer at lunch, steps are agreed after lessons.
_WATCHED, _NOTICED, _ANSWERED, _AGREED = (8, 5), (8, 20), (12, 35), (15, 30)


def add_notes(session: Session, store: ObjectStore, accounts: Accounts) -> None:
    """Add what is missing of the moments, steps and clips on films that play; doing it again adds nothing."""
    films = {film.slug: (film, playing(find_film(session, accounts, film))) for film in FILMS}
    for note in NOTES:
        video = films[note.film][1]
        if video is not None:
            _add_note(session, store, accounts, note, video)
    for wanted in SETS:
        video = films[wanted.film][1]
        if video is not None and not _is_set(session, accounts, wanted):
            _set(session, store, accounts, wanted, video)
    _tie_takes(session, accounts, [(film, video) for film, video in films.values() if video is not None])


def playing(video: Video | None) -> Video | None:
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
    film = next(film for film in FILMS if film.slug == note.film)
    next_day = max(film.days_ago - 1, 0)
    moment.created_at = school_day(next_day, *_NOTICED)
    if note.answer:
        answer = reply(session, Viewer.of(video.owner), moment.id, text=note.answer)
        answer.created_at = school_day(next_day, *_ANSWERED)
    _watched(session, video, accounts[note.coach], school_day(next_day, *_WATCHED))


def _watched(session: Session, video: Video, person: Person, at: datetime) -> None:
    there = select(Watch.id).where(Watch.video_id == video.id, Watch.person_id == person.id)
    if session.scalar(there.limit(1)) is None:
        session.add(Watch(video_id=video.id, person_id=person.id, started_at=at))
        session.flush()


def _is_set(session: Session, accounts: Accounts, wanted: Set) -> bool:
    there = (
        select(ActionStep.id)
        .join(Step, Step.id == ActionStep.step_id)
        .where(ActionStep.coachee_id == accounts[wanted.coachee].id, Step.slug == wanted.slug)
    )
    return session.scalar(there.limit(1)) is not None


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
    action_step.created_at = clip.created_at = school_day(wanted.days_ago, *_AGREED)
    clip.action_step_id = action_step.id
    clip.criterion_id = action_step.criteria[min(1, len(action_step.criteria) - 1)].id
    session.flush()


def _tie_takes(session: Session, accounts: Accounts, films: list[tuple[Film, Video]]) -> None:
    for film, video in films:
        if not film.for_step or video.action_step_id is not None:
            continue
        action_step = session.scalar(
            select(ActionStep).where(
                ActionStep.coachee_id == accounts[film.owner].id,
                ActionStep.state != ActionStepState.MASTERED,
            )
        )
        if action_step is not None:
            video.action_step_id = action_step.id
            add_evidence(
                session, Viewer.of(accounts[film.filmed_by]), action_step.id, video=video.id, note="Second go"
            )
