"""Clips as the contract shows them, with as few queries for many as for one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session, lazyload

from pennydrop.access.viewer import Viewer
from pennydrop.clips.find import Reach, reach
from pennydrop.clips.models import Clip
from pennydrop.coaching.models import ActionStep
from pennydrop.db.loaded import by_id
from pennydrop.exemplars.reach import ShownTo, clips_shown_to
from pennydrop.moments.find import criterion_texts
from pennydrop.videos.models import RenditionName
from pennydrop_api.clips.schemas import ClipFile, ClipOut, ClipPlayback, ClipRights
from pennydrop_api.media.urls import clip_file_url, clip_original_url, rendition_url
from pennydrop_api.people.schemas import PersonRef
from pennydrop_api.videos.present import playback


def clip_out(session: Session, viewer: Viewer, clip: Clip) -> ClipOut:
    return clips_out(session, viewer, [clip])[0]


def clips_out(session: Session, viewer: Viewer, clips: Sequence[Clip]) -> list[ClipOut]:
    around = reach(session, viewer, clips)
    texts = criterion_texts(session, (clip.criterion_id for clip in clips))
    steps = by_id(
        session, ActionStep, {clip.action_step_id for clip in clips if clip.action_step_id}, lazyload("*")
    )
    wordings = {step_id: step.wording for step_id, step in steps.items()}
    shown = clips_shown_to(session, [clip.id for clip in clips])
    return [_out(viewer, clip, around[clip.id], shown[clip.id], wordings, texts) for clip in clips]


def _out(
    viewer: Viewer,
    clip: Clip,
    seen: Reach,
    shown_to: ShownTo,
    wordings: dict[str, str],
    texts: dict[str, str],
) -> ClipOut:
    video = clip.video
    poster = next((one for one in video.renditions if one.name == RenditionName.POSTER), None)
    mine = video.owner_id == viewer.person_id
    action_step, criterion = (clip.action_step_id, clip.criterion_id) if seen.working else (None, None)
    return ClipOut(
        id=clip.id,
        video=video.id if seen.whole_video else None,
        video_title=video.title if seen.whole_video else None,
        owner=PersonRef.of(video.owner),
        made_by=PersonRef.of(clip.made_by),
        start_ms=clip.start_ms,
        end_ms=clip.end_ms,
        title=clip.title,
        action_step=action_step,
        action_step_wording=wordings.get(action_step or ""),
        criterion=criterion,
        criterion_text=texts.get(criterion or ""),
        moment=clip.moment_id if seen.working else None,
        playback=_playback(clip, seen),
        file=ClipFile(
            state=clip.file_state, url=clip_file_url(clip), size=clip.file_size, failure=clip.file_failure
        ),
        original=_original(clip) if seen.whole_video else None,
        poster=rendition_url(poster) if poster and seen.whole_video else None,
        audience=[PersonRef.of(person) for person in seen.audience],
        shared=seen.shared,
        shown_to=shown_to,
        rights=ClipRights(
            change=seen.working,
            delete=mine or (seen.working and clip.made_by_id == viewer.person_id),
            share=mine,
        ),
        created_at=clip.created_at,
        updated_at=clip.updated_at,
    )


def _original(clip: Clip) -> ClipFile | None:
    made = clip.original
    if made is None:
        return None
    return ClipFile(state=made.state, url=clip_original_url(clip), size=made.size, failure=made.failure)


def _playback(clip: Clip, seen: Reach) -> ClipPlayback:
    if not seen.whole_video:
        length = clip.end_ms - clip.start_ms
        return ClipPlayback(hls=None, mp4=clip_file_url(clip), start_ms=0, end_ms=length)
    window = playback(clip.video)
    return ClipPlayback(hls=window.hls, mp4=window.mp4, start_ms=clip.start_ms, end_ms=clip.end_ms)
