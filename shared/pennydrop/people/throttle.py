"""Guessing passwords is made slow: failed log-ins are counted by person, by address and by both."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from pennydrop.clock import utcnow
from pennydrop.errors import TooManyRequests
from pennydrop.people.models import LoginFailure

WINDOW = timedelta(minutes=15)
# Somebody who tries her three passwords in capitals and not, and a password manager that insists.
PER_EMAIL_AND_ADDRESS = 10
# A whole school often shares one address; on the first day of term many mistype.
PER_ADDRESS = 100
# From many addresses at once: rare enough that a wait for the person herself is the smaller harm.
PER_EMAIL = 50
_KEPT = timedelta(days=1)


class TooManyLogins(TooManyRequests):
    def __init__(self) -> None:
        minutes = int(WINDOW.total_seconds() // 60)
        super().__init__(
            f"That was too many tries. Please wait {minutes} minutes and try again, "
            "or ask your school's Pennydrop administrator for a new link.",
            retry_after_s=int(WINDOW.total_seconds()),
        )


def check_may_try(session: Session, *, email: str, address: str) -> None:
    """Raises `TooManyLogins` when this person, from this address, has failed too often lately."""
    same_email, same_address = _email(email), LoginFailure.address == address
    limits: tuple[tuple[ColumnElement[bool], int], ...] = (
        (same_email & same_address, PER_EMAIL_AND_ADDRESS),
        (same_address, PER_ADDRESS),
        (same_email, PER_EMAIL),
    )
    since = utcnow() - WINDOW
    for condition, most in limits:
        failed = select(func.count()).select_from(LoginFailure).where(LoginFailure.at > since, condition)
        if (session.scalar(failed) or 0) >= most:
            raise TooManyLogins


def note_failure(session: Session, *, email: str, address: str) -> None:
    session.execute(delete(LoginFailure).where(LoginFailure.at < utcnow() - _KEPT))
    session.add(LoginFailure(email=_kept(email), address=address))
    session.flush()


def forget_failures(session: Session, *, email: str, address: str) -> None:
    """She is in: her own failures from this address no longer count."""
    session.execute(delete(LoginFailure).where(_email(email), LoginFailure.address == address))


def _email(email: str) -> ColumnElement[bool]:
    return LoginFailure.email == _kept(email)


def _kept(email: str) -> str:
    return email.strip().lower()[:320]
