"""What load balancers and scripts are told."""

from __future__ import annotations

import pytest

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.jobs import beats
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Queue
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


def test_metrics_tell_of_services_and_work_and_of_nobody(client: Client, database: SessionMaker) -> None:
    live(database, "worker")
    with transaction(database) as session:
        enqueue(session, "demo.errand", queue=Queue.BULK, unique_key="errand:1", payload={"who": "Aisha"})
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    assert 'pennydrop_service_up{service="worker"} 1' in lines
    assert 'pennydrop_service_up{service="transcoder"} 0' in lines
    assert 'pennydrop_jobs{queue="bulk",state="queued"} 1' in lines
    assert 'pennydrop_jobs{queue="interactive",state="failed"} 0' in lines
    assert any(line.startswith("pennydrop_disk_free_bytes ") for line in lines)
    assert "Aisha" not in answer.text
