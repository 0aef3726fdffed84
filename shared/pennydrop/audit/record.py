"""Writing the record of what was done with somebody's material."""

from __future__ import annotations

from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.audit.models import AuditEntry


def record(
    session: Session,
    viewer: Viewer | None,
    action: str,
    *,
    owner_id: str | None,
    subject_id: str | None,
    detail: str = "",
) -> None:
    """Note in the same transaction that `viewer` (None: Pennydrop itself) did `action` to what is hers.

    `action` is `<area>.<what happened>`, for example `video.shared`; `detail` is what she reads beside it.
    """
    session.add(
        AuditEntry(
            person_id=viewer.person_id if viewer else None,
            owner_id=owner_id,
            action=action,
            subject_id=subject_id,
            detail=detail,
        )
    )
    session.flush()
