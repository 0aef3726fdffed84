"""What load balancers and scripts are told."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.testclient import TestClient

from pennydrop.clock import utcnow
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.ids import id_at, is_id, new_id
from pennydrop.jobs import beats
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import JobState, Queue
from pennydrop.settings import Settings
from pennydrop_api.app import create_app
from tests.api.client import Client
from tests.factories import a_person
from tests.support import small_disk


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
    assert answer.headers["content-type"].startswith("text/plain; version=")
    lines = answer.text.splitlines()
    assert 'pennydrop_service_up{service="worker"} 1.0' in lines
    assert 'pennydrop_service_up{service="transcoder"} 0.0' in lines
    assert 'pennydrop_jobs{queue="bulk",state="queued"} 1.0' in lines
    assert 'pennydrop_jobs{queue="interactive",state="failed"} 0.0' in lines
    assert any(line.startswith("pennydrop_disk_free_bytes ") for line in lines)
    assert "Aisha" not in answer.text


@pytest.mark.skipif(not small_disk.can_be_made(), reason=small_disk.WHY_NOT)
def test_metrics_tell_the_room_of_the_buckets_own_disk(settings: Settings, tmp_path: Path) -> None:
    with small_disk.a_small_disk(tmp_path / "disk", kilobytes=512) as disk:
        bucket = {"storage": "s3", "s3_endpoint": "127.0.0.1:9", "room_folder": disk.path}
        keys = {"s3_access_key": SecretStr("pennydrop"), "s3_secret_key": SecretStr("abc")}
        with TestClient(create_app(settings.model_copy(update=bucket | keys))) as client:
            lines = client.get("/metrics").text.splitlines()
    assert f"pennydrop_disk_free_bytes {float(512 << 10)}" in lines


def test_metrics_tell_how_long_the_jobs_of_the_last_hour_took(client: Client, database: SessionMaker) -> None:
    with transaction(database) as session:
        for number, lasted in enumerate((2_000, 4_000)):
            job = enqueue(session, "clip.file", queue=Queue.BULK, unique_key=f"{number}", payload={})
            job.state, job.started_at_ms, job.finished_at_ms = JobState.DONE, 1_000, 1_000 + lasted
        old = enqueue(session, "clip.file", queue=Queue.BULK, unique_key="old", payload={})
        old.id = id_at(utcnow() - timedelta(hours=2))
        old.state, old.started_at_ms, old.finished_at_ms = JobState.DONE, 0, 90_000
    lines = client.get("/metrics").text.splitlines()
    labels = '{kind="clip.file",state="done"}'
    assert f"pennydrop_jobs_ended_last_hour{labels} 2.0" in lines
    assert f"pennydrop_job_seconds_last_hour{labels} 3.0" in lines
    assert f"pennydrop_job_seconds_last_hour_max{labels} 4.0" in lines


def test_metrics_count_answers_by_their_route_and_never_by_address(client: Client) -> None:
    client.as_(a_person()).get(f"/api/v1/videos/{new_id()}")
    text = client.get("/metrics").text
    count = 'pennydrop_http_seconds_count{method="GET",route="/videos/{video_id}",status="4xx"} 1.0'
    assert count in text.splitlines()


def test_metrics_count_problems_by_their_code_wherever_they_arise(client: Client) -> None:
    somebody = client.as_(a_person())
    somebody.get(f"/api/v1/videos/{new_id()}")
    somebody.get(f"/api/v1/videos/{new_id()}")
    somebody.get("/api/v1/videos?limit=many")
    somebody.head(f"/api/v1/uploads/{new_id()}", headers={"Tus-Resumable": "0.2.2"})
    client.get("/api/v1/me")
    told = re.findall(
        r'^pennydrop_errors_total{code="(\w+)",status="(\d+)"} (\S+)$', client.get("/metrics").text, re.M
    )
    counted = {(code, status): float(count) for code, status, count in told}
    assert counted[("not_found", "404")] == 2
    assert counted[("invalid", "422")] == 1
    assert {status for _, status in counted} >= {"401", "412"}
    assert sum(counted.values()) == 5


def test_metrics_tell_what_stopped_jobs(client: Client, database: SessionMaker) -> None:
    with transaction(database) as session:
        for number in range(2):
            job = enqueue(session, "clip.file", queue=Queue.BULK, unique_key=f"{number}", payload={})
            job.state, job.error_code = JobState.FAILED, "too_demanding"
    line = 'pennydrop_job_errors_last_hour{code="too_demanding",kind="clip.file"} 2.0'
    assert line in client.get("/metrics").text.splitlines()


def test_a_request_has_a_number_or_keeps_the_one_it_came_with(client: Client) -> None:
    assert is_id(client.get("/healthz").headers["X-Request-Id"])
    given = client.get("/healthz", headers={"X-Request-Id": "0af7651916cd43dd"})
    assert given.headers["X-Request-Id"] == "0af7651916cd43dd"
    odd = client.get("/healthz", headers={"X-Request-Id": "a b; drop"})
    assert is_id(odd.headers["X-Request-Id"])


def test_a_fault_of_ours_is_found_in_the_logs_by_the_number_that_people_are_told(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("pennydrop_api.health.routes.figures", broken)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        answer = client.get("/metrics")
        monkeypatch.undo()
        counted = client.get("/metrics").text
    number = answer.headers["X-Request-Id"]
    assert (answer.status_code, number[-6:] in answer.json()["detail"]) == (500, True)
    assert [vars(record)["request"] for record in caplog.records if record.exc_info] == [number]
    assert 'route="/metrics",status="5xx"} 1.0' in counted


def test_a_load_balancer_need_not_mind_a_missing_worker(client: Client) -> None:
    assert client.get("/readyz").status_code == 503
    assert client.get("/readyz/api").status_code == 200


@pytest.mark.parametrize("address", ["/readyz", "/readyz/api"])
def test_an_api_that_is_about_to_stop_says_so_and_still_answers(
    client: Client, app: FastAPI, database: SessionMaker, address: str
) -> None:
    live(database, "transcoder", "worker")
    assert client.get(address).status_code == 200
    app.state.parts.draining.set()
    answer = client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (503, "stopping")
    assert client.get("/healthz").status_code == 200


def test_it_is_not_ready_without_screens_to_show(
    settings: Settings, database: SessionMaker, tmp_path: Path
) -> None:
    live(database, "transcoder", "worker")
    bare = settings.model_copy(update={"web_root": tmp_path})
    with TestClient(create_app(bare)) as client:
        assert client.get("/readyz").json()["code"] == "screens_missing"
        assert client.get("/readyz").status_code == 503
        assert client.get("/readyz/api").status_code == 200
    (tmp_path / "index.html").touch()
    with TestClient(create_app(bare)) as client:
        assert client.get("/readyz").status_code == 200
