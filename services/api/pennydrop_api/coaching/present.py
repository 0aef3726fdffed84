"""Action steps, today and the desk as the contract shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy.orm import Session

from pennydrop.access.ties import coached_of
from pennydrop.access.viewer import Viewer
from pennydrop.clips.find import clips_of_steps
from pennydrop.clips.models import Clip
from pennydrop.coaching.desk import DeskRow
from pennydrop.coaching.models import ActionStep
from pennydrop.coaching.thread import filmed_at
from pennydrop.coaching.today import News, Today
from pennydrop.coaching.told import Answer
from pennydrop.meetings.models import Meeting
from pennydrop.videos.find import watchable
from pennydrop.videos.models import RenditionName, Video
from pennydrop_api.clips.present import clips_out
from pennydrop_api.clips.schemas import ClipOut
from pennydrop_api.coaching.present_thread import knots_out
from pennydrop_api.coaching.schemas import (
    ActionStepCriterionOut,
    ActionStepOut,
    ActionStepRights,
    AnswerNews,
    DeskRowOut,
    DropInNews,
    EvidenceOut,
    FilmRef,
    MeetingRef,
    NewsOut,
    StateChangeOut,
    StepLine,
    TodayOut,
    ToWatchOut,
)
from pennydrop_api.exemplars.present import requests_out
from pennydrop_api.media.urls import rendition_url
from pennydrop_api.people.schemas import PersonRef


def step_out(session: Session, viewer: Viewer, step: ActionStep) -> ActionStepOut:
    return steps_out(session, viewer, [step])[0]


def steps_out(session: Session, viewer: Viewer, steps: Sequence[ActionStep]) -> list[ActionStepOut]:
    return _steps(session, viewer, steps, clips_of_steps(session, viewer, [step.id for step in steps]))


def _steps(
    session: Session, viewer: Viewer, steps: Sequence[ActionStep], found: Sequence[Clip]
) -> list[ActionStepOut]:
    clips: dict[str, list[ClipOut]] = defaultdict(list)
    for clip, shown in zip(found, clips_out(session, viewer, found), strict=True):
        clips[clip.action_step_id or ""].append(shown)
    coached = coached_of(session, viewer, (step.coachee_id for step in steps))
    return [_step(viewer, step, clips[step.id], step.coachee_id in coached) for step in steps]


def today_out(session: Session, viewer: Viewer, today: Today) -> TodayOut:
    step = _steps(session, viewer, [today.step], today.clips)[0] if today.step else None
    return TodayOut(
        step=step,
        watch=_to_watch(session, viewer, today),
        clips=step.clips if step else [],
        meeting=_meeting(today.meeting),
        news=[_news(news) for news in today.news],
        drop_ins=_drop_ins(session, viewer, today.drop_ins),
        answers=[_answer(one) for one in today.answers],
        requests=requests_out(session, viewer),
    )


def desk_row_out(row: DeskRow) -> DeskRowOut:
    step = row.step
    return DeskRowOut(
        pairing=row.pairing.id,
        coachee=PersonRef.of(row.pairing.coachee),
        since=row.pairing.started_at,
        step=StepLine(
            id=step.id,
            goal=step.goal,
            action=step.action,
            wording=step.wording,
            state=step.state,
            next_observation_at=step.next_observation_at,
            created_at=step.created_at,
        )
        if step
        else None,
        last_lesson=film_ref(row.last_lesson) if row.last_lesson else None,
        last_meeting_at=row.last_meeting.started_at if row.last_meeting else None,
        meeting=_meeting(row.next_meeting),
        open_proposals=row.open_proposals,
        to_watch=[film_ref(video) for video in row.to_watch],
    )


def _to_watch(session: Session, viewer: Viewer, today: Today) -> ToWatchOut:
    found = (today.moment, today.model, today.best_take)
    if today.step is None:
        return ToWatchOut(moment=None, model=None, best_take=None)
    shown = iter(knots_out(session, viewer, today.step, [knot for knot in found if knot is not None]))
    moment, model, best_take = (next(shown) if knot is not None else None for knot in found)
    return ToWatchOut(moment=moment, model=model, best_take=best_take)


def _meeting(meeting: Meeting | None) -> MeetingRef | None:
    if meeting is None:
        return None
    return MeetingRef(
        id=meeting.id,
        state=meeting.state,
        planned_at=meeting.planned_at,
        coach=PersonRef.of(meeting.pairing.coach),
    )


def _step(viewer: Viewer, step: ActionStep, clips: list[ClipOut], coaching: bool) -> ActionStepOut:
    mine = step.coachee_id == viewer.person_id
    return ActionStepOut(
        id=step.id,
        coachee=PersonRef.of(step.coachee),
        set_by=PersonRef.of(step.set_by),
        step=step.step_id,
        step_version=step.step_version,
        goal=step.goal,
        action=step.action,
        wording=step.wording,
        why=step.why,
        state=step.state,
        history=[StateChangeOut(state=one.state, by=PersonRef.of(one.by), at=one.at) for one in step.history],
        next_observation_at=step.next_observation_at,
        criteria=[
            ActionStepCriterionOut(id=one.id, position=one.position, text=one.text, ticked_at=one.ticked_at)
            for one in step.criteria
        ],
        clip=step.clip_id,
        clips=clips,
        evidence=[
            EvidenceOut(
                id=one.id,
                clip=one.clip_id,
                video=one.video_id,
                criterion=one.criterion_id,
                note=one.note,
                added_by=PersonRef.of(one.added_by),
                mine=one.added_by_id == viewer.person_id,
                created_at=one.created_at,
            )
            for one in step.evidence
        ],
        rights=ActionStepRights(change=coaching, tick=mine, add_evidence=mine or coaching),
        created_at=step.created_at,
        updated_at=step.updated_at,
    )


def _news(news: News) -> NewsOut:
    return NewsOut(
        kind=news.kind,
        by=PersonRef.of(news.by),
        count=news.count,
        video=news.video.id,
        video_title=news.video.title,
        video_purpose=news.video.purpose,
        video_at=filmed_at(news.video),
        start_ms=news.start_ms,
        at=news.at,
    )


def _drop_ins(session: Session, viewer: Viewer, visits: Sequence[Meeting]) -> list[DropInNews]:
    films = {visit.film_video_id for visit in visits if visit.film_video_id is not None}
    seen = watchable(session, viewer, films)
    return [
        DropInNews(
            id=visit.id,
            by=PersonRef.of(visit.pairing.coach),
            notes=visit.notes,
            film=visit.film_video_id if visit.film_video_id in seen else None,
            at=visit.started_at or visit.created_at,
        )
        for visit in visits
    ]


def _answer(one: Answer) -> AnswerNews:
    return AnswerNews(
        proposal=one.proposal.id,
        by=PersonRef.of(one.by),
        state=one.proposal.state,
        action_step=one.proposal.action_step_id,
        text=one.text,
        at=one.at,
    )


def film_ref(video: Video) -> FilmRef:
    poster = next((one for one in video.renditions if one.name == RenditionName.POSTER), None)
    return FilmRef(
        id=video.id,
        title=video.title,
        purpose=video.purpose,
        state=video.state,
        at=filmed_at(video),
        duration_ms=video.duration_ms,
        poster=rendition_url(poster) if poster else None,
    )
