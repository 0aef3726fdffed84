"""Passwords, tokens, and what administrators look after."""

from __future__ import annotations

import pytest

from pennydrop.people.invite import invite
from pennydrop.people.models import Person
from tests.api.client import Client
from tests.factories import (
    PASSWORD,
    a_coach,
    a_lead,
    a_pairing,
    a_person,
    a_school,
    a_video,
    an_admin,
    an_organisation,
    world,
)


def logged_in(client: Client, email: str, password: str = PASSWORD) -> Client:
    """Another browser in which this person has logged in."""
    other = client.another()
    answer = other.post("/api/v1/session", json={"email": email, "password": password})
    assert answer.status_code == 200, answer.text
    return other


def test_a_new_password_logs_every_other_browser_out(client: Client) -> None:
    a_person(email="aisha@elm.test", password=PASSWORD)
    phone, laptop = logged_in(client, "aisha@elm.test"), logged_in(client, "aisha@elm.test")
    change = {"present": PASSWORD, "new": "four quite different words"}
    assert phone.post("/api/v1/me/password", json=change).status_code == 204
    assert phone.get("/api/v1/me").status_code == 200
    assert laptop.get("/api/v1/me").status_code == 401
    logged_in(client, "aisha@elm.test", "four quite different words")


def test_a_new_password_ends_older_links_to_set_one(client: Client) -> None:
    person, other = a_person(password=PASSWORD), a_person()
    with world.session() as session:
        link, others = (invite(session, session.get_one(Person, one.id))[1] for one in (person, other))
    change = {"present": PASSWORD, "new": "three words in a row"}
    assert client.as_(person).post("/api/v1/me/password", json=change).status_code == 204
    assert client.get(f"/api/v1/invitations/{link}").status_code == 410
    words = {"password": "another three words in a row"}
    assert client.another().post(f"/api/v1/invitations/{link}", json=words).status_code == 410
    assert client.get(f"/api/v1/invitations/{others}").status_code == 200


def test_the_present_password_is_needed_for_a_new_one(client: Client) -> None:
    a_person(email="aisha@elm.test", password=PASSWORD)
    browser = logged_in(client, "aisha@elm.test")
    change = {"present": "not this one", "new": "four quite different words"}
    assert browser.post("/api/v1/me/password", json=change).json()["code"] == "present_password_wrong"


def test_logging_out_ends_the_session_here_and_nowhere_else(client: Client) -> None:
    a_person(email="aisha@elm.test", password=PASSWORD)
    phone, laptop = logged_in(client, "aisha@elm.test"), logged_in(client, "aisha@elm.test")
    cookie = phone.cookies["pennydrop_session"]
    assert phone.delete("/api/v1/session").status_code == 204
    assert phone.get("/api/v1/me").status_code == 401
    assert laptop.get("/api/v1/me").status_code == 200
    stolen = client.another()
    stolen.cookies.set("pennydrop_session", cookie, domain="localhost.local", path="/")
    assert stolen.get("/api/v1/me").status_code == 401


def test_a_token_speaks_for_its_person_until_she_removes_it(client: Client) -> None:
    person = a_person("Aisha")
    mine = client.as_(person)
    made = mine.post("/api/v1/me/tokens", json={"name": "nightly copy"}).json()
    headers = {"Authorization": f"Bearer {made['token']}"}
    assert client.get("/api/v1/me", headers=headers).json()["name"] == "Aisha"
    shown = mine.get("/api/v1/me/tokens").json()["items"]
    assert [one["name"] for one in shown if one["id"] == made["id"]] == ["nightly copy"]
    assert all("token" not in one for one in shown)
    assert next(one for one in shown if one["id"] == made["id"])["last_used_at"].endswith("Z")
    assert mine.delete(f"/api/v1/me/tokens/{made['id']}").status_code == 204
    assert client.get("/api/v1/me", headers=headers).status_code == 401


def test_nobody_removes_somebody_elses_token(client: Client) -> None:
    token = client.as_(a_person()).post("/api/v1/me/tokens", json={}).json()
    assert client.as_(a_person()).delete(f"/api/v1/me/tokens/{token['id']}").status_code == 404


def test_somebody_who_is_disabled_is_out_at_once_and_stays_out(client: Client) -> None:
    admin = an_admin()
    a_person(email="aisha@elm.test", password=PASSWORD, school=admin.school)
    browser = logged_in(client, "aisha@elm.test")
    aisha = browser.get("/api/v1/me").json()["id"]
    client.as_(admin).patch(f"/api/v1/people/{aisha}", json={"disabled": True})
    assert browser.get("/api/v1/me").status_code == 401
    answer = client.post("/api/v1/session", json={"email": "aisha@elm.test", "password": PASSWORD})
    assert answer.json()["code"] == "wrong_password"
    client.as_(admin).patch(f"/api/v1/people/{aisha}", json={"disabled": False})
    assert browser.get("/api/v1/me").status_code == 401


