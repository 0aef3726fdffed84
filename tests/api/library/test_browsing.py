"""Narrowing the library down, steps like this one, and the builder."""

from __future__ import annotations

from typing import Any

import pytest

from pennydrop.library.documents import Document
from pennydrop.library.load import load
from pennydrop.library.starter import load_starter
from tests.api.client import Client
from tests.factories import a_coach, a_person, world

MATHS = """\
goals:
  - slug: sums
    wording: Make sums make sense
    area: curriculum
    problem: thought
    steps:
      - slug: build-it
        action: building each sum
        criteria: [Builds it]
        subjects: [maths]
        phases: [key-stage-1]
      - {slug: say-it, action: saying each sum, criteria: [Says it], subjects: [maths]}
"""


@pytest.fixture
def coachee(client: Client) -> Client:
    person = a_person()
    with world.session() as session:
        organisation = person.school.organisation_id
        load_starter(session, organisation)
        assert not load(session, organisation, [Document("maths.yaml", MATHS.encode())]).problems
    return client.as_(person)


def slugs(client: Client, query: str) -> list[str]:
    answer = client.get(f"/api/v1/library/steps?limit=200&{query}")
    assert answer.status_code == 200, answer.text
    return [step["slug"] for step in answer.json()["items"]]


def test_steps_are_narrowed_by_problem_phase_subject_and_sequence(coachee: Client) -> None:
    assert set(slugs(coachee, "subject=maths")) == {"build-it", "say-it"}
    assert slugs(coachee, "subject=maths&phase=key-stage-2") == ["say-it"]
    assert "build-it" not in slugs(coachee, "subject=generic")
    assert len(slugs(coachee, "phase=key-stage-1")) == 58
    assert "build-it" in slugs(coachee, "problem=thought")
    assert "wait-for-every-eye" not in slugs(coachee, "problem=thought")
    assert slugs(coachee, "sequence=learning-to-read") == [
        "clean-sounds",
        "sounds-then-blend",
        "take-words-apart",
        "say-explain-use",
        "read-then-echo",
    ]
    assert slugs(coachee, "subject=maths&q=building") == ["build-it"]
    tags = coachee.get("/api/v1/library/tags").json()
    assert tags == {"phases": {"key-stage-1": 1}, "subjects": {"maths": 2}, "generic": 56, "drafts": 0}


def test_problems_say_in_plain_words_what_they_look_like(coachee: Client) -> None:
    problems = coachee.get("/api/v1/library/problems").json()["items"]
    assert [one["slug"] for one in problems] == ["attention", "working-memory", "thought", "long-term-memory"]
    assert all(one["summary"] for one in problems)


@pytest.mark.parametrize(
    ("step", "like"),
    [
        ("wait-for-every-eye", "stand-still-to-speak"),
        ("fade-the-support", "small-target-walk-away"),
        ("sounds-then-blend", "clean-sounds"),
        ("praise-the-exact-thing", "praise-close-and-quiet"),
    ],
)
def test_steps_like_one_are_found(coachee: Client, step: str, like: str) -> None:
    found = [one["slug"] for one in coachee.get(f"/api/v1/library/steps/{step}/similar").json()["items"]]
    assert like in found[:3]
    assert step not in found
    assert len(found) == 6


def test_the_builder_leads_from_a_problem_to_a_step_that_can_be_set(client: Client) -> None:
    person = a_person()
    coach = client.as_(a_coach(of=person))
    with world.session() as session:
        load_starter(session, person.school.organisation_id)

    def build(**choices: str) -> Any:
        return coach.get("/api/v1/library/builder", params=choices).json()

    assert build()["problems"][0]["slug"] == "attention"
    goals = build(problem="attention")["goals"]
    assert "every-pupil-hears" in [one["slug"] for one in goals]
    steps = build(problem="attention", goal="every-pupil-hears")["steps"]
    assert [one["slug"] for one in steps] == ["wait-for-every-eye", "stand-still-to-speak"]
    built = build(step="wait-for-every-eye", who="my Year 2 group", when="guided reading.")["built"]
    assert built["action"] == (
        "waiting for every eye before speaking with my Year 2 group, in guided reading"
    )
    body = {
        "coachee": person.id,
        **{name: built[name] for name in ("step", "goal", "action", "criteria", "why")},
    }
    assert coach.post("/api/v1/action-steps", json=body).status_code == 201


def test_a_situation_keeps_the_word_it_begins_with(coachee: Client) -> None:
    built = coachee.get("/api/v1/library/builder?step=count-to-five&when=when they shout out").json()["built"]
    assert built["action"].endswith("after each question, when they shout out")
    assert coachee.get("/api/v1/library/builder?step=nothing").status_code == 404
