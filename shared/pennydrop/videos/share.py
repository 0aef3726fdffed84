"""Sharing: an owner lets somebody watch one video, sees who did, and takes it back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may import may_share_video, may_share_with
from pennydrop.access.may_show_meeting import may_hide_meeting, may_show_meeting
from pennydrop.access.viewer import Viewer
from pennydrop.audit.record import record as record_audit
from pennydrop.care.erasures import note_erased
from pennydrop.care.models import Erased
from pennydrop.changes.feed import record as record_change
from pennydrop.errors import NotFound
from pennydrop.videos.find import get_video
from pennydrop.videos.models import Share, Video, Watch


def share_video(session: Session, viewer: Viewer, video_id: str, *, person_id: str) -> Share:
    """Let a person of the owner's organisation watch the video. Sharing twice changes nothing.

    Raises `StaysBetweenTheTwo` for the film of a meeting.
    """
    video = get_video(session, viewer, video_id)
    may_share_video(session, viewer, video)
    person = may_share_with(session, viewer, person_id)
    may_show_meeting(session, video, person)
    share = session.scalar(select(Share).where(Share.video_id == video.id, Share.person_id == person.id))
    if share is None:
        share = Share(video_id=video.id, person_id=person.id)
        session.add(share)
        session.flush()
        record_audit(
            session, viewer, "video.shared", owner_id=video.owner_id, subject_id=video.id, detail=person.name
        )
        record_change(session, "video", video.id, video_id=video.id)
    return share


def list_shares(session: Session, viewer: Viewer, video_id: str) -> Sequence[Share]:
    """Return whom the owner let watch, in the order she did."""
    video = get_video(session, viewer, video_id)
    may_share_video(session, viewer, video)
    return session.scalars(select(Share).where(Share.video_id == video.id).order_by(Share.id)).all()


def withdraw_share(session: Session, viewer: Viewer, video_id: str, *, person_id: str) -> None:
    """Take a share back: from the next request on that person doesn't find the video.

    Raises `ShowsHerToo` for one of the two in the film of a meeting.
    """
    video = get_video(session, viewer, video_id)
    may_share_video(session, viewer, video)
    share = session.scalar(select(Share).where(Share.video_id == video.id, Share.person_id == person_id))
    if share is None:
        raise NotFound("This video isn't shared with that person.")
    may_hide_meeting(session, video, share.person)
    end_share(session, viewer, share)


def end_share(session: Session, viewer: Viewer | None, share: Share) -> None:
    """End a share as `withdraw_share` does, where it was decided elsewhere that it has to end."""
    video = session.get_one(Video, share.video_id)
    record_audit(
        session,
        viewer,
        "video.unshared",
        owner_id=video.owner_id,
        subject_id=video.id,
        detail=share.person.name,
    )
    session.delete(share)
    session.flush()
    note_erased(session, Erased.SHARE, share.id)
    record_change(session, "video", video.id, video_id=video.id)


def list_watches(session: Session, viewer: Viewer, video_id: str) -> Sequence[Watch]:
    """Return who watched the owner's video and when, newest first: for her eyes only."""
    video = get_video(session, viewer, video_id)
    may_share_video(session, viewer, video)
    return session.scalars(
        select(Watch).where(Watch.video_id == video.id).order_by(Watch.started_at.desc()).limit(200)
    ).all()
