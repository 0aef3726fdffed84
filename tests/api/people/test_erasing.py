"""Somebody who was erased is named nowhere any more."""

from __future__ import annotations

import pytest

from pennydrop.care.erase_person import SOMEBODY, erase_person
from pennydrop.people.models import Person
from tests.api.client import Client
from tests.factories import a_person, a_school, an_admin, world


@pytest.mark.each_database
def test_her_name_goes_from_the_records_of_people_at_other_schools(client: Client) -> None:
    coach = a_person("Ann")
    near, far = (
        a_person(school=coach.school),
        a_person(school=a_school(beside=coach.school)),
    )
    namesake = a_person("Joanna Ann-Lee", school=coach.school)
    admin = client.as_(an_admin(school=coach.school))
    for one, coachee in ((coach, near), (coach, far), (namesake, near)):
        made = admin.post("/api/v1/pairings", json={"coach": one.id, "coachee": coachee.id})
        assert made.status_code == 201
    with world.session() as session:
        erase_person(session, None, session.get_one(Person, coach.id))
    read = {
        name: [entry["detail"] for entry in client.as_(person).get("/api/v1/audit/entries").json()["items"]]
        for name, person in {"near": near, "far": far}.items()
    }
    assert read == {"near": ["Joanna Ann-Lee", SOMEBODY], "far": [SOMEBODY]}
