"""Action steps, today and the desk as the contract shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.ties import coachees
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.clips.models import Clip
from pennydrop.coaching.desk import DeskRow
from pennydrop.coaching.models import ActionStep
from pennydrop.coaching.today import News, Today
from pennydrop.videos.models import RenditionName, Video
from pennydrop_api.clips.present import clips_out
from pennydrop_api.clips.schemas import ClipOut
from pennydrop_api.coaching.schemas import (
    ActionStepCriterionOut,
    ActionStepOut,
    ActionStepRights,
    DeskRowOut,
    EvidenceOut,
    FilmRef,
    NewsOut,
    StepLine,
    TodayOut,
)
from pennydrop_api.media.urls import rendition_url
from pennydrop_api.people.schemas import PersonRef


def step_out(session: Session, viewer: Viewer, step: ActionStep) -> ActionStepOut:
    return steps_out(session, viewer, [step])[0]


def steps_out(session: Session, viewer: Viewer, steps: Sequence[ActionStep]) -> list[ActionStepOut]:
    clips = _clips_by_step(session, viewer, steps)
    coached = set(session.scalars(coachees(viewer)))
    return [_step(viewer, step, clips[step.id], step.coachee_id in coached) for step in steps]


def today_out(session: Session, viewer: Viewer, today: Today) -> TodayOut:
    return TodayOut(
        step=step_out(session, viewer, today.step) if today.step else None,
        clips=clips_out(session, viewer, today.clips),
        news=[_news(news) for news in today.news],
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
            created_at=step.created_at,
        )
        if step
        else None,
        last_lesson=_film(row.last_lesson) if row.last_lesson else None,
        to_watch=[_film(video) for video in row.to_watch],
    )


def _clips_by_step(session: Session, viewer: Viewer, steps: Sequence[ActionStep]) -> dict[str, list[ClipOut]]:
    wanted = [step.id for step in steps]
    clips = session.scalars(
        select(Clip).where(Clip.action_step_id.in_(wanted), visible_to(viewer, Clip)).order_by(Clip.id.desc())
    ).all()
    found: dict[str, list[ClipOut]] = defaultdict(list)
    for clip, shown in zip(clips, clips_out(session, viewer, clips), strict=True):
        found[clip.action_step_id or ""].append(shown)
    return found


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
        video_at=_filmed_at(news.video),
        start_ms=news.start_ms,
        at=news.at,
    )


def _film(video: Video) -> FilmRef:
    poster = next((one for one in video.renditions if one.name == RenditionName.POSTER), None)
    return FilmRef(
        id=video.id,
        title=video.title,
        purpose=video.purpose,
        state=video.state,
        at=_filmed_at(video),
        duration_ms=video.duration_ms,
        poster=rendition_url(poster) if poster else None,
    )


def _filmed_at(video: Video) -> datetime:
    return video.recorded_at or video.created_at