def test_who_is_in_another_organisation_is_not_told_by_an_address(client: Client) -> None:
    admin = an_admin()
    here = a_person(school=admin.school, email="here@elm.test")
    elsewhere = a_person(email="far@oak.test")
    said = []
    for person in (here, elsewhere):
        answer = client.as_(admin).post("/api/v1/people", json={"name": "Zoe", "email": person.email})
        said.append((answer.status_code, answer.json()["detail"].replace(person.email, "…")))
    assert said[0] == said[1]
    assert said[0][0] == 409
    assert "use another address" in said[0][1]
    assert "already" not in said[0][1]


def test_an_organisation_keeps_an_administrator(client: Client) -> None:
    admin = an_admin()
    for change in ({"is_admin": False}, {"disabled": True}):
        answer = client.as_(admin).patch(f"/api/v1/people/{admin.id}", json=change)
        assert answer.json()["code"] == "last_administrator"


@pytest.mark.each_database
def test_an_administrator_gives_up_leading_and_does_not_take_it_up(client: Client) -> None:
    admin = a_person(admin=True, lead=True)
    school = a_school(beside=admin.school)
    path = f"/api/v1/people/{admin.id}"
    here, there = admin.school_id, school.id
    refused = client.as_(admin).patch(path, json={"leads": [here, there]})
    assert refused.status_code == 403
    assert "Another administrator can make you a lead" in refused.json()["detail"]
    assert client.as_(admin).patch(path, json={"leads": [here], "name": "Ada"}).status_code == 200
    assert client.as_(admin).patch(path, json={"leads": []}).json()["is_lead"] is False
    assert client.as_(admin).patch(path, json={"leads": [here]}).status_code == 403
    other = an_admin(school=admin.school)
    assert client.as_(other).patch(path, json={"leads": [here]}).json()["is_lead"] is True


def test_an_administrator_makes_somebody_lead_of_schools(client: Client) -> None:
    admin = an_admin()
    person = a_person(school=admin.school)
    path = f"/api/v1/people/{person.id}"
    answer = client.as_(admin).patch(path, json={"leads": [admin.school_id]})
    assert [school["id"] for school in answer.json()["leads"]] == [admin.school_id]
    assert client.as_(person).get("/api/v1/me").json()["is_lead"] is True
    assert client.as_(admin).patch(path, json={"leads": []}).json()["is_lead"] is False
    assert client.as_(admin).patch(path, json={"leads": [a_school().id]}).status_code == 422


def test_colleagues_know_each_others_names_and_no_more(client: Client) -> None:
    person = a_person("Aisha")
    a_person("Bo", school=person.school)
    a_person("Somewhere else")
    people = client.as_(person).get("/api/v1/people").json()["items"]
    assert [(one["name"], one["email"] is not None) for one in people] == [("Aisha", True), ("Bo", False)]


def test_people_come_in_pages_by_name(client: Client) -> None:
    admin = a_person("Zoe", admin=True)
    for name in ("Cy", "Bo", "Bo", "Al"):
        a_person(name, school=admin.school)
    names, cursor = [], None
    while True:
        page = client.as_(admin).get("/api/v1/people", params={"limit": 2, "q": "", "cursor": cursor or ""})
        names += [one["name"] for one in page.json()["items"]]
        cursor = page.json()["next_cursor"]
        if cursor is None:
            break
    assert names == ["Al", "Bo", "Bo", "Cy", "Zoe"]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("elodie", ["Élodie O’Brien"]),
        ("ÉLODIE", ["Élodie O’Brien"]),
        ("obrien él", ["Élodie O’Brien"]),
        ("O'Brien", ["Élodie O’Brien"]),
        ("lukasz", ["Łukasz Zieliński"]),
        ("z", ["Łukasz Zieliński", "Zoe"]),
        ("%", []),
    ],
)
def test_a_name_is_found_however_it_is_typed(client: Client, q: str, found: list[str]) -> None:
    admin = a_person("Zoe", admin=True)
    for name in ("Élodie O’Brien", "Łukasz Zieliński"):
        a_person(name, school=admin.school)
    people = client.as_(admin).get("/api/v1/people", params={"q": q}).json()["items"]
    assert [one["name"] for one in people] == found


def test_a_name_that_was_changed_is_found_and_sorted_by_the_new_one(client: Client) -> None:
    admin = a_person("Zoe", admin=True)
    person = a_person("Bo", school=admin.school)
    client.as_(admin).patch(f"/api/v1/people/{person.id}", json={"name": "ándrea de Souza"})
    people = client.as_(admin).get("/api/v1/people").json()["items"]
    assert [one["name"] for one in people] == ["ándrea de Souza", "Zoe"]
    assert client.as_(admin).get("/api/v1/people", params={"q": "bo"}).json()["items"] == []


def test_pairings_are_found_by_the_name_of_either(client: Client) -> None:
    admin = a_person("Zoe", admin=True)
    ada, bo, cy = (a_person(name, school=admin.school) for name in ("Ada", "Bo", "Cy"))
    for coach, coachee in ((ada, bo), (bo, cy)):
        client.as_(admin).post("/api/v1/pairings", json={"coach": coach.id, "coachee": coachee.id})
    for q, found in (("ada", 1), ("bo", 2), ("CY", 1), ("dee", 0), ("", 2)):
        pairings = client.as_(admin).get("/api/v1/pairings", params={"q": q}).json()["items"]
        assert len(pairings) == found, q


