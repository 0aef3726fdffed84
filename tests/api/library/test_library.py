"""The library over HTTP: finding, searching, importing, exporting."""

from __future__ import annotations

import pytest
import yaml

from pennydrop.library.starter import load_starter
from tests.api.client import Client
from tests.factories import a_lead, a_library_step, a_person, a_school, an_admin, world

AREAS = ["behaviour", "curriculum", "communication", "cognition", "assessment"]
SMALL = """\
areas: [{slug: behaviour, name: Behaviour}]
terms: [{slug: cue, name: Cue, meaning: A signal.}]
goals:
  - slug: be-heard
    wording: Be heard
    area: behaviour
    steps:
      - slug: stand-still
        action: standing still
        criteria: [Stands, Waits]
        terms: [cue]
"""


@pytest.fixture
def reader(client: Client) -> Client:
    """Somebody whose organisation has the starter library."""
    person = a_person()
    with world.session() as session:
        load_starter(session, person.school.organisation_id)
    return client.as_(person)


def test_steps_are_listed_page_by_page_in_the_order_of_areas(reader: Client) -> None:
    slugs, cursor = [], "0"
    areas = []
    while cursor is not None:
        page = reader.get(f"/api/v1/library/steps?limit=20&cursor={cursor}").json()
        slugs += [step["slug"] for step in page["items"]]
        areas += [step["area"]["slug"] for step in page["items"]]
        cursor = page["next_cursor"]
    assert len(slugs) == len(set(slugs)) == 56
    assert list(dict.fromkeys(areas)) == [
        "behaviour",
        "curriculum",
        "communication",
        "cognition",
        "assessment",
    ]


def test_a_step_shows_all_that_belongs_to_it(reader: Client) -> None:
    step = reader.get("/api/v1/library/steps/wait-before-helping").json()
    assert step["wording"] == "Keep the thinking with the pupil by waiting and watching before you step in"
    assert [one["position"] for one in step["criteria"]] == [1, 2, 3, 4, 5]
    assert step["insight"].startswith("Help that comes too early")
    assert {term["slug"] for term in step["terms"]} == {"wait-time", "over-helping"}
    assert step["practice_tasks"]
    assert step["prompts"]
    assert step["learning_problem"]["name"] == "Thought"
    assert reader.get(f"/api/v1/library/steps/{step['id']}").json() == step


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("they don't listen when I talk", "wait-for-every-eye"),
        ("I jump in too quickly", "wait-before-helping"),
        ("she won't work unless I sit next to her", "fade-the-support"),
        ("phonics blending sounds", "sounds-then-blend"),
        ("guesses from the picture", "sounds-then-blend"),
        ("carpet chaos", "what-where-how-long"),
        ("handover teacher", "three-facts-handover"),
        ("praising", "praise-the-exact-thing"),
    ],
)
def test_plain_words_find_the_step(reader: Client, said: str, expected: str) -> None:
    found = reader.get("/api/v1/library/steps", params={"q": said}).json()["items"]
    assert expected in [step["slug"] for step in found[:3]]


def test_words_that_fit_nothing_find_nothing(reader: Client) -> None:
    assert reader.get("/api/v1/library/steps?q=zebra").json()["items"] == []


def test_steps_are_found_by_area_goal_and_term(reader: Client) -> None:
    areas = reader.get("/api/v1/library/areas").json()["items"]
    assert [area["slug"] for area in areas] == AREAS
    assert sum(area["steps"] for area in areas) == 56
    goal = areas[3]["goals"][0]
    for query in (f"goal={goal['id']}", f"goal={goal['slug']}"):
        found = reader.get(f"/api/v1/library/steps?{query}").json()["items"]
        assert [step["slug"] for step in found] == [
            "wait-before-helping",
            "least-help-first",
            "hands-off-their-work",
        ]
    both = reader.get("/api/v1/library/steps?area=cognition&q=pencil").json()["items"]
    assert [step["area"]["slug"] for step in both] == ["cognition"] * len(both)
    assert both
    named = reader.get("/api/v1/library/steps?term=blending").json()["items"]
    assert {step["slug"] for step in named} == {"sounds-then-blend", "clean-sounds"}


