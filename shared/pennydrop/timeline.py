"""Time on a video: whole milliseconds in half-open spans. Time 0 is the first frame shown."""

from __future__ import annotations

from dataclasses import dataclass

from pennydrop.errors import Invalid


class SpanInvalid(Invalid):
    """The start and end of a span don't describe a stretch of film."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch [start_ms, end_ms) of one video's timeline, in whole milliseconds.

    Raises `SpanInvalid` when it starts before 0 or doesn't end after its start.
    """

    start_ms: int
    end_ms: int

    def __post_init__(self) -> None:
        if self.start_ms < 0:
            raise SpanInvalid("A span can't start before the film does.")
        if self.end_ms <= self.start_ms:
            raise SpanInvalid("The end must come after the start.")

    @property
    def length_ms(self) -> int:
        return self.end_ms - self.start_ms

    def contains(self, ms: int) -> bool:
        return self.start_ms <= ms < self.end_ms

    def is_part_of(self, other: Span) -> bool:
        return other.start_ms <= self.start_ms and self.end_ms <= other.end_ms

    def within(self, duration_ms: int) -> Span:
        """Return the part of this span on a film of `duration_ms`.

        Raises `SpanInvalid` when it starts after the film's end.
        """
        if self.start_ms >= duration_ms:
            raise SpanInvalid(f"That is past the end of the film, which is {spoken(duration_ms)} long.")
        return Span(self.start_ms, min(self.end_ms, duration_ms))


def spoken(ms: int) -> str:
    """Say a duration as people do: `45 s`, `2 min 05 s`, `1 h 02 min`."""
    seconds = ms // 1000
    if seconds < 60:
        return f"{seconds} s"
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes} min {seconds:02d} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min"
