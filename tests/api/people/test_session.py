"""Logging in and out."""

from __future__ import annotations

from tests.api.client import Client
from tests.factories import PASSWORD, a_coach, a_lead, a_person, a_school


def log_in(client: Client, email: str, password: str = PASSWORD) -> int:
    status: int = client.post("/api/v1/session", json={"email": email, "password": password}).status_code
    return status


def test_a_person_logs_in_with_her_password_and_is_known_from_then_on(client: Client) -> None:
    person = a_person("Aisha", email="aisha@elm.test", password=PASSWORD)
    answer = client.post("/api/v1/session", json={"email": " Aisha@Elm.test", "password": PASSWORD})
    assert answer.status_code == 200
    assert answer.json()["name"] == "Aisha"
    assert client.get("/api/v1/me").json()["id"] == person.id


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client) -> None:
    a_person(email="aisha@elm.test", password=PASSWORD)
    answer = client.post("/api/v1/session", json={"email": "aisha@elm.test", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_away_from_localhost_the_session_cookie_only_travels_encrypted(client: Client) -> None:
    a_person(email="aisha@elm.test", password=PASSWORD)
    answer = client.post(
        "https://pennydrop.elm.test/api/v1/session", json={"email": "aisha@elm.test", "password": PASSWORD}
    )
    assert "Secure" in answer.headers["set-cookie"]


def test_me_says_who_i_am_to_others(client: Client) -> None:
    school = a_school("Elm")
    coachee = a_person("Aisha", school=school)
    coach = a_coach(of=coachee, name="Sam")
    a_coach(of=coachee, name="Past coach", ended=True)
    lead = a_lead(school=school)
    me = client.as_(coachee).get("/api/v1/me").json()
    assert [one["person"]["name"] for one in me["coached_by"]] == ["Sam"]
    assert (me["is_coachee"], me["is_coach"], me["is_lead"], me["is_admin"]) == (True, False, False, False)
    assert client.as_(coach).get("/api/v1/me").json()["coaches"][0]["person"]["id"] == coachee.id
    assert client.as_(lead).get("/api/v1/me").json()["leads"] == [{"id": school.id, "name": "Elm"}]


def test_nobody_is_not_signed_in(client: Client) -> None:
    answer = client.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.json()["code"] == "not_signed_in"
