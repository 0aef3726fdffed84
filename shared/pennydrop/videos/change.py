"""Changing what a video is called and what it is of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from pennydrop.access.may import may_change_video
from pennydrop.access.may_exemplars import may_retitle_video
from pennydrop.access.may_show_meeting import may_change_purpose
from pennydrop.access.viewer import Viewer
from pennydrop.changes.feed import record as record_change
from pennydrop.errors import Invalid
from pennydrop.videos.find import get_video
from pennydrop.videos.models import Purpose, Video

TITLE_LENGTH = 200


def clean_title(title: str) -> str:
    """Return a title fit to keep: one line without control characters. Raises `Invalid`."""
    cleaned = " ".join("".join(c if c.isprintable() else " " for c in title).split())
    if not cleaned:
        raise Invalid("Please give it a title.")
    if len(cleaned) > TITLE_LENGTH:
        raise Invalid(f"That title is too long. Please keep it under {TITLE_LENGTH} characters.")
    return cleaned


def change_video(
    session: Session,
    viewer: Viewer,
    video_id: str,
    *,
    title: str | None = None,
    purpose: Purpose | None = None,
    recorded_at: datetime | None = None,
) -> Video:
    """Change what is given; leave the rest. Only the owner and her active coach may.

    The title of a film that she permits as a model is hers alone. Raises `StaysAMeeting` where the film of a
    meeting is to become another kind.
    """
    video = get_video(session, viewer, video_id)
    may_change_video(session, viewer, video)
    if title is not None and clean_title(title) != video.title:
        may_retitle_video(session, viewer, video)
        video.title = clean_title(title)
    if purpose is not None:
        may_change_purpose(viewer, video, purpose)
        video.purpose = purpose
    if recorded_at is not None:
        video.recorded_at = recorded_at
    session.flush()
    record_change(session, "video", video.id, video_id=video.id)
    return video
