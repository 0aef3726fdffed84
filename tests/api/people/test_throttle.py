"""Guessing a password is slow, and mistyping one's own is forgiven."""

from __future__ import annotations

from datetime import timedelta

from pennydrop.clock import utcnow
from pennydrop.people.models import LoginFailure
from pennydrop.people.throttle import PER_EMAIL_AND_ADDRESS, WINDOW
from tests.api.client import Client
from tests.factories import PASSWORD, a_person, world


def guess(client: Client, email: str = "aisha@elm.test", password: str = "a wrong guess") -> int:
    status: int = client.post("/api/v1/session", json={"email": email, "password": password}).status_code
    return status


def test_after_too_many_guesses_even_the_right_password_has_to_wait(client: Client) -> None:
    a_person(email="aisha@elm.test", password=PASSWORD)
    assert {guess(client) for _ in range(PER_EMAIL_AND_ADDRESS)} == {401}
    answer = client.post("/api/v1/session", json={"email": "aisha@elm.test", "password": PASSWORD})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == str(int(WINDOW.total_seconds()))
    with world.session() as session:
        session.query(LoginFailure).update({"at": utcnow() - WINDOW - timedelta(seconds=1)})
    assert guess(client, password=PASSWORD) == 200


def test_one_persons_mistakes_dont_lock_her_colleagues_out(client: Client) -> None:
    a_person(email="bo@elm.test", password=PASSWORD)
    for _ in range(PER_EMAIL_AND_ADDRESS):
        guess(client)
    assert guess(client, email="bo@elm.test", password=PASSWORD) == 200


def test_logging_in_wipes_the_slate(client: Client) -> None:
    a_person(email="aisha@elm.test", password=PASSWORD)
    for _ in range(2):
        for _ in range(PER_EMAIL_AND_ADDRESS - 1):
            guess(client)
        assert guess(client, password=PASSWORD) == 200


def test_an_unknown_e_mail_address_is_answered_like_a_wrong_password(client: Client) -> None:
    a_person(email="aisha@elm.test", password=PASSWORD)
    a_person(email="new@elm.test")
    answers = [
        client.post("/api/v1/session", json={"email": email, "password": "a wrong guess"}).json()
        for email in ("aisha@elm.test", "new@elm.test", "nobody@elm.test")
    ]
    assert answers[0] == answers[1] == answers[2]
