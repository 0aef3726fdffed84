"""Films that a phone sends by a link: whose they are and what they are of is settled by the link alone."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from pennydrop.rounds.arriving import take_arrives
from pennydrop.uploads.errors import UploadMetadataInvalid
from pennydrop.uploads.join_link import begin_film
from pennydrop.uploads.metadata import FilmDetails
from pennydrop.uploads.models import JoinedUpload, JoinLink, Upload
from pennydrop.videos.models import Purpose, Video


def by_link(session: Session, link: JoinLink, details: FilmDetails) -> FilmDetails:
    """Return the details as the link has them. Raises `UploadMetadataInvalid` where the phone says otherwise.

    Also raises `JoinLinkEnded` and `TooManyFilms`.
    """
    begin_film(session, link)
    step_id, owner_id = link.action_step_id, link.action_step.coachee_id
    elsewhere = (details.owner or owner_id) != owner_id or (details.action_step or step_id) != step_id
    if elsewhere or details.round is not None or details.purpose not in (Purpose.REHEARSAL, Purpose.LESSON):
        raise UploadMetadataInvalid(
            "This code is for rehearsals of one step. Please log in to send other films."
        )
    # A phone that says nothing of the purpose is taken to mean the only one there is.
    return replace(details, owner=owner_id, action_step=step_id, purpose=Purpose.REHEARSAL)


def note_film(session: Session, link: JoinLink, upload: Upload, video: Video) -> None:
    """Let the phone go on with this upload, and let the film be a round of the step."""
    session.add(JoinedUpload(upload_id=upload.id, join_link_id=link.id))
    session.flush()
    take_arrives(session, link.action_step, link.meeting_id, video, by=link.made_by_id)
