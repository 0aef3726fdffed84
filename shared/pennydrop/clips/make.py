"""Making a clip, changing it, deleting it. The film it comes from is never touched."""

from __future__ import annotations

from typing import TypedDict

from sqlalchemy.orm import Session

from pennydrop.access.may import may_change_clip, may_clip, may_delete_clip
from pennydrop.access.may_exemplars import may_retitle_clip
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.audit.record import record as record_audit
from pennydrop.care.erasures import note_erased
from pennydrop.care.models import Erased
from pennydrop.changes.feed import record as record_change
from pennydrop.clips.files import ask_for_file, let_files_go
from pennydrop.clips.models import Clip
from pennydrop.clips.share import end_shares_of_more
from pennydrop.clock import utcnow
from pennydrop.coaching.criteria import action_step_of, criterion_of, step_of_criterion
from pennydrop.db.hold import hold
from pennydrop.errors import Conflict, Invalid
from pennydrop.exemplars.decide import ask_again
from pennydrop.exemplars.steps import steps_shown_in
from pennydrop.jobs.cancel import cancel_for
from pennydrop.library.search import index_steps
from pennydrop.moments.models import Moment
from pennydrop.moments.snap import frame_table, snap_span
from pennydrop.storage import keys
from pennydrop.storage.later import forget_later
from pennydrop.storage.port import ObjectStore
from pennydrop.timeline import Span, SpanInvalid, spoken
from pennydrop.videos.change import clean_title
from pennydrop.videos.models import Video, VideoState

# Longer than any single thing to look at together; a clip is not a second copy of the lesson.
MAX_MS = 10 * 60_000


class VideoNotWatchable(Conflict):
    """A clip is wanted of a film that nobody can watch yet, or ever."""

    def __init__(self, video: Video) -> None:
        if video.state is VideoState.FAILED:
            super().__init__(f"“{video.title}” couldn't be prepared, so it can't be clipped.")
        else:
            super().__init__(f"“{video.title}” is still being prepared. You can clip it in a moment.")


class ClipChanges(TypedDict, total=False):
    """What may change about a clip; what isn't given stays."""

    start_ms: int
    end_ms: int
    title: str
    action_step: str | None
    criterion: str | None


def make_clip(
    session: Session,
    viewer: Viewer,
    *,
    store: ObjectStore,
    video_id: str,
    start_ms: int,
    end_ms: int,
    title: str = "",
    action_step: str | None = None,
    criterion: str | None = None,
    moment: str | None = None,
) -> Clip:
    """Make a clip of a span of a video, moved to the nearest frames: one frame at least, 10 minutes at most.

    It plays at once as a window on its video; its own file is asked for in the same transaction. A criterion
    without an action step brings its step along. Raises `Invalid`, `VideoNotWatchable`.
    """
    video = get_visible(session, viewer, Video, video_id)
    may_clip(session, viewer, video)
    if video.state not in (VideoState.WATCHABLE, VideoState.READY):
        raise VideoNotWatchable(video)
    span = _span(store, video, start_ms, end_ms)
    source = _moment_of(session, video, moment)
    clip = Clip(
        video_id=video.id,
        video=video,
        made_by_id=viewer.person_id,
        moment_id=source.id if source else None,
        title=_title(title, source, span),
        start_ms=span.start_ms,
        end_ms=span.end_ms,
    )
    _tie(session, clip, action_step, criterion)
    session.add(clip)
    session.flush()
    session.refresh(clip)
    ask_for_file(session, clip)
    record_change(session, "clip", clip.id, video_id=video.id, person_id=video.owner_id)
    return clip


