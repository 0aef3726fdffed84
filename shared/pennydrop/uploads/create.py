"""Beginning an upload: the film gets its row, its owner and its room before the first byte."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may import may_film_for
from pennydrop.access.viewer import Viewer
from pennydrop.changes.feed import record as record_change
from pennydrop.clock import utcnow
from pennydrop.coaching.models import ActionStep
from pennydrop.rounds.arriving import film_arrives, take_arrives
from pennydrop.uploads.errors import UploadMetadataInvalid
from pennydrop.uploads.joined import by_link, note_film
from pennydrop.uploads.metadata import read_details
from pennydrop.uploads.models import KEPT_UNFINISHED, JoinLink, Upload
from pennydrop.uploads.room import Limits, check_size, room_for
from pennydrop.videos.models import Purpose, Video


def create_upload(
    session: Session,
    viewer: Viewer,
    *,
    length: int | None,
    metadata: str,
    limits: Limits,
    free_bytes: int | None,
) -> Upload:
    """Make the upload and the video it will become, and reserve its room.

    `length` is None where the client will say it later; then room is taken as bytes come. Raises
    `UploadMetadataInvalid`, `FilmTooLarge`, `QuotaFull` or `DiskFull`; `NotAllowed` or `NotFound` where she
    may not film for that owner.
    """
    details = read_details(metadata)
    check_size(length or 0, limits)
    link = session.get(JoinLink, viewer.join_link_id) if viewer.join_link_id else None
    if link is not None:
        details = by_link(session, link, details)
        owner_id = link.action_step.coachee_id
    else:
        owner_id = viewer.person_id if details.owner in (None, "me") else str(details.owner)
        may_film_for(session, viewer, owner_id)
        _check_action_step(session, details.action_step, owner_id)
    room_for(session, owner_id, limits, free_bytes).check(length or 0)
    video = Video(
        owner_id=owner_id,
        filmed_by_id=viewer.person_id,
        action_step_id=details.action_step,
        purpose=details.purpose,
        title=details.title,
        filename=details.filename,
        recorded_at=details.recorded_at,
    )
    session.add(video)
    session.flush()
    upload = Upload(
        person_id=viewer.person_id,
        owner_id=owner_id,
        video_id=video.id,
        length=length,
        reserved=length or 0,
        upload_metadata=metadata,
        expires_at=utcnow() + KEPT_UNFINISHED,
    )
    session.add(upload)
    session.flush()
    if link is not None:
        note_film(session, link, upload, video)
    elif details.round is not None:
        film_arrives(session, viewer, details.round, video)
    elif video.action_step_id is not None and video.purpose is Purpose.REHEARSAL:
        # Each go at a step is a round of it, whether or not the page that filmed it lives to say so.
        take_arrives(
            session, session.get_one(ActionStep, video.action_step_id), None, video, by=viewer.person_id
        )
    record_change(session, "video", video.id, video_id=video.id)
    return upload


def _check_action_step(session: Session, action_step_id: str | None, owner_id: str) -> None:
    if action_step_id is None:
        return
    found = select(ActionStep.id).where(ActionStep.id == action_step_id, ActionStep.coachee_id == owner_id)
    if session.scalar(found) is None:
        raise UploadMetadataInvalid("That action step doesn't belong to whoever this film is for.")
