"""Moments as the contract shows them, with as few queries for many as for one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.moments.find import criterion_texts
from pennydrop.moments.models import Moment
from pennydrop_api.moments.schemas import MomentOut, ReplyOut
from pennydrop_api.people.schemas import PersonRef


def moment_out(session: Session, viewer: Viewer, moment: Moment) -> MomentOut:
    return moments_out(session, viewer, [moment])[0]


def moments_out(session: Session, viewer: Viewer, moments: Sequence[Moment]) -> list[MomentOut]:
    texts = criterion_texts(session, (moment.criterion_id for moment in moments))
    return [
        MomentOut(
            id=moment.id,
            video=moment.video_id,
            start_ms=moment.start_ms,
            end_ms=moment.end_ms,
            kind=moment.kind,
            text=moment.text,
            terms=moment.terms,
            criterion=moment.criterion_id,
            criterion_text=texts.get(moment.criterion_id or ""),
            drawing=moment.drawing,
            author=PersonRef.of(moment.author),
            credited_to=moment.credited_to,
            mine=moment.author_id == viewer.person_id,
            replies=[
                ReplyOut(
                    id=reply.id,
                    author=PersonRef.of(reply.author),
                    credited_to=reply.credited_to,
                    text=reply.text,
                    mine=reply.author_id == viewer.person_id,
                    created_at=reply.created_at,
                )
                for reply in moment.replies
            ],
            created_at=moment.created_at,
            updated_at=moment.updated_at,
        )
        for moment in moments
    ]
