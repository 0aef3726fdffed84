"""How long the ledger waits for what, in one place, so that tests can be quick."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timings:
    """The defaults are DESIGN's; all in seconds."""

    lease: float = 30
    """A worker that says nothing for so long has lost its job."""
    heartbeat: float = 5
    """Six beats to a lease: a busy disk may swallow some."""
    leader: float = 10
    """A leader that says nothing for so long is followed by another process of its service."""
    idle_look: float = 5
    reconcile: float = 10
    nudge_again: float = 30
    """A job queued for so long is announced once more."""
    retries: tuple[float, ...] = (5, 30, 120)
    """The wait after the first, second, third failed attempt."""
    away_first: float = 5
    """The first wait for something that is away. Later ones are a quarter of how long it has been away."""
    away_most: float = 7 * 24 * 3600
    """A job waits no longer than an unfinished upload does."""
    stop: float = 8
    """A stopping service gives its handlers so long to let go. The supervisor kills after 10."""

    stuck: float = 60
    """A handler that was told to stop and didn't in this time never will: its service starts anew."""

    @property
    def lease_ms(self) -> int:
        return round(self.lease * 1000)

    @property
    def leader_ms(self) -> int:
        return round(self.leader * 1000)

    def away_ms(self, away_for_ms: int, longest_s: float) -> int:
        """Return the wait before the next try for something that has been away so long."""
        return round(min(longest_s * 1000, max(self.away_first * 1000, away_for_ms / 4)))

    def retry_ms(self, attempt: int) -> int:
        """Return the wait before the next attempt, after `attempt` of them have failed."""
        return round(self.retries[min(attempt, len(self.retries)) - 1] * 1000)