def change_clip(
    session: Session, viewer: Viewer, clip_id: str, changes: ClipChanges, *, store: ObjectStore
) -> Clip:
    """Rename a clip, move its ends, tie it to another step.

    When its span moves, the file of the old span is let go at once: a clip's file never shows anything but
    the clip, and a new one is asked for. What its owner permitted ends where somebody else moves it: as an
    example in any case, to single people where it shows more than before. While she permits it as an example,
    its title is hers alone.
    """
    clip = get_visible(session, viewer, Clip, clip_id)
    may_change_clip(session, viewer, clip)
    if "start_ms" in changes or "end_ms" in changes:
        start_ms, end_ms = changes.get("start_ms", clip.start_ms), changes.get("end_ms", clip.end_ms)
        span = _span(store, clip.video, start_ms, end_ms)
        if span != clip.span:
            _move(session, viewer, clip, span)
    if "title" in changes and clean_title(changes["title"]) != clip.title:
        may_retitle_clip(session, viewer, clip)
        clip.title = clean_title(changes["title"])
    if "action_step" in changes or "criterion" in changes:
        action_step = changes.get("action_step", clip.action_step_id)
        moved = action_step != clip.action_step_id
        criterion = changes.get("criterion", None if moved else clip.criterion_id)
        _tie(session, clip, action_step, criterion)
    clip.updated_at = utcnow()
    session.flush()
    record_change(session, "clip", clip.id, video_id=clip.video_id, person_id=clip.video.owner_id)
    return clip


def delete_clip(session: Session, viewer: Viewer, clip_id: str) -> None:
    """Delete a clip and its file. The moment and the film it came from stay."""
    clip = get_visible(session, viewer, Clip, clip_id)
    may_delete_clip(session, viewer, clip)
    remove_clip(session, viewer, clip)


def remove_clip(session: Session, viewer: Viewer | None, clip: Clip) -> None:
    """Delete a clip as `delete_clip` does, where it was decided elsewhere that it has to go."""
    clip_id, owner_id, video_id = clip.id, clip.video.owner_id, clip.video_id
    cancel_for(session, subject_id=clip.id)
    record_audit(session, viewer, "clip.deleted", owner_id=owner_id, subject_id=clip.id, detail=clip.title)
    steps = steps_shown_in(session, video_id)
    session.delete(clip)
    session.flush()
    note_erased(session, Erased.CLIP, clip_id)
    index_steps(session, steps)
    forget_later(session, f"clip:{clip_id}", prefixes=[keys.of_clip(clip_id)])
    record_change(session, "clip", clip_id, video_id=video_id, person_id=owner_id)


def _span(store: ObjectStore, video: Video, start_ms: int, end_ms: int) -> Span:
    span = Span(start_ms, end_ms)
    if video.duration_ms is not None:
        span = span.within(video.duration_ms)
    span = snap_span(frame_table(store, video), span)
    if span.length_ms > MAX_MS:
        raise SpanInvalid(f"A clip can last {spoken(MAX_MS)} at most. Please bring its ends closer together.")
    return span


def _move(session: Session, viewer: Viewer, clip: Clip, span: Span) -> None:
    # In this order, and before anything else of the clip is written: a job that publishes its file holds its
    # own row and then the clip's. What it published while we waited has to go as well.
    cancel_for(session, subject_id=clip.id)
    hold(session, clip)
    before = clip.span
    let_files_go(session, clip)
    clip.start_ms, clip.end_ms = span.start_ms, span.end_ms
    clip.revision += 1
    session.flush()
    ask_for_file(session, clip)
    ask_again(session, viewer, clip)
    end_shares_of_more(session, viewer, clip, before=before)
    index_steps(session, steps_shown_in(session, clip.video_id))


def _tie(session: Session, clip: Clip, action_step: str | None, criterion: str | None) -> None:
    """Hang the clip on a step of the coachee's and on one of that step's criteria."""
    coachee_id = clip.video.owner_id
    if action_step is None and criterion is not None:
        criterion = criterion_of(session, coachee_id, criterion)
        action_step = step_of_criterion(session, criterion)
    clip.action_step_id = action_step_of(session, coachee_id, action_step)
    clip.criterion_id = criterion_of(session, coachee_id, criterion, action_step_id=action_step)


def _moment_of(session: Session, video: Video, moment_id: str | None) -> Moment | None:
    if moment_id is None:
        return None
    moment = session.get(Moment, moment_id)
    if moment is None or moment.video_id != video.id:
        raise Invalid("That moment isn't on this video any more.")
    return moment


def _title(title: str, moment: Moment | None, span: Span) -> str:
    """What was typed, else the moment's own first words, else where the clip is."""
    first_line = moment.text.split("\n")[0][:120] if moment else ""
    return clean_title(title.strip() or first_line.strip() or f"Clip at {spoken(span.start_ms)}")
