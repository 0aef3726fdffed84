"""Until when who sent a film may throw it away again: later it is its owner's alone to delete."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.clips.models import Clip
from pennydrop.clock import utcnow
from pennydrop.coaching.models import CriterionPlace, Evidence
from pennydrop.exemplars.models import Exemplar
from pennydrop.meetings.models import Meeting
from pennydrop.moments.models import Moment
from pennydrop.rounds.models import Round
from pennydrop.uploads.errors import FilmIsTheOwners, UploadArrived
from pennydrop.uploads.models import Upload
from pennydrop.videos.models import Caption, OwnWatch, Share, Video, Watch

# Long enough to look at a take and think about it.
WITHIN = timedelta(hours=1)


def may_take_back(session: Session, viewer: Viewer, upload: Upload, video: Video) -> None:
    """Throw away a film that has arrived: who sent it, within the hour, while nobody has begun to use it.

    Raises `UploadArrived`; `FilmIsTheOwners` where she sent it for somebody else.
    """
    late = upload.arrived_at + WITHIN < utcnow()
    if upload.person_id == viewer.person_id and not late and not _is_used(session, upload, video):
        return
    if viewer.person_id == video.owner_id:
        raise UploadArrived
    raise FilmIsTheOwners(video.owner.name)


def _is_used(session: Session, upload: Upload, video: Video) -> bool:
    """Whether something was made of it, or, sent for somebody else, anybody but its sender has watched it."""
    used = [select(column).where(column == video.id) for column in MADE_OF_IT]
    used.append(select(Round.id).where(Round.video_id == video.id, _NOTED))
    if upload.person_id != video.owner_id:
        used += [
            select(kind.id).where(kind.video_id == video.id, kind.person_id != upload.person_id)
            for kind in (Watch, OwnWatch)
        ]
    return bool(session.scalar(select(or_(*(one.exists() for one in used)))))


MADE_OF_IT = (
    Share.video_id,
    Caption.video_id,
    Moment.video_id,
    Clip.video_id,
    Evidence.video_id,
    CriterionPlace.video_id,
    Exemplar.video_id,
    Meeting.lesson_video_id,
    Meeting.model_video_id,
    Meeting.film_video_id,
)

_NOTED: ColumnElement[bool] = or_(
    Round.marks.any(), Round.feedback != "", Round.reflection != "", Round.is_best.is_(True)
)
"""A round begins with its film by itself; what somebody said of it doesn't."""
