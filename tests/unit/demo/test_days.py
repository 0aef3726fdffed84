from datetime import UTC, datetime

from pennydrop.demo.days import coming_school_day, school_day

MONDAY = datetime(2026, 3, 9, 7, 30, tzinfo=UTC)


def test_the_school_day_before_monday_is_friday() -> None:
    assert school_day(1, 15, 30, now=MONDAY) == datetime(2026, 3, 6, 15, 30, tzinfo=UTC)


def test_five_school_days_are_a_week() -> None:
    assert school_day(5, 9, 0, now=MONDAY) == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_today_is_today() -> None:
    assert school_day(0, 8, 20, now=MONDAY).date() == MONDAY.date()


def test_after_friday_comes_monday() -> None:
    friday = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)
    assert coming_school_day(10, 40, now=friday) == datetime(2026, 3, 9, 10, 40, tzinfo=UTC)
