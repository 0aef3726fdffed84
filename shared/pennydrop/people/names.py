"""Names and addresses as they are kept."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.errors import Conflict, Invalid
from pennydrop.people.models import Person

# Only what is surely wrong: whether a mailbox exists can't be read off its address.
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")


class EmailUnusable(Conflict):
    """It has an account: here, or where whoever asks may not know of it, so the sentence doesn't say."""

    def __init__(self, email: str) -> None:
        super().__init__(
            f"No new account can be made for {email}. Please look for her among the people of your schools; "
            "if she isn't there, use another address of hers or ask whoever looks after the server."
        )


class EmailInvalid(Invalid):
    def __init__(self, email: str) -> None:
        super().__init__(f"“{email}” doesn't look like an e-mail address. Please check it.")


class NameMissing(Invalid):
    def __init__(self) -> None:
        super().__init__("Please give a name.")


def tidy_name(name: str) -> str:
    """Return a name on one line, of at most 200 characters. Raises `NameMissing`."""
    kept = " ".join("".join(c if c.isprintable() else " " for c in name).split())[:200]
    if not kept:
        raise NameMissing
    return kept


def free_email(session: Session, email: str) -> str:
    """Return the address as it is kept, in lower case. Raises `EmailInvalid`, `EmailUnusable`."""
    kept = email.strip().lower()
    if not _ADDRESS.fullmatch(kept):
        raise EmailInvalid(email.strip()[:320])
    if session.scalar(select(Person.id).where(Person.email == kept)) is not None:
        raise EmailUnusable(kept)
    return kept
