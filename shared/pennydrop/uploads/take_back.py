"""Thrown away by who filmed it: a film that has just come is taken back while nothing was made of it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.changes.feed import record as record_change
from pennydrop.clips.models import Clip
from pennydrop.clock import utcnow
from pennydrop.coaching.models import Evidence
from pennydrop.moments.models import Moment
from pennydrop.rounds.models import Round
from pennydrop.uploads.create import KEPT_UNFINISHED
from pennydrop.uploads.errors import UploadArrived
from pennydrop.uploads.models import Upload, UploadState
from pennydrop.videos.delete import remove_video
from pennydrop.videos.models import Video

# Long enough to look at a take and think about it; later the film is its owner's alone to delete.
WITHIN = timedelta(hours=1)


def take_back(session: Session, viewer: Viewer, upload: Upload) -> None:
    """Delete the film of an upload that has arrived, at the wish of who sent it.

    Raises `UploadArrived` where it is too late, or somebody has begun to work with it.
    """
    video = session.get(Video, upload.video_id) if upload.video_id else None
    arrived = upload.expires_at - KEPT_UNFINISHED
    if upload.person_id != viewer.person_id or arrived + WITHIN < utcnow():
        raise UploadArrived
    if video is None:
        return
    if _is_worked_with(session, video.id):
        raise UploadArrived
    empty_round(session, upload)
    upload.state = UploadState.TERMINATED
    remove_video(session, viewer, video)


def empty_round(session: Session, upload: Upload) -> None:
    """Take away the round that began with a film and holds nothing else; one that waited waits again."""
    began_with = select(Round).where(Round.video_id == upload.video_id, Round.created_at >= upload.created_at)
    for one in session.scalars(began_with):
        if not (one.marks or one.feedback or one.reflection):
            record_change(session, "round", one.id, person_id=one.action_step.coachee_id)
            session.delete(one)
    session.flush()


def _is_worked_with(session: Session, video_id: str) -> bool:
    noted = Round.marks.any() | (Round.feedback != "") | (Round.reflection != "")
    return bool(
        session.scalar(
            select(
                or_(
                    select(Moment.id).where(Moment.video_id == video_id).exists(),
                    select(Clip.id).where(Clip.video_id == video_id).exists(),
                    select(Evidence.id).where(Evidence.video_id == video_id).exists(),
                    select(Round.id).where(Round.video_id == video_id, noted).exists(),
                )
            )
        )
    )
