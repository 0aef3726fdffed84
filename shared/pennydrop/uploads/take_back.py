"""Thrown away by who filmed it: a film that has just come is taken back while nothing was made of it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may_take_back import may_take_back
from pennydrop.access.viewer import Viewer
from pennydrop.care.erasures import note_erased
from pennydrop.care.models import Erased
from pennydrop.changes.feed import record as record_change
from pennydrop.rounds.models import Round
from pennydrop.uploads.models import Upload
from pennydrop.videos.delete import remove_video
from pennydrop.videos.models import Video


def take_back(session: Session, viewer: Viewer, upload: Upload) -> None:
    """Delete the film of an upload that has arrived, at the wish of who sent it.

    Raises what `may_take_back` raises.
    """
    video = session.get(Video, upload.video_id) if upload.video_id else None
    if video is None:
        return
    may_take_back(session, viewer, upload, video)
    empty_round(session, upload)
    remove_video(session, viewer, video)


def empty_round(session: Session, upload: Upload) -> None:
    """Take away the round that began with a film and holds nothing else; one that waited waits again."""
    began_with = select(Round).where(Round.video_id == upload.video_id, Round.created_at >= upload.created_at)
    for one in session.scalars(began_with):
        if not (one.marks or one.feedback or one.reflection):
            record_change(session, "round", one.id, person_id=one.action_step.coachee_id)
            session.delete(one)
            note_erased(session, Erased.ROUND, one.id)
    session.flush()
