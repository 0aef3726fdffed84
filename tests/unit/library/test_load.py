"""Loading library files by slug, and the mistakes they can hold."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pennydrop.db.session import SessionMaker
from pennydrop.library.documents import Document, read
from pennydrop.library.load import LoadReport, load
from pennydrop.library.models import Step
from tests.factories import an_organisation, world

GOAL = """\
areas: [{slug: behaviour, name: Behaviour}]
goals:
  - slug: be-heard
    wording: Be heard
    area: behaviour
    steps:
      - slug: stand-still
        action: standing still
        criteria: [Stands, Waits, Speaks]
      - slug: wait
        action: waiting
        criteria: [Waits]
sequences:
  - {slug: voice, name: Voice, steps: [wait, stand-still]}
"""


def loaded(organisation: str, text: str) -> LoadReport:
    with world.session() as session:
        return load(session, organisation, [Document("a.yaml", text.encode())])


def test_loading_again_changes_nothing(database: SessionMaker) -> None:
    organisation = an_organisation().id
    assert loaded(organisation, GOAL).added["steps"] == 2
    again = loaded(organisation, GOAL)
    assert (again.added, again.changed) == ({}, {})
    assert again.unchanged["sequences"] == 1


def test_a_criterion_keeps_its_identity_when_it_is_worded_anew(database: SessionMaker) -> None:
    organisation = an_organisation().id

    def criteria() -> list[tuple[str, str]]:
        with world.session() as session:
            step = session.scalars(select(Step).where(Step.slug == "stand-still")).one()
            return [(one.id, one.text) for one in step.criteria]

    loaded(organisation, GOAL)
    before = criteria()
    report = loaded(organisation, GOAL.replace("Waits, Speaks]", "Waits for silence]"))
    assert report.changed == {"steps": 1}
    after = criteria()
    assert [text for _, text in after] == ["Stands", "Waits for silence"]
    assert [one for one, _ in after] == [one for one, _ in before[:2]]


def test_a_sequence_can_be_put_in_another_order(database: SessionMaker) -> None:
    organisation = an_organisation().id
    loaded(organisation, GOAL)
    report = loaded(organisation, GOAL.replace("[wait, stand-still]", "[stand-still, wait]"))
    assert report.changed == {"sequences": 1}


def test_what_a_file_does_not_mention_stays(database: SessionMaker) -> None:
    organisation = an_organisation().id
    loaded(organisation, GOAL)
    loaded(organisation, "areas: [{slug: voice, name: Voice}]")
    with world.session() as session:
        assert len(session.scalars(select(Step)).all()) == 2


def test_two_organisations_may_use_the_same_slugs(database: SessionMaker) -> None:
    assert loaded(an_organisation().id, GOAL).added["steps"] == 2
    assert loaded(an_organisation().id, GOAL).added["steps"] == 2


def test_with_a_problem_nothing_is_loaded(database: SessionMaker) -> None:
    organisation = an_organisation().id
    report = loaded(organisation, GOAL.replace("[wait, stand-still]", "[wait, sit]"))
    assert [str(problem) for problem in report.problems] == [
        "a.yaml line 14: there is no step “sit”, neither in these files nor in the library."
    ]
    assert loaded(organisation, GOAL).added["steps"] == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a.yaml line 1: the file is empty."),
        ("areas:\n\t- x", "a.yaml line 2: this isn't YAML"),
        ("stepps: []", "a.yaml line 1: the file has no “stepps”."),
        ("areas: Behaviour", "a.yaml line 1: “areas” should be a list"),
        ("areas:\n  - slug: a b\n    name: A", "a.yaml line 2: “a b” should be small letters"),
        ("areas:\n  - slug: a", "a.yaml line 2: an area needs “name”."),
        ("areas:\n  - slug: a\n    name: A\n    name: B", "a.yaml line 4: “name” stands here twice."),
        (
            "areas:\n  - {slug: a, name: A}\n  - {slug: a, name: B}",
            "a.yaml line 3: the area “a” is here already",
        ),
        ("areas:\n  - slug: a\n    name: [A]", "a.yaml line 3: this should be plain text."),
        ("areas:\n  - slug: a\n    name: " + "x" * 121, "a.yaml line 3: this text has 121 characters"),
        (GOAL.replace("criteria: [Waits]", "criteria: []"), "a.yaml line 12: a step needs at least one"),
        ("a: &x [1]\nb: *x", "a.yaml line 2: aliases (*name) aren't used here."),
        ("a: " + "[" * 30, "a.yaml line 1: this is nested too deeply."),
        ("areas: !!python/object:os.system {}", "a.yaml line 1: “areas” should be a list"),
        ("areas: \x00", "a.yaml line 1: there is a character here that YAML doesn't allow."),
        ("areas:\n- slug: a\n  name: \udcff", "a.yaml line 3: this isn't UTF-8 text."),
        ("x" * 8_000_001, "a.yaml line 1: the file is larger than 8 MB."),
    ],
)
def test_every_mistake_is_told_with_its_line(text: str, expected: str) -> None:
    _, problems = read([Document("a.yaml", text.encode("utf-8", "surrogateescape"))])
    assert problems
    assert str(problems[0]).startswith(expected)