def test_the_newest_pairings_come_first_a_page_at_a_time(client: Client) -> None:
    admin = a_person("Zoe", admin=True)
    coach, *coachees = (a_person(school=admin.school) for _ in range(6))
    for coachee in coachees:
        client.as_(admin).post("/api/v1/pairings", json={"coach": coach.id, "coachee": coachee.id})
    seen, cursor = [], ""
    while cursor is not None:
        page = client.as_(admin).get("/api/v1/pairings", params={"limit": 2, "cursor": cursor}).json()
        seen += [pairing["coachee"]["id"] for pairing in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [coachee.id for coachee in reversed(coachees)]


def test_a_lead_pairs_people_of_her_school_and_either_of_them_ends_it(client: Client) -> None:
    lead = a_lead()
    coach, coachee = a_person(school=lead.school), a_person(school=lead.school)
    video = a_video(owner=coachee)
    made = client.as_(lead).post("/api/v1/pairings", json={"coach": coach.id, "coachee": coachee.id})
    assert made.status_code == 201
    with_coach = client.as_(coach)
    assert with_coach.get("/api/v1/me").json()["is_coach"] is True
    ended = client.as_(coachee).patch(f"/api/v1/pairings/{made.json()['id']}", json={"ended": True})
    assert ended.json()["ended_at"] is not None
    assert with_coach.get(f"/api/v1/videos/{video.id}").status_code == 404
    assert client.as_(lead).get("/api/v1/pairings").json()["items"] == []
    assert len(client.as_(lead).get("/api/v1/pairings?ended=true").json()["items"]) == 1


def test_nobody_gives_herself_access_to_somebodys_films(client: Client) -> None:
    lead = a_lead()
    admin, coachee = an_admin(school=lead.school), a_person(school=lead.school)
    for one in (lead, admin):
        answer = client.as_(one).post("/api/v1/pairings", json={"coach": one.id, "coachee": coachee.id})
        assert answer.status_code == 403


def test_a_lead_pairs_nobody_in_a_school_she_doesnt_lead(client: Client) -> None:
    organisation = an_organisation()
    lead = a_lead(school=a_school(organisation=organisation))
    elsewhere = a_person(school=a_school(organisation=organisation))
    here = a_person(school=lead.school)
    answer = client.as_(lead).post("/api/v1/pairings", json={"coach": here.id, "coachee": elsewhere.id})
    assert answer.status_code == 404
    coach = a_coach(of=here, school=elsewhere.school)
    a_pairing(coach, lead)
    answer = client.as_(lead).post("/api/v1/pairings", json={"coach": coach.id, "coachee": here.id})
    assert answer.status_code == 403


def test_the_same_two_arent_paired_twice_at_once(client: Client) -> None:
    admin = an_admin()
    coachee = a_person(school=admin.school)
    coach = a_coach(of=coachee)
    answer = client.as_(admin).post("/api/v1/pairings", json={"coach": coach.id, "coachee": coachee.id})
    assert answer.json()["code"] == "already_paired"


def test_an_administrator_adds_a_school_to_her_organisation(client: Client) -> None:
    admin = an_admin()
    client.as_(admin).post("/api/v1/schools", json={"name": "Oak"})
    assert "Oak" in [one["name"] for one in client.as_(admin).get("/api/v1/schools").json()["items"]]
    other = client.as_(an_admin()).get("/api/v1/schools").json()["items"]
    assert "Oak" not in [one["name"] for one in other]


def test_two_people_are_let_coach_each_other_at_once(client: Client) -> None:
    admin = an_admin()
    one, other = a_person("Ruth", school=admin.school), a_person("Dylan", school=admin.school)
    a_pairing(other, one)
    pair = {"coach": one.id, "coachee": other.id, "both_ways": True}
    made = client.as_(admin).post("/api/v1/pairings", json=pair)
    assert made.status_code == 201
    assert made.json()["coach"]["name"] == "Ruth"
    me = client.as_(one).get("/api/v1/me").json()
    assert [me["coaches"][0]["person"]["name"], me["coached_by"][0]["person"]["name"]] == ["Dylan", "Dylan"]
    again = client.as_(admin).post("/api/v1/pairings", json=pair)
    assert (again.status_code, again.json()["detail"]) == (409, "Ruth and Dylan coach each other already.")


def test_whoever_may_not_see_two_people_learns_nothing_of_their_pairing(client: Client) -> None:
    one = a_person("Ruth")
    other = a_coach(of=one)
    a_pairing(one, other)
    pair = {"coach": one.id, "coachee": other.id, "both_ways": True}
    assert client.as_(an_admin()).post("/api/v1/pairings", json=pair).status_code == 404


def test_nobody_becomes_a_coach_by_asking_for_both_ways(client: Client) -> None:
    lead = a_lead()
    other = a_person(school=lead.school)
    pair = {"coach": other.id, "coachee": lead.id, "both_ways": True}
    assert client.as_(lead).post("/api/v1/pairings", json=pair).status_code == 403
