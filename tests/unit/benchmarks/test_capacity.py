"""The capacity page: its arithmetic, and that it says what was measured and assumed last."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.capacity.assumptions import Assumptions, Scenario
from benchmarks.capacity.measure import Run
from benchmarks.capacity.needs import Measured, hour_of_film, needs
from benchmarks.capacity.page import PAGE, data, speed, written

# Figures that can be multiplied in one's head.
MEASURED = Measured(
    receive_cpu_s_per_gb=1,
    look_cpu_s=1,
    copies_cpu_s=1000,
    extras_cpu_s=10,
    proof_cpu_s=5,
    clip_cpu_s=2,
    request_cpu_s=0.01,
    copy_720p_bytes=1e9,
    copy_360p_bytes=0.2e9,
    beside_bytes=0.1e9,
    clip_bytes=10e6,
)
ASSUMED = Assumptions(
    lessons_a_week=1,
    lesson_minutes=60,
    rehearsal_minutes_a_week=0,
    source_mbit_s=8e9 * 8 / 3600 / 1e6,  # eight gigabytes an hour
    clips_for_each_lesson=2,
    lesson_watched=3,
    clip_watched=5,
    school_weeks=40,
    years_kept=1,
    busiest_day=0.5,
    busiest_hour=0.25,
    ready_within_hours=10,
    cores_used=0.5,
    active_in_busiest_hour=0.5,
    requests_a_minute=6,
    people_for_each_assistant=2,
    machine_cores=4,
)


def test_an_hour_of_film_costs_the_sum_of_what_is_done_to_it() -> None:
    hour = hour_of_film(MEASURED, ASSUMED)
    assert hour.cpu_s == pytest.approx(8 + 1 + 1000 + 10 + 5 + 2 * 2)
    assert hour.stored_bytes == pytest.approx(8e9 + 1.3e9 + 2 * 10e6)
    assert hour.served_bytes == pytest.approx(3 * 1e9 + 2 * 5 * 10e6)


def test_what_a_hundred_people_need() -> None:
    found = needs(Scenario("a hundred", 100), MEASURED, ASSUMED)
    assert found.film_hours_a_week == 100
    assert found.cpu_hours_a_week == pytest.approx(100 * 1028 / 3600)
    # Half of the week's work, within ten hours, on cores that are half used.
    assert found.transcoding_cores == pytest.approx(100 * 1028 * 0.5 / 36_000 / 0.5)
    # 200 people, half of them there, six requests a minute: ten a second, a hundredth of a core each.
    assert found.api_cores == pytest.approx(10 * 0.01 / 0.5)
    assert found.stored_bytes == pytest.approx(40 * 100 * 9.32e9)
    assert found.served_bytes_a_week == pytest.approx(100 * 3.1e9)
    assert found.arriving_mbit_s == pytest.approx(100 * 8e9 * 0.25 * 8 / 3600 / 1e6)
    assert found.served_mbit_s == pytest.approx(100 * 3.1e9 * 0.25 * 8 / 3600 / 1e6)
    assert found.machines == 1


def test_rehearsals_are_films_without_clips() -> None:
    assumed = replace(ASSUMED, lessons_a_week=0, rehearsal_minutes_a_week=30, rehearsal_watched=2)
    found = needs(Scenario("ten", 10), MEASURED, assumed)
    assert found.film_hours_a_week == 5
    assert found.cpu_hours_a_week == pytest.approx(5 * 1024 / 3600)
    assert found.stored_bytes == pytest.approx(40 * 5 * 9.3e9)
    assert found.served_bytes_a_week == pytest.approx(5 * 2 * 1e9)


def test_twice_as_many_people_need_twice_as_much() -> None:
    one, two = (needs(Scenario("", number), MEASURED, ASSUMED) for number in (500, 1000))
    assert two.transcoding_cores == pytest.approx(2 * one.transcoding_cores)
    assert two.stored_bytes == pytest.approx(2 * one.stored_bytes)
    assert (one.machines, two.machines) == (4, 8)


def test_the_page_says_what_was_measured_and_assumed_last() -> None:
    page = PAGE.read_text()
    assert written(page, Run.kept(), Assumptions()) == page, "type: python -m benchmarks.capacity --page"


def test_the_page_would_change_with_what_was_measured() -> None:
    run, page = Run.kept(), PAGE.read_text()
    dearer = replace(run, measured=replace(run.measured, copies_cpu_s=2 * run.measured.copies_cpu_s))
    assert written(page, dearer, Assumptions()) != page
    with pytest.raises(ValueError, match="no place for the table"):
        written("# Capacity", run, Assumptions())


def test_sizes_are_written_as_people_read_them() -> None:
    assert [data(size) for size in (5_000, 4.3e9, 86.7e12, 39.8e15)] == [
        "5 KB",
        "4.3 GB",
        "86.7 TB",
        "39.8 PB",
    ]
    assert [speed(one) for one in (27.5, 1500.0)] == ["27.5 Mbit/s", "1.5 Gbit/s"]
