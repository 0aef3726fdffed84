"""What ends with a pairing: the films of meetings that were shared because of it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from pennydrop.access.may_show_meeting import shares_without_reason
from pennydrop.access.viewer import Viewer
from pennydrop.clips.share import end_clip_share
from pennydrop.people.models import Pairing
from pennydrop.videos.models import Share
from pennydrop.videos.share import end_share


def unshare_films(session: Session, viewer: Viewer | None, pairing: Pairing) -> None:
    """End what the two of a pairing that has just ended were shown of meetings and may not watch any more."""
    for share in shares_without_reason(session, pairing):
        if isinstance(share, Share):
            end_share(session, viewer, share)
        else:
            end_clip_share(session, viewer, share)
