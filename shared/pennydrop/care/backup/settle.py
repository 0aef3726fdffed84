"""What of a backup doesn't hold any more once it is restored: what lived on a machine, and who was let in."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from pennydrop.chunks.done import begin_again
from pennydrop.clock import utcnow
from pennydrop.people.models import Invitation, LoginSession, PersonalToken
from pennydrop.uploads.models import JoinLink, Upload, UploadState
from pennydrop.videos.models import RenditionName, Video, VideoState

_PLAYS = {RenditionName.VIRTUAL, RenditionName.REMUX, RenditionName.P720, RenditionName.P360}


def settle(session: Session) -> None:
    """Take leave of what only lived on the machine that is gone, and let nobody in by what she was given."""
    _end_log_ins(session)
    # The bytes of unfinished uploads are no part of a backup: those begin anew when their phones come back.
    session.execute(update(Upload).where(Upload.state == UploadState.OPEN).values(offset=0))
    begin_again(session)
    for video in session.query(Video).filter(Video.live_key.is_not(None)):
        video.live_key = None
        if video.state is VideoState.WATCHABLE and not any(one.name in _PLAYS for one in video.renditions):
            video.state = VideoState.PROCESSING
    session.flush()


def _end_log_ins(session: Session) -> None:
    """Log everybody out; end tokens, codes and links to set a password.

    Which of them were ended since the backup is known nowhere, so that all do.
    """
    now = utcnow()
    session.execute(delete(LoginSession))
    session.execute(delete(JoinLink))
    session.execute(update(PersonalToken).where(PersonalToken.revoked_at.is_(None)).values(revoked_at=now))
    session.execute(update(Invitation).where(Invitation.used_at.is_(None)).values(used_at=now))
