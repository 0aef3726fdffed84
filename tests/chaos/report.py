"""What a trial tells: what was done, and what was lost by it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Report:
    """One trial's. Nothing was lost when `lost` is empty."""

    trial: str
    seed: int
    done: list[str] = field(default_factory=list)
    """What was done and how it went, a sentence with its figures each."""
    lost: list[str] = field(default_factory=list)
    """What should not have happened, one line each."""

    def __str__(self) -> str:
        verdict = f"{len(self.lost)} lost" if self.lost else "nothing lost"
        lines = [f"{self.trial} (seed {self.seed}): {verdict}", *(f"  {line}" for line in self.done)]
        return "\n".join([*lines, *(f"  LOST {line}" for line in self.lost)])
