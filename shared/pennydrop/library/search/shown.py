"""What is said in the films that show a step: transcripts and captions of its exemplars.

Steps have no exemplars yet. When they do, this is where their words come from, and publishing, captioning or
withdrawing one calls `index_steps` for its step.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session


def words_shown(session: Session, step_ids: Sequence[str]) -> dict[str, str]:
    """Return for each step the words of its exemplars, where there are any."""
    return {}
