"""Writing the shared language: what a term means, what people say who don't know it, which steps bring it."""

from __future__ import annotations

from collections.abc import Sequence as Many

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from pennydrop.access.may import may_curate, may_curate_step
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.errors import Conflict, Invalid, NotFound
from pennydrop.library import wording
from pennydrop.library.models import Step, StepTerm, Term
from pennydrop.library.search import index_steps
from pennydrop.library.versions import record_version

MAX_NAME = 120
MAX_MEANING = 2_000
MAX_SYNONYMS = 40
_NOTE = "The shared language changed"


class TermThere(Conflict):
    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is in the shared language already.")


def write_term(
    session: Session,
    viewer: Viewer,
    *,
    name: str,
    meaning: str,
    synonyms: Many[str] = (),
    steps: Many[str] = (),
) -> Term:
    """Add a term; `steps` are those that introduce it, by id or slug. Raises `TermThere`, `Invalid`."""
    may_curate(session, viewer)
    name = _name(session, viewer, name)
    base = wording.slug_of(name, longest=60)
    taken = session.scalars(select(Term.slug).where(visible_to(viewer, Term), Term.slug.startswith(base)))
    term = Term(
        organisation_id=viewer.organisation_id,
        slug=wording.free_slug(base, taken),
        name=name,
        meaning=_meaning(meaning),
        synonyms=_synonyms(synonyms),
    )
    session.add(term)
    session.flush()
    _bring(session, viewer, term, _steps(session, viewer, steps))
    return term


def edit_term(
    session: Session,
    viewer: Viewer,
    term_id: str,
    *,
    name: str | None = None,
    meaning: str | None = None,
    synonyms: Many[str] | None = None,
    steps: Many[str] | None = None,
) -> Term:
    """Change what is given. The steps that bring the term are found by its new words from now on.

    Raises `TermThere`, `Invalid`.
    """
    may_curate(session, viewer)
    term = _term(session, viewer, term_id)
    if name is not None:
        term.name = _name(session, viewer, name, besides=term)
    if meaning is not None:
        term.meaning = _meaning(meaning)
    if synonyms is not None:
        term.synonyms = _synonyms(synonyms)
    session.flush()
    before = _introducing(session, term)
    wanted = before
    if steps is not None:
        # What she doesn't see, such as another school's own copy, stays as it is.
        seen = set(session.scalars(select(Step.id).where(visible_to(viewer, Step))))
        wanted = [step for step in before if step.id not in seen] + _steps(session, viewer, steps)
    _bring(session, viewer, term, wanted)
    return term


def delete_term(session: Session, viewer: Viewer, term_id: str) -> None:
    """Take a term out of the shared language, and out of every step: schools' own copies too."""
    may_curate(session, viewer)
    term = _term(session, viewer, term_id)
    _bring(session, viewer, term, [], whosever=True)
    session.delete(term)
    session.flush()


def _bring(
    session: Session, viewer: Viewer, term: Term, wanted: Many[Step], *, whosever: bool = False
) -> None:
    """Let these steps introduce the term, and no others."""
    before = {step.id: step for step in _introducing(session, term)}
    after = {step.id: step for step in wanted}
    for step_id in () if whosever else before.keys() ^ after.keys():
        may_curate_step(session, viewer, before.get(step_id) or after[step_id])
    for step_id, step in before.items():
        if step_id not in after:
            step.terms.remove(term)
    for step_id, step in after.items():
        if step_id not in before:
            step.terms.append(term)
    session.flush()
    touched = list((before | after).values())
    for step in touched:
        record_version(session, step, by=viewer.person_id, note=_NOTE)
    index_steps(session, touched)


def _introducing(session: Session, term: Term) -> list[Step]:
    query = select(Step).join(StepTerm, StepTerm.step_id == Step.id).where(StepTerm.term_id == term.id)
    return list(session.scalars(query).unique())


def _term(session: Session, viewer: Viewer, term_id: str) -> Term:
    query = select(Term).where(or_(Term.id == term_id, Term.slug == term_id), visible_to(viewer, Term))
    term = session.scalar(query)
    if term is None:
        raise NotFound("That term isn't in the shared language.")
    return term


def _steps(session: Session, viewer: Viewer, wanted: Many[str]) -> list[Step]:
    names = set(wanted)
    query = select(Step).where(or_(Step.id.in_(names), Step.slug.in_(names)), visible_to(viewer, Step))
    steps = list(session.scalars(query).unique())
    if any(all(name not in (step.id, step.slug) for step in steps) for name in names):
        raise Invalid("One of these steps isn't in the library. Please choose it again.")
    return steps


def _name(session: Session, viewer: Viewer, name: str, besides: Term | None = None) -> str:
    cleaned = wording.one_line(name)
    if not 0 < len(cleaned) <= MAX_NAME:
        raise Invalid(f"Please give the term a name of up to {MAX_NAME} characters.")
    query = select(Term).where(func.lower(Term.name) == cleaned.lower(), visible_to(viewer, Term))
    if any(term is not besides for term in session.scalars(query)):
        raise TermThere(cleaned)
    return cleaned


def _meaning(text: str) -> str:
    cleaned = wording.one_line(text)
    if not 0 < len(cleaned) <= MAX_MEANING:
        raise Invalid(f"Please say what it means in plain words, in up to {MAX_MEANING:,} characters.")
    return cleaned


def _synonyms(texts: Many[str]) -> list[str]:
    cleaned = list(dict.fromkeys(line for line in (wording.one_line(text) for text in texts) if line))
    if len(cleaned) > MAX_SYNONYMS or any(len(line) > MAX_NAME for line in cleaned):
        raise Invalid(
            f"Please keep it to {MAX_SYNONYMS} other ways of saying it, each under {MAX_NAME} characters."
        )
    return cleaned
