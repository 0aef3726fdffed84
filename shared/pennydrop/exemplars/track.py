"""An exemplar's chapters as a WebVTT chapters track (https://www.w3.org/TR/webvtt1/, kind “chapters”)."""

from __future__ import annotations

import html

import webvtt
from webvtt.models import Caption

from pennydrop.exemplars.chapters import chapters_of
from pennydrop.exemplars.models import Exemplar
from pennydrop.moments.cues import timestamp

# A cue needs an end; this one is only used while nobody knows how long the film is.
_SHOWN_MS = 10_000


def chapters_vtt(exemplar: Exemplar) -> str:
    """Return the track: a cue for each chapter, called by its criterion's number and wording."""
    cues = [
        Caption(
            timestamp(chapter.start_ms),
            timestamp(max(chapter.start_ms + 1, chapter.end_ms or chapter.start_ms + _SHOWN_MS)),
            [_title(chapter.row.criterion.position, chapter.row.criterion.text)],
            chapter.row.id,
        )
        for chapter in chapters_of(exemplar)
    ]
    title = " ".join(exemplar.title.split()).replace("-->", "→")
    return str(webvtt.WebVTT(captions=cues, header_text=f"{title} – chapters").content)


def _title(number: int, text: str) -> str:
    return html.escape(f"{number}. {' '.join(text.split())}", quote=False)
