"""The arithmetic from what was measured to what so many people need. Pure, and tested."""

from __future__ import annotations

import math
from dataclasses import dataclass

from benchmarks.capacity.assumptions import GB, Assumptions, Scenario

HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Measured:
    """What one hour of film costs: measured on a shorter one and scaled."""

    receive_cpu_s_per_gb: float
    """The API, for a gigabyte that arrives."""
    look_cpu_s: float
    """The first look, until it can be watched."""
    copies_cpu_s: float
    """720p and 360p, each read back."""
    extras_cpu_s: float
    """Storyboard, waveform and map of speech."""
    proof_cpu_s: float
    """The sha256 of the stored bytes, at the source's bit rate as it was measured."""
    clip_cpu_s: float
    """One clip's own file."""
    request_cpu_s: float
    """One JSON answer."""
    copy_720p_bytes: float
    copy_360p_bytes: float
    beside_bytes: float
    """Storyboard, waveform, map of speech, frame table, virtual header and poster."""
    clip_bytes: float
    """One clip's own file."""


@dataclass(frozen=True, slots=True)
class HourOfFilm:
    """What one hour of a lesson costs, clips included."""

    cpu_s: float
    receive_cpu_s: float
    """Of it, the API's."""
    original_bytes: float
    copies_bytes: float
    clips_bytes: float
    served_bytes: float

    @property
    def stored_bytes(self) -> float:
        return self.original_bytes + self.copies_bytes + self.clips_bytes


@dataclass(frozen=True, slots=True)
class Needs:
    """What so many teaching assistants need."""

    film_hours_a_week: float
    cpu_hours_a_week: float
    transcoding_cores: float
    api_cores: float
    stored_bytes: float
    """Once everything is kept for as long as it is kept: without a second copy, and without a backup."""
    served_bytes_a_week: float
    arriving_mbit_s: float
    """In the busiest hour."""
    served_mbit_s: float
    machines: int


def hour_of_film(measured: Measured, assumed: Assumptions) -> HourOfFilm:
    lessons = 60 / assumed.lesson_minutes
    clips = lessons * assumed.clips_for_each_lesson
    clip_watching = clips * assumed.clip_watched * measured.clip_bytes
    original = assumed.source_mbit_s * 1e6 / 8 * HOUR_S
    receive_cpu_s = measured.receive_cpu_s_per_gb * original / GB
    return HourOfFilm(
        cpu_s=receive_cpu_s
        + measured.look_cpu_s
        + measured.copies_cpu_s
        + measured.extras_cpu_s
        + measured.proof_cpu_s
        + clips * measured.clip_cpu_s,
        receive_cpu_s=receive_cpu_s,
        original_bytes=original,
        copies_bytes=measured.copy_720p_bytes + measured.copy_360p_bytes + measured.beside_bytes,
        clips_bytes=clips * measured.clip_bytes,
        served_bytes=assumed.lesson_watched * measured.copy_720p_bytes + clip_watching,
    )


def needs(scenario: Scenario, measured: Measured, assumed: Assumptions) -> Needs:
    hour = hour_of_film(measured, assumed)
    lesson_hours = scenario.assistants * assumed.lessons_a_week * assumed.lesson_minutes / 60
    rehearsal_hours = scenario.assistants * assumed.rehearsal_minutes_a_week / 60
    # A rehearsal is a film like any other, without clips.
    clips_of_an_hour = 60 / assumed.lesson_minutes * assumed.clips_for_each_lesson
    rehearsal_cpu_s = hour.cpu_s - clips_of_an_hour * measured.clip_cpu_s
    cpu_s = lesson_hours * hour.cpu_s + rehearsal_hours * rehearsal_cpu_s
    film_hours = lesson_hours + rehearsal_hours
    stored_a_week = film_hours * (hour.original_bytes + hour.copies_bytes) + lesson_hours * hour.clips_bytes
    served = lesson_hours * hour.served_bytes
    served += rehearsal_hours * assumed.rehearsal_watched * measured.copy_720p_bytes
    transcoding = cpu_s * assumed.busiest_day / (assumed.ready_within_hours * HOUR_S * assumed.cores_used)
    people = scenario.assistants * assumed.people_for_each_assistant
    asked_a_s = people * assumed.active_in_busiest_hour * assumed.requests_a_minute / 60
    api = asked_a_s * measured.request_cpu_s / assumed.cores_used
    return Needs(
        film_hours_a_week=film_hours,
        cpu_hours_a_week=cpu_s / HOUR_S,
        transcoding_cores=transcoding,
        api_cores=api,
        stored_bytes=stored_a_week * assumed.school_weeks * assumed.years_kept,
        served_bytes_a_week=served,
        arriving_mbit_s=film_hours * hour.original_bytes * assumed.busiest_hour * 8 / HOUR_S / 1e6,
        served_mbit_s=served * assumed.busiest_hour * 8 / HOUR_S / 1e6,
        machines=math.ceil((transcoding + api) / assumed.machine_cores),
    )
