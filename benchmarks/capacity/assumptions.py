"""What `docs/capacity.md` assumes: each number once, with what it means. Change one, then run
`python -m benchmarks.capacity --page`."""

from __future__ import annotations

from dataclasses import dataclass

GB = 1e9


@dataclass(frozen=True, slots=True)
class Assumptions:
    """How people work with Pennydrop. Nobody has counted these yet: they are meant to be on the high side."""

    lessons_a_week: float = 0.5
    """Lessons that each teaching assistant has filmed in a week: one a fortnight."""
    lesson_minutes: float = 45
    rehearsal_minutes_a_week: float = 10
    """Rehearsals that each films in a week."""
    source_mbit_s: float = 12.7
    """What a phone writes at 1080p with 30 frames a second."""
    clips_for_each_lesson: float = 3
    clip_seconds: float = 20
    lesson_watched: float = 2
    """How often a lesson is watched whole: once by the coach, once by the coachee."""
    clip_watched: float = 6
    """How often a clip is watched: in the meeting, then alone."""
    rehearsal_watched: float = 2

    school_weeks: float = 38
    years_kept: float = 1
    """How long films stay before they are deleted."""

    busiest_day: float = 0.4
    """Part of a week's films that come in on its busiest day."""
    busiest_hour: float = 0.2
    """Part of a week's films that come in, and of its watching that happens, within its busiest hour."""
    ready_within_hours: float = 12
    """By the next morning the copies of the busiest day's films are made; they can be watched before."""
    cores_used: float = 0.6
    """How much of its cores a machine may use on average and still answer at once."""
    active_in_busiest_hour: float = 0.25
    """Part of all people who are at their screens at once."""
    requests_a_minute: float = 10
    """What a screen asks for while somebody works at it."""
    people_for_each_assistant: float = 1.3
    """Teaching assistants, and coaches, leads and administrators beside them."""
    machine_cores: int = 16


@dataclass(frozen=True, slots=True)
class Scenario:
    name: str
    assistants: int


SCENARIOS = (
    Scenario("a school", 20),
    Scenario("a trust of 30 schools", 600),
    Scenario("all of England", 275_812),
)
"""The last: every teaching assistant in England's state schools, by the school workforce census."""
