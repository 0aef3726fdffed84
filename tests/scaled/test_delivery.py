"""With a web server in front, the bytes of films never pass through Python."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from pennydrop.db.session import make_engine, make_sessions
from pennydrop.people.models import Person
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store
from pennydrop.videos.models import Rendition, RenditionName, Video
from tests.api.uploads.server import ApiServer
from tests.factories import world
from tests.factories.content import a_video
from tests.factories.people import a_person
from tests.support.databases import Databases
from tests.support.servers.nginx import an_nginx
from tests.support.servers.s3 import S3

FILM = os.urandom(3_000_000)
GUARDS = (
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Resource-Policy",
)


@dataclass
class Front:
    """An nginx, the API behind it, and one film that is ready."""

    api: ApiServer
    url: str
    video: Video
    key: str

    def as_(self, person: Person) -> httpx.Client:
        client = self.api.client_of(person)
        client.base_url = httpx.URL(self.url)
        return client

    @property
    def address(self) -> str:
        return f"/media/videos/{self.video.id}/720p.mp4"


@pytest.fixture(scope="module", params=["local", "s3", "composed"])
def front(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, databases: Databases
) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("front")
    with databases.one(folder / "data") as url:
        settings = Settings(data=folder / "data", database_url=url, delivery="nginx")
        address = ""
        composed = request.param == "composed"
        if request.param != "local":
            s3: S3 = request.getfixturevalue("s3")
            # By name where nginx looks names up when it starts; its own name server is Docker's.
            address = s3.endpoint if composed else f"localhost:{s3.port}"
            in_a_bucket = s3.settings(s3.make_bucket()) | {"s3_endpoint": address}
            settings = settings.model_copy(update=in_a_bucket)
        with world.writing_to(make_sessions(make_engine(settings.database))):
            video = a_video(owner=a_person())
            with world.session() as session:
                key = session.scalars(
                    select(Rendition.key).where(
                        Rendition.video_id == video.id, Rendition.name == RenditionName.P720
                    )
                ).one()
            open_store(settings).put_bytes(key, FILM)
            with (
                ApiServer(settings) as api,
                an_nginx(
                    folder / "nginx",
                    api=api.port,
                    objects=settings.objects,
                    s3=address,
                    composed=composed,
                ) as front_url,
            ):
                yield Front(api, front_url, video, key)


def test_the_owner_gets_every_byte_and_python_sends_none(front: Front) -> None:
    with front.as_(front.video.owner) as owner, front.api.client_of(front.video.owner) as past_nginx:
        answer = owner.get(front.address)
        asked_directly = past_nginx.get(front.address)
    assert answer.status_code == 200
    assert answer.content == FILM
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "x-accel-redirect" not in answer.headers
    for guard in GUARDS:
        assert answer.headers[guard] == asked_directly.headers[guard]
    assert asked_directly.content == b""
    assert asked_directly.headers["x-accel-redirect"].startswith("/_")


@pytest.mark.parametrize(("asked", "start", "end"), [("0-99", 0, 100), ("2999990-", 2_999_990, 3_000_000)])
def test_a_player_gets_the_range_it_asks_for(front: Front, asked: str, start: int, end: int) -> None:
    with front.as_(front.video.owner) as owner:
        answer = owner.get(front.address, headers={"Range": f"bytes={asked}"})
    assert answer.status_code == 206
    assert answer.content == FILM[start:end]
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(FILM)}"


def test_what_a_browser_has_already_is_not_sent_again(front: Front) -> None:
    with front.as_(front.video.owner) as owner:
        etag = owner.get(front.address).headers["etag"]
        answer = owner.get(front.address, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_nobody_else_finds_it_by_whatever_address(front: Front) -> None:
    with front.as_(a_person()) as stranger:
        addresses = [
            front.address,
            f"/_objects/{front.key}",
            f"/_s3/films/{front.key}",
            "/_objects/../pennydrop.sqlite3",
        ]
        for address in addresses:
            answer = stranger.get(address)
            assert answer.status_code in (404, 400), address
            assert FILM[:100] not in answer.content
    answer = httpx.get(f"{front.url}{front.address}", headers={"X-Accel-Redirect": f"/_objects/{front.key}"})
    assert answer.status_code == 401


def test_a_film_that_is_gone_is_not_found(front: Front, tmp_path: Path) -> None:
    video = a_video(owner=front.video.owner)
    with front.as_(front.video.owner) as owner:
        assert owner.get(f"/media/videos/{video.id}/720p.mp4").status_code == 404
