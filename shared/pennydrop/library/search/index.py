"""Keeping the search index: in the transaction that changes the library, so that the two never disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from pennydrop.library.models import Step, StepTerm
from pennydrop.library.search.engine import engine_of
from pennydrop.library.search.shown import words_shown
from pennydrop.library.search.tables import IndexedStep, IndexedWord
from pennydrop.library.search.words import LONGEST, words_of
from pennydrop.spelling import plain

# Somebody else may be adding the same word at this moment.
_ADD_WORD = text(
    "INSERT INTO indexed_words (organisation_id, word, initial) VALUES (:home, :word, :initial) "
    "ON CONFLICT DO NOTHING"
)
# SQLite takes 32,766 values in one statement; an IN of this many is far below and quick.
_AT_ONCE = 500


def index_steps(session: Session, steps: Sequence[Step]) -> None:
    """Let the search find these steps by what they say now. They have been flushed."""
    for start in range(0, len(steps), _AT_ONCE):
        _index(session, steps[start : start + _AT_ONCE])


def index_steps_of_terms(session: Session, term_ids: Iterable[str]) -> None:
    """Index anew the steps that introduce these terms: they are found by the terms' plain words too."""
    wanted = set(term_ids)
    if wanted:
        ids = select(StepTerm.step_id).where(StepTerm.term_id.in_(wanted))
        index_steps(session, list(session.scalars(select(Step).where(Step.id.in_(ids))).unique()))


def index_missing(session: Session) -> None:
    """Index every step that isn't: after an upgrade that brought the index, all of them."""
    missing = select(Step).where(Step.id.not_in(select(IndexedStep.step_id)))
    index_steps(session, list(session.scalars(missing).unique()))


def renew_words(session: Session) -> None:
    """List the words of the library anew, as it is now: for upgrades, as earlier versions listed more."""
    session.execute(delete(IndexedWord))
    steps = session.scalars(select(Step)).unique().all()
    for start in range(0, len(steps), _AT_ONCE):
        some = steps[start : start + _AT_ONCE]
        _keep_words(session, some, [_written(step) for step in some])


def forget_step(session: Session, step: Step) -> None:
    """Let the search forget a step that is about to be deleted."""
    row = session.scalar(select(IndexedStep).where(IndexedStep.step_id == step.id))
    if row is not None:
        engine_of(session).drop(session, [row.id])
        session.delete(row)
        session.flush()


def _index(session: Session, steps: Sequence[Step]) -> None:
    ids = [step.id for step in steps]
    there = {
        row.step_id: row.id
        for row in session.scalars(select(IndexedStep).where(IndexedStep.step_id.in_(ids)))
    }
    if there:
        engine_of(session).drop(session, list(there.values()))
    new = [
        IndexedStep(step_id=step.id, organisation_id=step.organisation_id)
        for step in steps
        if step.id not in there
    ]
    session.add_all(new)
    session.flush()
    there |= {row.step_id: row.id for row in new}
    shown = words_shown(session, ids)
    written = [_written(step) for step in steps]
    rows: list[dict[str, object]] = [
        {"id": there[step.id], **texts, "shown": plain(shown.get(step.id, ""))}
        for step, texts in zip(steps, written, strict=True)
    ]
    if rows:
        engine_of(session).put(session, rows)
        _keep_words(session, steps, written)


def _written(step: Step) -> dict[str, str]:
    """What the library says of a step: all fields but what is said in films, which may be taken back."""
    goal = step.goal
    problem = goal.learning_problem
    fields = {
        "wording": [goal.wording, step.action],
        "said": step.sounds_like,
        "criteria": [criterion.text for criterion in step.criteria],
        "terms": [word for term in step.terms for word in (term.name, term.meaning, *term.synonyms)],
        "why": [
            step.insight,
            goal.area.name,
            *([problem.name, problem.summary] if problem else []),
            *(task.text for task in step.practice_tasks),
            *step.phases,
            *step.subjects,
        ],
    }
    return {name: plain("\n".join(texts)) for name, texts in fields.items()}


def _keep_words(session: Session, steps: Sequence[Step], written: Sequence[dict[str, str]]) -> None:
    """Words are only ever added: one that nobody writes any more is a harmless suggestion."""
    by_home: dict[str, set[str]] = {}
    for step, texts in zip(steps, written, strict=True):
        words = by_home.setdefault(step.organisation_id, set())
        words.update(word for text in texts.values() for word in words_of(text) if len(word) <= LONGEST)
    for organisation_id, words in by_home.items():
        known = set(
            session.scalars(select(IndexedWord.word).where(IndexedWord.organisation_id == organisation_id))
        )
        new = [
            {"home": organisation_id, "word": word, "initial": word[0]}
            # In the same order for everybody, so that two who add words at once never wait for each other.
            for word in sorted(words - known)
        ]
        if new:
            session.execute(_ADD_WORD, new)
