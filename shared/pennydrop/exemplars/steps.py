"""Which steps a film is a model of: they are found by what is said in it, so it is indexed with them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.exemplars.models import Exemplar
from pennydrop.library.models import Step


def steps_shown_in(session: Session, video_id: str) -> list[Step]:
    """Return the steps of which this video, or a clip of it, is a model. Give them to `index_steps`."""
    ids = select(Exemplar.step_id).where(Exemplar.video_id == video_id)
    return list(session.scalars(select(Step).where(Step.id.in_(ids))).unique())
