"""What a moment may be: plain rules, with no database in sight."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pennydrop.errors import Invalid
from pennydrop.timeline import Span, SpanInvalid, spoken

MAX_TEXT = 5_000
MAX_TERMS = 20
MAX_TERM = 120
# A drawing is a few strokes over a still picture; beyond this it is something else.
MAX_DRAWING_BYTES = 50_000
MAX_POINTS = 5_000
MAX_COLOR = 40
MAX_WIDTH = 1_000


def clean_text(text: str, what: str = "note") -> str:
    """Return the text as it is kept: no control characters but line breaks, no space around it.

    Raises `Invalid` when it is longer than 5,000 characters.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cleaned = "\n".join(
        "".join(char for char in line if char == "\t" or char >= " ").rstrip() for line in lines
    ).strip()
    if len(cleaned) > MAX_TEXT:
        raise Invalid(f"That {what} is too long. Please keep it under {MAX_TEXT:,} characters.")
    return cleaned


def clean_terms(terms: Sequence[str]) -> list[str]:
    """Return the terms tidied, each once, in the order given. Raises `Invalid` beyond 20 of them."""
    cleaned = list(dict.fromkeys(" ".join(term.split()) for term in terms if term.strip()))
    if len(cleaned) > MAX_TERMS:
        raise Invalid(f"A moment can carry {MAX_TERMS} terms at most.")
    for term in cleaned:
        if len(term) > MAX_TERM:
            raise Invalid(f"A term can have {MAX_TERM} characters at most; “{term[:30]}…” has {len(term)}.")
    return cleaned


def check_times(start_ms: int, end_ms: int | None, duration_ms: int | None) -> tuple[int, int | None]:
    """Return start and end as they lie on the film: a span that runs past its end stops there.

    `end_ms` is None for a point; `duration_ms` is None while nobody knows it. Raises `SpanInvalid`.
    """
    if end_ms is None:
        if start_ms < 0:
            raise SpanInvalid("A moment can't be before the film starts.")
        if duration_ms is not None and start_ms >= duration_ms:
            raise SpanInvalid(f"That is past the end of the film, which is {spoken(duration_ms)} long.")
        return start_ms, None
    span = Span(start_ms, end_ms)
    if duration_ms is not None:
        span = span.within(duration_ms)
    return span.start_ms, span.end_ms


def check_drawing(drawing: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the drawing if it is `{"strokes": [{"points": [[x, y], …]}]}` with every x and y from 0 to 1.

    A stroke may carry a `color` and a `width` for whoever draws it. Raises `Invalid`.
    """
    if drawing is None:
        return None
    if len(json.dumps(drawing)) > MAX_DRAWING_BYTES:
        raise Invalid("That drawing is too big. Please use fewer strokes.")
    strokes = drawing.get("strokes")
    if not isinstance(strokes, list) or set(drawing) - {"strokes"}:
        raise Invalid('A drawing is {"strokes": […]} and nothing else.')
    for stroke in strokes:
        if not isinstance(stroke, dict) or set(stroke) - {"points", "color", "width"}:
            raise Invalid("A stroke of the drawing has points, and may have a color and a width.")
        if not _are_points(stroke.get("points")):
            raise Invalid("The points of a drawing are pairs of numbers from 0 to 1.")
        if not _is_color(stroke.get("color", "")) or not _is_width(stroke.get("width", 0)):
            raise Invalid("The color of a stroke is a short word such as #d6336c, its width a number.")
    return drawing


def _are_points(points: Any) -> bool:
    return (
        isinstance(points, list)
        and 0 < len(points) <= MAX_POINTS
        and all(
            isinstance(point, list) and len(point) == 2 and all(map(_is_share, point)) for point in points
        )
    )


def _is_color(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MAX_COLOR and value.isascii() and value.isprintable()


def _is_width(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MAX_WIDTH


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
