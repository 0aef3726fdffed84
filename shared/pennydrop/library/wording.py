"""How the parts of a step are worded: tidied, and refused with a sentence where they can't be used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pennydrop.errors import Invalid

MAX_HALF = 300
MAX_CRITERION = 500
MAX_CRITERIA = 10
MAX_INSIGHT = 5_000
MAX_LINES = 20
MAX_TASK = 1_000
MAX_PROMPT = 500
MAX_SAID = 200
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def half(text: str, which: str) -> str:
    """Return one half of a step's wording on one line. Raises `Invalid`."""
    cleaned = one_line(text).rstrip(".")
    if not cleaned:
        raise Invalid(f"Please say what the {which} of this step is.")
    if len(cleaned) > MAX_HALF:
        raise Invalid(f"The {which} is too long. Please keep it under {MAX_HALF} characters.")
    return cleaned


def action_half(text: str) -> str:
    """Return the second half of a wording, which follows “by” and so begins with an -ing form.

    Raises `Invalid`.
    """
    cleaned = half(text, "action").removeprefix("by ")
    if not any(word.endswith("ing") for word in cleaned.lower().split()[:3]):
        raise Invalid(f"The action follows “by”, so it begins like “waiting …”. Please reword “{cleaned}”.")
    return cleaned


def criterion_text(text: str) -> str:
    """Return one criterion on one line. Raises `Invalid`."""
    cleaned = one_line(text)
    if not cleaned:
        raise Invalid("A success criterion can't be empty.")
    if len(cleaned) > MAX_CRITERION:
        raise Invalid(f"A success criterion is too long. Please keep it under {MAX_CRITERION} characters.")
    return cleaned


def clean_criteria(criteria: Sequence[str]) -> list[str]:
    """Return the criteria tidied. Raises `Invalid` for none, or for more than anybody can keep in mind."""
    if not criteria:
        raise Invalid("A step needs at least one success criterion.")
    if len(criteria) > MAX_CRITERIA:
        raise Invalid(
            f"A step can have {MAX_CRITERIA} success criteria at most. Fewer are easier to rehearse."
        )
    return [criterion_text(text) for text in criteria]


def clean_lines(texts: Sequence[str], what: str, longest: int) -> list[str]:
    """Return texts of a list tidied, without empty ones. Raises `Invalid`."""
    cleaned = [line for line in (one_line(text) for text in texts) if line]
    if len(cleaned) > MAX_LINES:
        raise Invalid(f"A step can have {MAX_LINES} {what} at most.")
    for line in cleaned:
        if len(line) > longest:
            raise Invalid(f"One of the {what} is too long. Please keep each under {longest:,} characters.")
    return cleaned


def clean_insight(text: str) -> str:
    """Return why a step works, its paragraphs kept. Raises `Invalid`."""
    paragraphs = [one_line(part) for part in text.split("\n\n")]
    cleaned = "\n\n".join(part for part in paragraphs if part)
    if len(cleaned) > MAX_INSIGHT:
        raise Invalid(f"The insight is too long. Please keep it under {MAX_INSIGHT:,} characters.")
    return cleaned


def clean_slugs(slugs: Sequence[str], what: str) -> list[str]:
    """Return phases or subjects as slugs, each once, in order of the alphabet. Raises `Invalid`."""
    made = sorted({slug_of(slug) for slug in slugs})
    if len(made) > MAX_LINES:
        raise Invalid(f"A step can have {MAX_LINES} {what} at most.")
    return made


def slug_of(text: str, longest: int = 80) -> str:
    """Return words as a slug: “Key stage 1” is `key-stage-1`. Raises `Invalid` where nothing is left."""
    slug = "-".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", "")))
    slug = slug[:longest].strip("-")
    if not slug:
        raise Invalid(f"“{text}” has no letter or digit in it that an address could show.")
    return slug


def free_slug(base: str, taken: Iterable[str]) -> str:
    """Return `base`, or the first `base-2`, `base-3` … that isn't taken."""
    there = set(taken)
    return next(
        slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(there) + 3))) if slug not in there
    )


def one_line(text: str) -> str:
    return " ".join(text.split())
