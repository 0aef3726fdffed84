"""What can go wrong, named as events. Each error carries a stable code and a sentence a person can act on.

HTTP status codes live in one table in the API (`pennydrop_api.errors`), never here.
"""

from __future__ import annotations

import re


class PennydropError(Exception):
    """The base of every error a person may meet.

    `detail` is a sentence for people; `code` is stable and for programs, the class name in snake_case
    unless a class sets its own.
    """

    code: str = "error"
    retry_after_s: int | None = None
    """After how long the same may work, where that is known."""
    present: str | None = None
    """What stands there now, where somebody else wrote at the same time."""

    def __init_subclass__(cls) -> None:
        if "code" not in cls.__dict__:
            cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Invalid(PennydropError):
    """What was sent can't be used as it is; the sentence says what to change."""


class NotSignedIn(PennydropError):
    """Nobody is signed in, or the session or token has ended."""

    def __init__(self, detail: str = "Please log in first.") -> None:
        super().__init__(detail)


class NotAllowed(PennydropError):
    """The person may see this, but may not do that with it."""


class NotFound(PennydropError):
    """It isn't there, or it doesn't exist for this person: the two are never told apart."""

    def __init__(
        self, detail: str = "We can't find that. It may have been removed, or it isn't shared with you."
    ) -> None:
        super().__init__(detail)


class Conflict(PennydropError):
    """It clashes with what is there now."""


class Gone(PennydropError):
    """It was there and has ended."""


class TooLarge(PennydropError):
    """More than this place takes."""


class NoRoom(PennydropError):
    """Disk or quota is full; what is there already is safe."""


class Unavailable(PennydropError):
    """Something Pennydrop depends on isn't answering; trying again later helps."""

    retry_after_s = 5


class TooManyRequests(PennydropError):
    """Too often in too short a time; `retry_after_s` says how long to wait."""

    def __init__(self, detail: str, *, retry_after_s: int) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s
