"""What is counted of a meeting: minutes of each phase, and rounds. Never a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pennydrop.meetings.models import Meeting, Phase
from pennydrop.rounds.models import Round, RoundKind
from pennydrop.videos.models import Video


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """One stretch of a phase. `end_ms` is None for the last one while nobody knows when the meeting ended."""

    phase: Phase
    start_ms: int
    end_ms: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    spans: Sequence[PhaseSpan]
    phase_ms: dict[Phase, int]
    """How long each phase took in all; a phase whose end isn't known yet is left out."""
    models: int
    rehearsals: int


def counts_of(session: Session, meeting: Meeting) -> Counts:
    """Return what is counted of a meeting."""
    spans = phase_spans([(one.phase, one.start_ms) for one in meeting.phases], _length_ms(session, meeting))
    phase_ms: dict[Phase, int] = {}
    for span in spans:
        if span.end_ms is not None:
            phase_ms[span.phase] = phase_ms.get(span.phase, 0) + span.end_ms - span.start_ms
    rows = session.execute(
        select(Round.kind, func.count()).where(Round.meeting_id == meeting.id).group_by(Round.kind)
    )
    rounds = {row[0]: row[1] for row in rows}
    return Counts(
        spans=spans,
        phase_ms=phase_ms,
        models=rounds.get(RoundKind.MODEL, 0),
        rehearsals=rounds.get(RoundKind.REHEARSAL, 0),
    )


def phase_spans(starts: Sequence[tuple[Phase, int]], length_ms: int | None) -> list[PhaseSpan]:
    """Return where phases begin and end: each at the next one's start, the last with the meeting."""
    ordered = sorted(starts, key=lambda one: one[1])
    ends: list[int | None] = [start_ms for _, start_ms in ordered[1:]]
    last = ordered[-1][1] if ordered else 0
    ends.append(length_ms if length_ms is not None and length_ms > last else None)
    return [
        PhaseSpan(phase, start_ms, end_ms)
        for (phase, start_ms), end_ms in zip(ordered, ends[: len(ordered)], strict=True)
    ]


def _length_ms(session: Session, meeting: Meeting) -> int | None:
    film = session.get(Video, meeting.film_video_id) if meeting.film_video_id else None
    if film is not None and film.duration_ms is not None:
        return film.duration_ms
    if meeting.started_at is None or meeting.ended_at is None:
        return None
    return round((meeting.ended_at - meeting.started_at).total_seconds() * 1000)
