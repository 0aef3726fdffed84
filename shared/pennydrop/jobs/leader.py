"""Leaders: one of many equal processes does what one is enough for, as long as it says that it lives.

Leadership only saves work. What a leader does is safe to be done by two at once, so nothing is checked
against it later: a leader that freezes, thaws and goes on beside its successor for a moment harms nobody.
"""

from __future__ import annotations

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pennydrop.db.types import db_now_ms
from pennydrop.jobs.models import Leader


def take(session: Session, what: str, *, holder: str, lease_ms: int) -> bool:
    """Lead `what` for `lease_ms`, by the database's clock, unless another process does; say whether we do.

    Never waits for anybody: where the leader froze in the middle of a transaction, the answer is no.
    """
    values = {"holder": holder, "until_ms": db_now_ms() + lease_ms}
    free = (
        select(Leader.what)
        .where(Leader.what == what, or_(Leader.holder == holder, Leader.until_ms <= db_now_ms()))
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    taken = session.execute(
        update(Leader).where(Leader.what == free).values(**values).returning(Leader.what),
        execution_options={"synchronize_session": False},
    ).first()
    if taken is not None:
        return True
    if session.scalar(select(Leader.what).where(Leader.what == what)) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(Leader(what=what, **values))
    except IntegrityError:
        return False  # somebody else was quicker
    return True


def resign(session: Session, *, holder: str) -> None:
    """Let go of whatever this process leads, so that another one needn't wait for its lease to run out."""
    session.execute(delete(Leader).where(Leader.holder == holder))
