"""What people are told while a server behind Pennydrop is away, and that it goes on by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.engine import make_url

from pennydrop.changes.feed import record
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.ids import new_id
from pennydrop.jobs import beats
from pennydrop.settings import Settings
from pennydrop.videos.models import Rendition, RenditionName, Video
from pennydrop_api.app import create_app
from pennydrop_api.deps import AT_ONCE
from pennydrop_api.events.hub import Hub
from tests.api.client import Client
from tests.factories import a_person, world
from tests.factories.content import a_video
from tests.support.house import until
from tests.support.loops import run_apart
from tests.support.servers.postgresql import PostgreSQL
from tests.support.servers.s3 import S3
from tests.support.servers.wire import Wire, a_wire

# Whoever waits longer for an answer thinks that it never comes.
PATIENCE_S = 15.0


def in_time(client: Client, path: str) -> tuple[int, str, str | None]:
    began = time.monotonic()
    answer = client.get(path)
    assert time.monotonic() - began < PATIENCE_S
    return answer.status_code, answer.json().get("code", ""), answer.headers.get("Retry-After")


class TestDatabase:
    @pytest.fixture
    def wire(self, postgresql: PostgreSQL) -> Iterator[Wire]:
        with a_wire(postgresql.port) as wire:
            yield wire

    @pytest.fixture
    def app(self, databases: object, settings: Settings, database: object, wire: Wire) -> FastAPI:
        url = make_url(settings.database_url).set(port=wire.port)
        through = url.render_as_string(hide_password=False)
        return create_app(settings.model_copy(update={"database_url": through}))

    @pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
    def test_a_network_that_swallows_everything_is_noticed_in_seconds(self, app: FastAPI, wire: Wire) -> None:
        me = Client(app).as_(a_person())
        assert me.get("/api/v1/me").status_code == 200
        wire.cut()
        assert in_time(me, "/api/v1/me") == (503, "database_silent", "5")
        began = time.monotonic()
        assert {in_time(me, "/api/v1/me")[0] for _ in range(20)} == {503}
        assert time.monotonic() - began < PATIENCE_S, "each of them waited in turn"
        assert in_time(me, "/readyz")[:2] == (503, "database_down")
        assert me.get("/healthz").status_code == 200
        wire.mend()
        until(lambda: me.get("/api/v1/me").status_code == 200)

    @pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
    def test_an_address_that_opens_a_door_is_not_written_into_the_log(
        self, app: FastAPI, wire: Wire, caplog: pytest.LogCaptureFixture
    ) -> None:
        client = Client(app)
        wire.cut()
        assert in_time(client, "/api/v1/invitations/a-secret-of-hers")[0] == 503
        assert "/invitations/{token}: " in caplog.text
        assert "a-secret-of-hers" not in caplog.text

    @pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
    def test_who_listens_is_let_go_and_hears_of_changes_once_she_is_back(
        self, app: FastAPI, database: SessionMaker, wire: Wire
    ) -> None:
        hub: Hub = app.state.parts.hub
        somebody = a_person()

        async def first_change() -> list[str]:
            wire.unplug()
            with hub.listening(somebody.id, "by whom") as listener:
                assert await listener.batches.get() is None
            wire.plug_in()
            while True:
                with hub.listening(somebody.id, "by whom") as listener:
                    # What was there before is nobody's news, so it is told until somebody hears it.
                    while listener.batches.empty():
                        await asyncio.to_thread(self._record_change, database)
                        await asyncio.sleep(0.5)
                    if batch := await listener.batches.get():
                        return [change.topic for change in batch]

        assert set(run_apart(asyncio.wait_for(first_change(), 60))) == {"term"}

    def _record_change(self, database: SessionMaker) -> None:
        with transaction(database) as session:
            record(session, "term", new_id())


class TestStore:
    @pytest.fixture
    def wire(self, s3: S3) -> Iterator[Wire]:
        with a_wire(s3.port) as wire:
            yield wire

    @pytest.fixture
    def app(self, settings: Settings, database: object, s3: S3, wire: Wire) -> FastAPI:
        through = {**s3.settings(s3.make_bucket()), "s3_endpoint": f"127.0.0.1:{wire.port}"}
        return create_app(settings.model_copy(update=through))

    def test_films_cannot_be_reached_for_a_while_and_everything_else_can(
        self, app: FastAPI, database: SessionMaker, wire: Wire
    ) -> None:
        with transaction(database) as session:
            for service in ("transcoder", "worker"):
                beats.beat(session, service, f"{service}@test")
        video = a_video()
        me = Client(app).as_(video.owner)
        film = f"/media/videos/{video.id}/720p.mp4"
        app.state.parts.store.put_bytes(key_of(video), b"a film")
        assert me.get(film).content == b"a film"
        assert me.get("/readyz").status_code == 200
        wire.cut()
        assert in_time(me, film) == (503, "store_unreachable", "5")
        began = time.monotonic()
        assert {in_time(me, film)[0] for _ in range(20)} == {503}
        assert time.monotonic() - began < PATIENCE_S, "each of them waited in turn"
        assert in_time(me, "/readyz")[:2] == (503, "store_down")
        assert me.get(f"/api/v1/videos/{video.id}").status_code == 200
        wire.mend()
        until(lambda: me.get(film).content == b"a film")

    def test_who_waits_for_a_silent_bucket_takes_nobody_elses_turn(self, app: FastAPI, wire: Wire) -> None:
        video = a_video()
        film = f"/media/videos/{video.id}/720p.mp4"
        app.state.parts.store.put_bytes(key_of(video), b"a film")
        with Client(app) as client, ThreadPoolExecutor(2 * AT_ONCE) as viewers:
            me = client.as_(video.owner)
            assert me.get(film).content == b"a film"
            wire.cut()
            films = [viewers.submit(me.get, film) for _ in range(2 * AT_ONCE)]
            until(lambda: all(one.running() for one in films))
            for _ in range(3):
                assert me.get(f"/api/v1/videos/{video.id}").status_code == 200
            assert not any(one.done() for one in films)
            assert {one.result().status_code for one in films} == {503}


def key_of(video: Video) -> str:
    with world.session() as session:
        return session.scalars(
            select(Rendition.key).where(Rendition.video_id == video.id, Rendition.name == RenditionName.P720)
        ).one()
