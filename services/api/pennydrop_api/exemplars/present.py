"""Exemplars as the contract shows them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from pennydrop.access.may_exemplars import rights
from pennydrop.access.viewer import Viewer
from pennydrop.exemplars.chapters import Chapter, chapters_of, length_ms
from pennydrop.exemplars.find import asked_of, is_asked
from pennydrop.exemplars.models import Exemplar
from pennydrop.terms import examples
from pennydrop.videos.models import RenditionName, Video
from pennydrop_api.clips.present import clips_out
from pennydrop_api.exemplars.refs import StepName
from pennydrop_api.exemplars.schemas import ChapterOut, ExampleRights, ExemplarOut, PermissionRequest
from pennydrop_api.media.urls import rendition_url
from pennydrop_api.people.schemas import PersonRef
from pennydrop_api.videos.present import videos_out


def exemplar_out(session: Session, viewer: Viewer, exemplar: Exemplar) -> ExemplarOut:
    return exemplars_out(session, viewer, [exemplar])[0]


def exemplars_out(session: Session, viewer: Viewer, exemplars: Sequence[Exemplar]) -> list[ExemplarOut]:
    whole = {one.video_id: one.video for one in exemplars if one.clip is None}
    films = {film.id: film for film in videos_out(session, viewer, list(whole.values()))}
    parts = {one.clip_id: one.clip for one in exemplars if one.clip is not None}
    clips = {clip.id: clip for clip in clips_out(session, viewer, list(parts.values()))}
    return [
        ExemplarOut(
            id=one.id,
            step=StepName.of(one.step),
            title=one.title,
            state=one.state,
            permission=one.permission,
            shown=one.is_shown,
            owner=PersonRef.of(one.owner),
            proposed_by=PersonRef.of(one.proposed_by),
            proposed_at=one.created_at,
            published_by=PersonRef.of(one.published_by) if one.published_by else None,
            published_at=one.published_at,
            video=films[one.video_id] if one.clip is None else None,
            clip=clips[one.clip.id] if one.clip else None,
            duration_ms=length_ms(one),
            chapters=[_chapter(chapter) for chapter in chapters_of(one)],
            chapters_url=f"/api/v1/exemplars/{one.id}/chapters.vtt",
            rights=ExampleRights(**allowed),
        )
        for one, allowed in zip(exemplars, rights(session, viewer, exemplars), strict=True)
    ]


def requests_out(session: Session, viewer: Viewer) -> list[PermissionRequest]:
    """What others would like to show of the viewer, newest first."""
    if not is_asked(session, viewer):
        return []
    models = [
        PermissionRequest(
            kind="exemplar",
            id=one.id,
            by=PersonRef.of(one.proposed_by),
            at=one.created_at,
            title=one.title,
            shows=one.step.wording,
            video=one.video_id,
            clip=one.clip_id,
            poster=_poster(one.video),
        )
        for one in asked_of(session, viewer)
    ]
    words = [
        PermissionRequest(
            kind="term_example",
            id=one.id,
            by=PersonRef.of(one.proposed_by),
            at=one.created_at,
            title=one.clip.title,
            shows=one.term.name,
            video=one.clip.video_id,
            clip=one.clip_id,
            poster=_poster(one.clip.video),
        )
        for one in examples.asked_of(session, viewer)
    ]
    return sorted([*models, *words], key=lambda request: request.at, reverse=True)


def _chapter(chapter: Chapter) -> ChapterOut:
    criterion = chapter.row.criterion
    return ChapterOut(
        id=chapter.row.id,
        criterion=criterion.id,
        position=criterion.position,
        text=criterion.text,
        start_ms=chapter.start_ms,
        end_ms=chapter.end_ms,
        note=chapter.row.note,
    )


def _poster(video: Video) -> str | None:
    made = next((one for one in video.renditions if one.name == RenditionName.POSTER), None)
    return rendition_url(made) if made else None
