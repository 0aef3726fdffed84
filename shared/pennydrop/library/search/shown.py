"""What is said in the films that show a step: the captions of its published exemplars.

Whoever publishes, withdraws or captions one calls `index_steps` for its step (`exemplars.tell`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO

import webvtt
from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.exemplars.consent import PublicationState
from pennydrop.exemplars.models import Exemplar
from pennydrop.videos.models import Caption

# What an hour of talk takes; one long film shouldn't make the index heavy.
_MAX_CHARACTERS = 60_000


def words_shown(session: Session, step_ids: Sequence[str]) -> dict[str, str]:
    """Return for each step the words of its exemplars, where there are any.

    Only of what everybody may watch: who finds a step by these words must not learn what she can't see. Of a
    clip, only what is said in it counts.
    """
    query = (
        select(Exemplar, Caption.webvtt)
        .join(Caption, Caption.video_id == Exemplar.video_id)
        .where(
            Exemplar.step_id.in_(step_ids),
            Exemplar.state == PublicationState.PUBLISHED,
            Exemplar.permitted_at.is_not(None),
        )
    )
    said: dict[str, list[str]] = {}
    for exemplar, text in session.execute(query).unique():
        said.setdefault(exemplar.step_id, []).extend(_spoken(exemplar, text))
    return {step_id: " ".join(lines)[:_MAX_CHARACTERS] for step_id, lines in said.items()}


def _spoken(exemplar: Exemplar, text: str) -> Iterator[str]:
    clip = exemplar.clip
    for caption in webvtt.from_buffer(StringIO(text)).captions:
        starts, ends = caption.start_time.in_milliseconds(), caption.end_time.in_milliseconds()
        if clip is None or (starts < clip.end_ms and ends > clip.start_ms):
            yield caption.text
