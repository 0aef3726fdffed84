"""The search finds the right step for what a busy teaching assistant says.

`phrases.txt` is what the search was tuned by. `fresh_phrases.txt` was written by somebody who had seen
neither those nor the search: it is only measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.db.session import make_engine, make_sessions
from pennydrop.library.find import list_library_steps
from pennydrop.library.models import Step
from pennydrop.library.search.words import EMPTY, stem, words_of
from pennydrop.library.starter import load_starter
from pennydrop.settings import Settings
from pennydrop.spelling import plain
from tests.factories import a_person, world
from tests.support.databases import Databases

pytestmark = pytest.mark.each_database


@dataclass(frozen=True)
class Phrase:
    held: bool
    """Not looked at while tuning: the honest half."""
    said: str
    right: frozenset[str]


def phrases() -> list[Phrase]:
    lines = Path(__file__).with_name("phrases.txt").read_text("utf-8").splitlines()
    rows = [[part.strip() for part in line.split("|")] for line in lines if "|" in line]
    return [Phrase(half == "held", said, frozenset(right.split())) for half, said, right in rows]


def fresh_phrases() -> list[Phrase]:
    lines = Path(__file__).with_name("fresh_phrases.txt").read_text("utf-8").splitlines()
    rows = [line.split("|") for line in lines if "|" in line and not line.startswith("#")]
    return [Phrase(True, said.strip(), frozenset(right.split())) for said, right in rows]


@pytest.fixture(scope="module")
def library(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Session, Viewer]]:
    """The starter library, for all these tests: they only ask."""
    data = tmp_path_factory.mktemp("library")
    with databases.one(data) as url:
        engine = make_engine(Settings(data=data, database_url=url).database)
        with world.writing_to(make_sessions(engine)):
            person = a_person()
            with world.session() as session:
                load_starter(session, person.school.organisation_id)
            with world.session() as session:
                yield session, Viewer.of(person)
        engine.dispose()


def found(library: tuple[Session, Viewer], q: str) -> list[str]:
    session, viewer = library
    return [step.slug for step in list_library_steps(session, viewer, q=q, limit=3).items]


def test_the_right_step_is_among_the_first_three(library: tuple[Session, Viewer]) -> None:
    missed = [phrase for phrase in phrases() if not phrase.right & set(found(library, phrase.said))]

    def rate(chosen: list[Phrase]) -> float:
        return 1 - sum(phrase in missed for phrase in chosen) / len(chosen)

    held = [phrase for phrase in phrases() if phrase.held]
    print(f"all {rate(phrases()):.1%}, held back {rate(held):.1%}")
    assert len(phrases()) >= 60
    # The sentences that are held back aren't printed, or somebody would tune by them.
    assert rate(phrases()) >= 0.85, [phrase for phrase in missed if not phrase.held]
    assert rate(held) >= 0.85


def test_it_is_so_for_sayings_that_nothing_was_tuned_by(library: tuple[Session, Viewer]) -> None:
    fresh = fresh_phrases()
    hits = sum(bool(phrase.right & set(found(library, phrase.said))) for phrase in fresh)
    print(f"fresh {hits} of {len(fresh)}, {hits / len(fresh):.1%}")
    # Which ones are missed isn't printed, or somebody would tune by them.
    assert len(fresh) >= 60
    # It was 85.5 % when this was written; a saying is 1.6 %.
    assert hits / len(fresh) >= 0.83


def test_no_phrase_was_copied_into_the_library(library: tuple[Session, Viewer]) -> None:
    """What a step sounds like may share words with a phrase, but not be it."""

    def words(text: str) -> set[str]:
        return {stem(word) for word in words_of(plain(text)) if word not in EMPTY}

    session, _ = library
    said = {text: words(text) for step in session.scalars(select(Step)).unique() for text in step.sounds_like}
    asked = {phrase.said: words(phrase.said) for phrase in phrases()}
    copied = [
        (phrase, text)
        for phrase, its in asked.items()
        for text, others in said.items()
        if len(its & others) >= max(3, 0.75 * len(its | others))
    ]
    assert copied == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("they dont litsen to instrctions", "wait-for-every-eye"),
        ("fonics sounds and blendng", "sounds-then-blend"),
        ("handver to the techer", "three-facts-handover"),
        ("prasie", "praise-the-exact-thing"),
        ("PHONICS!!", "sounds-then-blend"),
        ("carpet choas", "what-where-how-long"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(library: tuple[Session, Viewer], typed: str, meant: str) -> None:
    assert meant in found(library, typed)


@pytest.mark.parametrize(
    "q", ['"', "a* OR b", "NEAR(x y)", "wording:x", "-", "🙂", "^", "x" * 200, "' OR 1=1 --"]
)
def test_whatever_is_typed_breaks_nothing(library: tuple[Session, Viewer], q: str) -> None:
    assert isinstance(found(library, q), list)


def test_a_word_is_found_before_it_is_typed_to_its_end(library: tuple[Session, Viewer]) -> None:
    assert "what-where-how-long" in found(library, "carp")


def test_the_jargon_of_the_trade_and_plain_words_find_the_same(library: tuple[Session, Viewer]) -> None:
    assert set(found(library, "de-escalation")) & set(found(library, "calming somebody down"))
    assert "fade-the-support" in found(library, "weaning him off the word mat")
