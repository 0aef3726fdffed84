"""Passwords: argon2id, one sentence for every wrong answer, the same wait whoever was asked for."""

from __future__ import annotations

import threading
from functools import lru_cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.errors import Invalid, NotSignedIn
from pennydrop.people.models import Person

SHORTEST = 10
# A longer one only keeps the hash busy.
LONGEST = 200

# One of OWASP's equal choices for argon2id, the one that takes little memory: a whole staff room that logs in
# at once still fits into a small machine.
_HASHER = PasswordHasher(time_cost=3, memory_cost=12 * 1024, parallelism=1, type=Type.ID)
_AT_ONCE = threading.BoundedSemaphore(2)


class WrongPassword(NotSignedIn):
    def __init__(self) -> None:
        super().__init__("That e-mail and password don't go together. Please check both and try again.")


class PasswordTooWeak(Invalid):
    """The new password is too easy to guess; the sentence says why."""


def hash_password(password: str) -> str:
    with _AT_ONCE:
        return _HASHER.hash(password)


def check_strength(password: str, *, email: str) -> None:
    """Refuse what is quickly guessed. Raises `PasswordTooWeak`."""
    if len(password) < SHORTEST:
        raise PasswordTooWeak(
            f"Please choose a password of at least {SHORTEST} characters. Three words in a row work well."
        )
    if len(password) > LONGEST:
        raise PasswordTooWeak(f"Please choose a password of at most {LONGEST} characters.")
    if len(set(password)) < 5:
        raise PasswordTooWeak("That password repeats itself too much. Three words in a row work well.")
    if email.partition("@")[0].lower() in password.lower() and len(email.partition("@")[0]) > 3:
        raise PasswordTooWeak("Please choose a password that doesn't contain your e-mail name.")


def person_by_password(session: Session, *, email: str, password: str) -> Person:
    """Return who this is. Raises `WrongPassword`, after the same time whatever was wrong.

    It takes tens of milliseconds, so it must run outside a transaction that writes.
    """
    person = session.scalar(select(Person).where(Person.email == email.strip().lower()))
    known = person is not None and person.password_hash is not None and person.disabled_at is None
    kept = person.password_hash if person is not None and known else None
    right = matches(password, kept or _nobodys_hash())
    if person is None or not known or not right:
        raise WrongPassword
    return person


def matches(password: str, kept: str) -> bool:
    if len(password) > LONGEST:
        return False
    with _AT_ONCE:
        try:
            return _HASHER.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return hash_password("nobody has this password")
