"""What holds for every request and answer."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from sqlalchemy import Connection, event

from tests.api.client import Client
from tests.factories import PASSWORD, a_person, a_video

LOG_IN = {"email": "aisha@elm.test", "password": PASSWORD}


@pytest.fixture
def hers(client: Client) -> Client:
    """A browser in which somebody has logged in."""
    a_person(email="aisha@elm.test", password=PASSWORD)
    assert client.post("/api/v1/session", json=LOG_IN).status_code == 200
    return client


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.test"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://other.localhost"},
        {"Origin": "https://elsewhere.test"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
    ],
)
def test_another_site_changes_nothing_through_her_browser(hers: Client, headers: dict[str, str]) -> None:
    answer = hers.post("/api/v1/me/tokens", json={"name": "stolen"}, headers=headers)
    assert answer.status_code == 403
    assert answer.json()["code"] == "cross_site_request"
    assert hers.get("/api/v1/me/tokens").json()["items"] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
        {"Origin": "http://localhost"},
        {},
    ],
)
def test_our_own_pages_do_what_they_like(hers: Client, headers: dict[str, str]) -> None:
    answer = hers.post("/api/v1/me/tokens", json={"name": "mine"}, headers=headers)
    assert answer.status_code == 201


def test_another_site_cant_log_her_into_somebody_elses_account(client: Client) -> None:
    a_person(email="aisha@elm.test", password=PASSWORD)
    answer = client.post("/api/v1/session", json=LOG_IN, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_script_with_a_token_passes_from_anywhere(client: Client) -> None:
    mine = client.as_(a_person())
    answer = mine.post("/api/v1/me/tokens", json={}, headers={"Origin": "https://scripts.test"})
    assert answer.status_code == 201


def test_logging_in_over_an_open_connection_says_why_it_cant_work(client: Client) -> None:
    headers = {"Origin": "http://192.168.1.20:8000", "Host": "192.168.1.20:8000"}
    answer = client.post("/api/v1/session", json=LOG_IN, headers=headers)
    assert answer.json()["code"] == "connection_not_secure"


def test_answers_are_neither_kept_nor_guessed_at(client: Client) -> None:
    for answer in (client.get("/api/v1/me"), client.as_(a_person()).get("/api/v1/me")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("kind", ["vtt", "csv"])
def test_what_was_written_about_a_film_is_not_kept_by_the_browser(client: Client, kind: str) -> None:
    film = a_video()
    answer = client.as_(film.owner).get(f"/api/v1/videos/{film.id}/moments.{kind}")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


@pytest.mark.parametrize("said", [True, False])
def test_a_body_that_is_far_too_large_is_refused_in_words(client: Client, said: bool) -> None:
    body = b'{"name": "' + b"x" * 9_000_000 + b'"}'
    mine = client.as_(a_person())
    pieces = (body[start : start + 65536] for start in range(0, len(body), 65536))
    answer = mine.post(
        "/api/v1/me/tokens", content=body if said else pieces, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413
    assert "too large" in answer.json()["detail"].lower()


def test_moments_in_time_are_told_in_utc(client: Client) -> None:
    made = client.as_(a_person()).post("/api/v1/me/tokens", json={}).json()
    assert made["created_at"].endswith("Z")


def test_what_the_framework_refuses_is_said_in_sentences_too(client: Client) -> None:
    mine = client.as_(a_person())
    wrong = mine.put("/api/v1/videos")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_not_allowed")
    assert "Allow" in wrong.json()["detail"]
    assert "GET" in wrong.headers["Allow"]
    nested = mine.post(
        "/api/v1/me/tokens", content=b"[" * 100_000, headers={"Content-Type": "application/json"}
    )
    assert nested.status_code == 400
    assert "can't be read" in nested.json()["detail"]


def test_too_large_has_one_code_however_it_is_noticed(client: Client) -> None:
    mine = client.as_(a_person())
    said = mine.post("/api/v1/me/tokens", content=b"x" * (9 << 20))
    found_out = mine.post("/api/v1/me/tokens", content=iter([b"x" * (1 << 20)] * 9))
    assert {answer.status_code for answer in (said, found_out)} == {413}
    assert said.json() == found_out.json()


# A full PostgreSQL is its own machine's matter.
@pytest.mark.on_database("sqlite")
def test_a_full_disk_is_said_in_a_sentence_and_reading_goes_on(client: Client, app: FastAPI) -> None:
    video = a_video()
    mine = client.as_(video.owner)
    address = f"/api/v1/videos/{video.id}/moments"
    engine = app.state.parts.writers.kw["bind"]

    def no_page_more(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")

    event.listen(engine, "begin", no_page_more)
    full = [mine.post(address, json={"start_ms": n, "text": "x" * 5_000}) for n in range(5)][-1]
    assert (full.status_code, full.json()["code"]) == (507, "database_full")
    assert "disk of the school's server is full" in full.json()["detail"]
    assert mine.get(address).status_code == 200
