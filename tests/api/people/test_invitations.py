"""New people come in by a link; a forgotten password is mended by one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pennydrop.clock import utcnow
from pennydrop.people.models import Invitation
from tests.api.client import Client
from tests.factories import PASSWORD, a_person, a_school, an_admin, world


def invited(client: Client, **fields: Any) -> dict[str, Any]:
    new = {"name": "Grace", "email": "grace@elm.test", **fields}
    answer = client.as_(an_admin(school=a_school("Elm"))).post("/api/v1/people", json=new)
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_somebody_new_opens_her_link_sets_a_password_and_is_in(client: Client) -> None:
    link = invited(client)["invitation"]
    assert link["url"] == f"http://localhost/welcome/{link['token']}"
    path = f"/api/v1/invitations/{link['token']}"
    assert client.get(path).json()["school"]["name"] == "Elm"
    answer = client.post(path, json={"name": "Grace Hopkins", "password": PASSWORD})
    assert answer.json()["name"] == "Grace Hopkins"
    assert client.get("/api/v1/me").json()["email"] == "grace@elm.test"


def test_a_link_works_once(client: Client) -> None:
    path = f"/api/v1/invitations/{invited(client)['invitation']['token']}"
    client.post(path, json={"password": PASSWORD})
    assert client.get(path).status_code == 410
    assert client.post(path, json={"password": PASSWORD}).status_code == 410


def test_an_old_link_has_ended_and_an_incomplete_one_is_unknown(client: Client) -> None:
    token = invited(client)["invitation"]["token"]
    with world.session() as session:
        session.query(Invitation).update({"expires_at": utcnow() - timedelta(days=1)})
    assert client.get(f"/api/v1/invitations/{token}").json()["code"] == "invitation_ended"
    assert client.get(f"/api/v1/invitations/{token[:-1]}").status_code == 404


def test_a_weak_password_is_refused_with_a_reason_and_the_link_still_works(client: Client) -> None:
    path = f"/api/v1/invitations/{invited(client)['invitation']['token']}"
    answer = client.post(path, json={"password": "short"})
    assert answer.status_code == 422
    assert "at least 10 characters" in answer.json()["detail"]
    assert client.get(path).status_code == 200


def test_a_new_link_ends_the_earlier_one_and_the_log_ins_of_before(client: Client) -> None:
    admin = an_admin()
    person = a_person(school=admin.school, password=PASSWORD)
    renew = f"/api/v1/people/{person.id}/invitation"
    first = client.as_(admin).post(renew).json()["token"]
    second = client.as_(admin).post(renew).json()["token"]
    own = client.as_(person)
    assert own.get("/api/v1/me").status_code == 200
    assert client.get(f"/api/v1/invitations/{first}").status_code == 410
    assert client.get(f"/api/v1/invitations/{second}").json()["first_time"] is False
    client.post(f"/api/v1/invitations/{second}", json={"password": "another three words"})
    assert own.get("/api/v1/me").status_code == 401


def test_two_people_never_share_an_e_mail_address(client: Client) -> None:
    a_person(email="grace@elm.test")
    answer = client.as_(an_admin()).post("/api/v1/people", json={"name": "Grace", "email": "Grace@elm.test"})
    assert answer.status_code == 409


def test_an_administrator_adds_nobody_to_another_organisations_school(client: Client) -> None:
    new = {"name": "Grace", "email": "grace@elm.test", "school": a_school().id}
    assert client.as_(an_admin()).post("/api/v1/people", json=new).status_code == 404


def test_only_administrators_add_people(client: Client) -> None:
    new = {"name": "Grace", "email": "grace@elm.test"}
    assert client.as_(a_person(lead=True)).post("/api/v1/people", json=new).status_code == 403
