"""Writing sequences: steps in the order in which they build on each other, knowledge before action."""

from __future__ import annotations

from collections.abc import Sequence as Many
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pennydrop.access.may import may_curate
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.errors import Invalid, NotFound
from pennydrop.library import wording
from pennydrop.library.models import PlaceKind, Sequence, SequencePlace, Step

MAX_NAME = 200
MAX_SUMMARY = 2_000
MAX_PLACES = 50


@dataclass(frozen=True, slots=True)
class WantedPlace:
    """A step (its id or slug) in a sequence, and what it is there for."""

    step: str
    kind: PlaceKind = PlaceKind.ACTION


def write_sequence(
    session: Session, viewer: Viewer, *, name: str, summary: str = "", places: Many[WantedPlace]
) -> Sequence:
    """Add a sequence. Raises `Invalid`."""
    may_curate(session, viewer)
    name = _name(name)
    base = wording.slug_of(name, longest=60)
    taken = session.scalars(
        select(Sequence.slug).where(visible_to(viewer, Sequence), Sequence.slug.startswith(base))
    )
    sequence = Sequence(
        organisation_id=viewer.organisation_id,
        slug=wording.free_slug(base, taken),
        name=name,
        summary=_summary(summary),
    )
    steps = _steps(session, viewer, places)
    session.add(sequence)
    session.flush()
    _put(session, sequence, places, steps)
    return sequence


def edit_sequence(
    session: Session,
    viewer: Viewer,
    sequence_id: str,
    *,
    name: str | None = None,
    summary: str | None = None,
    places: Many[WantedPlace] | None = None,
) -> Sequence:
    """Change what is given. Raises `Invalid`."""
    may_curate(session, viewer)
    sequence = _sequence(session, viewer, sequence_id)
    if name is not None:
        sequence.name = _name(name)
    if summary is not None:
        sequence.summary = _summary(summary)
    if places is not None:
        _put(session, sequence, places, _steps(session, viewer, places))
    session.flush()
    return sequence


def delete_sequence(session: Session, viewer: Viewer, sequence_id: str) -> None:
    """Delete a sequence. Its steps stay."""
    may_curate(session, viewer)
    session.delete(_sequence(session, viewer, sequence_id))
    session.flush()


def _sequence(session: Session, viewer: Viewer, sequence_id: str) -> Sequence:
    named = or_(Sequence.id == sequence_id, Sequence.slug == sequence_id)
    sequence = session.scalar(select(Sequence).where(named, visible_to(viewer, Sequence)))
    if sequence is None:
        raise NotFound("That sequence isn't in the library.")
    return sequence


def _put(session: Session, sequence: Sequence, places: Many[WantedPlace], steps: Many[Step]) -> None:
    # Positions are the key of a place: the old ones go before the new ones come.
    sequence.places.clear()
    session.flush()
    sequence.places = [
        SequencePlace(position=at, step_id=step.id, kind=place.kind)
        for at, (place, step) in enumerate(zip(places, steps, strict=True), 1)
    ]
    session.flush()


def _steps(session: Session, viewer: Viewer, places: Many[WantedPlace]) -> list[Step]:
    """Return the steps of the places, checked: each once, and nothing to know behind something to do."""
    if not places:
        raise Invalid("A sequence needs at least one step.")
    if len(places) > MAX_PLACES:
        raise Invalid(f"A sequence can have {MAX_PLACES} steps at most.")
    names = {place.step for place in places}
    query = select(Step).where(or_(Step.id.in_(names), Step.slug.in_(names)), visible_to(viewer, Step))
    known: dict[str, Step] = {}
    for step in session.scalars(query).unique():
        # A school's own words stand in for the trust's step, which is what a sequence holds.
        known[step.id] = known[step.slug] = step.based_on or step
    if any(name not in known for name in names):
        raise Invalid("One of these steps isn't in the library. Please choose it again.")
    steps = [known[place.step] for place in places]
    if len({step.id for step in steps}) < len(steps):
        raise Invalid("A step can stand in a sequence once only.")
    kinds = [place.kind for place in places]
    if kinds != sorted(kinds, key=lambda kind: kind is PlaceKind.ACTION):
        raise Invalid("What to know comes before what to do. Please move it up.")
    return steps


def _name(name: str) -> str:
    cleaned = wording.one_line(name)
    if not 0 < len(cleaned) <= MAX_NAME:
        raise Invalid(f"Please give the sequence a name of up to {MAX_NAME} characters.")
    return cleaned


def _summary(text: str) -> str:
    cleaned = wording.one_line(text)
    if len(cleaned) > MAX_SUMMARY:
        raise Invalid(f"Please say what the sequence is for in up to {MAX_SUMMARY:,} characters.")
    return cleaned
