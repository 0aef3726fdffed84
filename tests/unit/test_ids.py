import time
from datetime import UTC, datetime

from pennydrop.ids import ID_LENGTH, id_at, new_id


def test_ids_are_url_safe_and_of_one_length() -> None:
    made = new_id()
    assert len(made) == ID_LENGTH
    assert made.isalnum()
    assert made == made.lower()


def test_ids_made_later_sort_later() -> None:
    first = new_id()
    time.sleep(0.002)
    assert first < new_id()


def test_ids_made_at_once_differ() -> None:
    assert len({new_id() for _ in range(5000)}) == 5000


def test_ids_made_in_the_same_millisecond_sort_as_they_were_made() -> None:
    ids = [new_id() for _ in range(2_000)]
    assert ids == sorted(set(ids))


def test_an_id_of_an_earlier_day_sorts_before_todays() -> None:
    earlier = id_at(datetime(2026, 1, 2, tzinfo=UTC))
    assert len(earlier) == ID_LENGTH
    assert earlier < new_id()
