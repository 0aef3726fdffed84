"""An attempt while it runs, and why it is told to stop."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import Enum

from pennydrop.jobs.attempt import Attempt


class Ending(Enum):
    """Why an attempt is told to stop."""

    LOST = "lost"
    """Its lease or its job is gone: whatever it does no longer counts."""
    OVERDUE = "overdue"
    STOPPING = "stopping"


@dataclass(eq=False)
class Held:
    """An attempt that runs now."""

    attempt: Attempt
    deadline: float
    """By the monotonic clock."""
    ending: Ending | None = None
    ended_at: float = 0.0

    def __str__(self) -> str:
        subject = self.attempt.subject_id
        return f"{self.attempt.kind} of {subject}" if subject else self.attempt.kind

    def end(self, why: Ending) -> None:
        """Tell the attempt to stop; the first reason counts."""
        if self.ending is None:
            self.ending, self.ended_at = why, time.monotonic()
        self.attempt.cancelled.set()
