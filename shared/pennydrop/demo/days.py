"""When things happened in the demo school: on school days, seen from today."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pennydrop.clock import utcnow

_SATURDAY = 5


def school_day(back: int, hour: int, minute: int, *, now: datetime | None = None) -> datetime:
    """Return a time on the school day that lies `back` school days ago; weekends are free."""
    day = (now or utcnow()).astimezone(UTC)
    while back > 0:
        day -= timedelta(days=1)
        if day.weekday() < _SATURDAY:
            back -= 1
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def coming_school_day(hour: int, minute: int, *, now: datetime | None = None) -> datetime:
    """Return a time on the next school day."""
    day = (now or utcnow()).astimezone(UTC) + timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)
