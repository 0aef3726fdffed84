"""Saying that something happened to an example: to its owner's record, and to the screens that show it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.audit.record import record as record_audit
from pennydrop.changes.feed import record as record_change
from pennydrop.exemplars.models import Exemplar
from pennydrop.library.search import index_steps
from pennydrop.terms.models import TermExample


def tell(
    session: Session, viewer: Viewer, example: Exemplar | TermExample, what: str, *, was_shown: bool = False
) -> None:
    """Note `what` was done, in the transaction that does it; `was_shown` says what held before.

    Those who lose sight of the example can't be told by its own name, so the step or term it stood for
    changes as well: their page asks again and finds it gone. Of what nobody was shown they hear nothing.
    """
    session.flush()
    session.refresh(example)
    kind = example.__tablename__.removesuffix("s")
    record_audit(
        session,
        viewer,
        f"{kind}.{what}",
        owner_id=example.owner_id,
        subject_id=example.id,
        detail=_line(example),
    )
    video_id = example.video_id if isinstance(example, Exemplar) else example.clip.video_id
    record_change(session, kind, example.id, video_id=video_id, person_id=example.owner_id)
    if isinstance(example, Exemplar):
        record_change(session, "video", video_id, video_id=video_id)
    if was_shown or example.is_shown:
        _tell_everybody(session, example)


def _tell_everybody(session: Session, example: Exemplar | TermExample) -> None:
    if isinstance(example, Exemplar):
        index_steps(session, [example.step])
        record_change(session, "step", example.step_id)
    else:
        record_change(session, "term", example.term_id)


def _line(example: Exemplar | TermExample) -> str:
    if isinstance(example, Exemplar):
        return f"{example.title}: {example.step.wording}"
    return f"{example.clip.title}: {example.term.name}"