def test_terms_and_sequences_lead_to_their_steps(reader: Client) -> None:
    terms = {term["slug"]: term for term in reader.get("/api/v1/library/terms").json()["items"]}
    assert {step["slug"] for step in terms["blending"]["steps"]} == {"sounds-then-blend", "clean-sounds"}
    sequences = reader.get("/api/v1/library/sequences").json()["items"]
    reading = next(one for one in sequences if one["slug"] == "learning-to-read")
    assert [step["slug"] for step in reading["steps"]][:2] == ["clean-sounds", "sounds-then-blend"]


def test_a_library_is_its_organisations_own(client: Client) -> None:
    step = a_library_step()
    stranger = client.as_(a_person())
    assert stranger.get("/api/v1/library/steps").json()["items"] == []
    assert stranger.get(f"/api/v1/library/steps/{step.id}").status_code == 404
    assert stranger.get("/api/v1/library/areas").json()["items"] == []


def test_leads_and_admins_import_and_others_do_not(client: Client) -> None:
    school = a_school()
    assert (
        client.as_(a_person(school=school)).post("/api/v1/library/import", content=SMALL).status_code == 403
    )
    report = client.as_(a_lead(school=school)).post("/api/v1/library/import", content=SMALL).json()
    assert report["added"] == {"areas": 1, "terms": 1, "goals": 1, "steps": 1}
    file = {"file": ("library.yaml", SMALL, "application/yaml")}
    again = client.as_(an_admin(school=school)).post("/api/v1/library/import", files=file).json()
    assert again["added"] == again["changed"] == {}
    assert again["unchanged"] == {"areas": 1, "terms": 1, "goals": 1, "steps": 1}


def test_a_dry_run_of_an_import_changes_nothing(client: Client) -> None:
    lead = client.as_(a_lead(school=a_school()))
    assert lead.post("/api/v1/library/import?dry_run=true", content=SMALL).json()["added"]["steps"] == 1
    assert lead.get("/api/v1/library/steps").json()["items"] == []


def test_a_broken_table_is_not_told_what_another_kind_of_file_allows(client: Client) -> None:
    lead = client.as_(a_lead(school=a_school()))
    sent = {"content": b"PK\0\0not a table", "headers": {"Content-Type": "text/csv"}}
    (problem,) = lead.post("/api/v1/library/import?dry_run=true", **sent).json()["problems"]
    assert problem["detail"].startswith("this file isn't a table we can read.")


def test_a_file_with_mistakes_imports_nothing_and_names_the_lines(client: Client) -> None:
    lead = client.as_(a_lead(school=a_school()))
    broken = SMALL.replace("terms: [cue]", "terms: [clue]").replace("Be heard", "''")
    refused = lead.post("/api/v1/library/import", content=broken)
    assert refused.status_code == 422
    assert "Nothing was imported. library.yaml line 5: there is no text here." in refused.json()["detail"]
    tried = lead.post(
        "/api/v1/library/import?dry_run=true", content=SMALL.replace("terms: [cue]", "terms: [clue]")
    ).json()
    assert tried["problems"] == [
        {
            "file": "library.yaml",
            "line": 8,
            "detail": "there is no term “clue”, neither in these files nor in the library.",
        }
    ]
    assert lead.get("/api/v1/library/areas").json()["items"] == []


def test_an_export_imports_as_it_is(reader: Client, client: Client) -> None:
    file = reader.get("/api/v1/library/export")
    assert file.headers["content-type"].startswith("application/yaml")
    lead = client.as_(a_lead(school=a_school()))
    report = lead.post("/api/v1/library/import", content=file.content).json()
    assert report["added"]["steps"] == 56
    assert yaml.safe_load(lead.get("/api/v1/library/export").content) == yaml.safe_load(file.content)
