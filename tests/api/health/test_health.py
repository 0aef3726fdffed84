"""What load balancers and scripts are told."""

from __future__ import annotations

import pytest

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.jobs import beats
from tests.api.client import Client


def live(sessions: SessionMaker, *services: str) -> None:
    with transaction(sessions) as session:
        for service in services:
            beats.beat(session, service, f"{service}@test")


def test_an_api_that_lives_says_so_whatever_else_is_broken(client: Client) -> None:
    assert client.get("/healthz").json()["status"] == "ok"


def test_it_is_ready_once_all_three_services_live(client: Client, database: SessionMaker) -> None:
    live(database, "transcoder", "worker")
    assert client.get("/readyz").json()["services"] == ["api", "transcoder", "worker"]


@pytest.mark.parametrize(
    ("living", "sentence"),
    [
        (["worker"], "The transcoder isn't running yet."),
        ([], "The transcoder and the worker aren't running yet."),
    ],
)
def test_it_names_what_is_missing(
    client: Client, database: SessionMaker, living: list[str], sentence: str
) -> None:
    live(database, *living)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")
    assert sentence in answer.json()["detail"]


def test_a_service_that_was_stopped_is_not_ready_any_more(client: Client, database: SessionMaker) -> None:
    live(database, "transcoder", "worker")
    with transaction(database) as session:
        beats.farewell(session, "worker@test")
    assert "The worker isn't running" in client.get("/readyz").json()["detail"]
