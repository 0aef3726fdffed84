"""Networks fail, servers die, phones hang: the film arrives all the same, byte for byte."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from pennydrop.db.session import make_engine, make_sessions
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store
from tests.api.uploads.server import ApiServer, wait_until
from tests.api.uploads.tus import BYTES, TUS, Sending, begin, checksum
from tests.factories import world
from tests.factories.people import a_person
from tests.support.databases import Databases
from tests.support.servers.s3 import S3

MB = 1 << 20
FILM = os.urandom(12 * MB)


@pytest.fixture(scope="module", params=["one machine", "many machines"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiServer]:
    """One server for all these tests: those who kill it start it again."""
    data, alone = tmp_path_factory.mktemp("server") / "data", request.param == "one machine"
    databases: Databases = request.getfixturevalue("sqlite_files" if alone else "postgresql_databases")
    with databases.one(data) as url:
        settings = Settings(data=data, database_url=url)
        if not alone:
            s3: S3 = request.getfixturevalue("s3")
            settings = settings.model_copy(update=s3.settings(s3.make_bucket()))
        engine = make_engine(settings.database)
        with world.writing_to(make_sessions(engine)), ApiServer(settings) as running:
            yield running
        engine.dispose()


@pytest.fixture
def sending(server: ApiServer) -> Iterator[Sending]:
    """An upload of the film by somebody who has none yet."""
    with server.client_of(a_person()) as client:
        yield begin(client, len(FILM))


def is_stored(server: ApiServer, sending: Sending) -> bool:
    return open_store(server.settings).read(f"sources/{sending.id}") == FILM


def wait_for_bytes(server: ApiServer, sending: Sending) -> None:
    """Wait until a request that hangs is being taken."""
    if server.settings.storage == "s3":
        time.sleep(1)  # what is less than a part lies in the process's memory, where nobody can look
    else:
        part = server.settings.uploads / f"{sending.id}.part"
        wait_until(lambda: part.stat().st_size >= MB)


def wait_until_held(server: ApiServer, sending: Sending) -> None:
    """Wait until a request without a byte so far is being taken."""
    if server.settings.storage == "s3":
        time.sleep(1)
    else:
        wait_until((server.settings.uploads / f"{sending.id}.lock").exists)


def test_what_arrived_before_a_connection_broke_is_kept(server: ApiServer, sending: Sending) -> None:
    phone = server.phone(sending, 0, len(FILM))
    phone.send(FILM[: 5 * MB])
    phone.vanish()
    wait_until(lambda: sending.offset > 0)
    offset = sending.offset
    assert 4 * MB < offset <= 5 * MB
    assert sending.patch(offset, FILM[offset:]).status_code == 204
    assert is_stored(server, sending)


def test_a_client_that_comes_back_takes_over_from_its_own_hanging_request(
    server: ApiServer, sending: Sending
) -> None:
    hanging = server.phone(sending, 0, len(FILM))
    hanging.send(FILM[: 3 * MB])
    wait_for_bytes(server, sending)
    offset = sending.offset
    assert MB <= offset <= 3 * MB
    assert sending.patch(offset, FILM[offset:]).status_code == 204
    assert is_stored(server, sending)
    assert hanging.answer().startswith("HTTP/1.1 423")


def test_it_takes_over_without_asking_where_to_go_on_too(server: ApiServer, sending: Sending) -> None:
    hangs = [server.phone(sending, 0, len(FILM)) for _ in range(3)]
    wait_until_held(server, sending)
    assert sending.patch(0, FILM).status_code == 204
    assert is_stored(server, sending)
    assert all(hanging.answer().startswith("HTTP/1.1 4") for hanging in hangs)


def test_cancelling_does_not_wait_for_a_hanging_request(server: ApiServer, sending: Sending) -> None:
    server.phone(sending, 0, len(FILM)).send(FILM[: 2 * MB])
    # On a busy machine the later request may be read first, and the one that hangs would then take over.
    wait_for_bytes(server, sending)
    assert sending.delete().status_code == 204
    assert sending.head().status_code == 410


def test_asking_how_far_it_is_does_not_disturb_a_request_that_goes_on(
    server: ApiServer, sending: Sending
) -> None:
    asked: list[int] = []
    over = threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=server.url, headers=sending.client.headers, timeout=60) as client:
            while not over.wait(0.1):
                asked.append(Sending(client, sending.url, sending.video).offset)

    curious = threading.Thread(target=ask)
    curious.start()
    answer = sending.patch(0, slowly(FILM, 2.5))
    over.set()
    curious.join()
    assert answer.status_code == 204
    assert asked == sorted(asked)
    assert any(0 < offset < len(FILM) for offset in asked), "progress is committed on the way"


def test_bytes_with_a_checksum_are_kept_whole_or_not_at_all(sending: Sending) -> None:
    headers = TUS | BYTES | {"Upload-Offset": "0"} | checksum(FILM[: 8 * MB])
    with pytest.raises(httpx.TransportError):
        sending.client.patch(
            sending.url,
            headers=headers | {"Content-Length": str(8 * MB)},
            content=breaking_off(FILM[: 4 * MB]),
        )
    assert sending.offset == 0
    assert sending.client.patch(sending.url, headers=headers, content=FILM[: 8 * MB]).status_code == 204
    assert sending.offset == 8 * MB


def test_a_client_that_reaches_another_process_takes_over_as_well(
    server: ApiServer, sending: Sending
) -> None:
    hanging = server.phone(sending, 0, len(FILM))
    hanging.send(FILM[: 2 * MB])
    wait_for_bytes(server, sending)
    with ApiServer(server.settings) as other:
        sending.client.base_url = other.url
        # The first process commits once more when it lets go; then the client asks again.
        for _ in range(3):
            offset = sending.offset
            if sending.patch(offset, FILM[offset:]).status_code == 204:
                break
        assert is_stored(server, sending)
    assert hanging.answer().startswith("HTTP/1.1 423")


def test_a_server_that_is_told_to_stop_keeps_what_arrived(server: ApiServer, sending: Sending) -> None:
    server.phone(sending, 0, len(FILM)).send(FILM[: 3 * MB])
    wait_for_bytes(server, sending)
    server.stop()
    server.start()
    offset = sending.offset
    assert MB <= offset <= 3 * MB
    assert sending.patch(offset, FILM[offset:]).status_code == 204
    assert is_stored(server, sending)


def test_the_film_is_whole_after_the_server_was_killed_again_and_again(
    server: ApiServer, sending: Sending
) -> None:
    chance = random.Random(20)
    offset, kills = 0, 3
    while offset < len(FILM):
        piece = FILM[offset : offset + chance.choice([MB, 3 * MB, len(FILM)])]
        if kills:
            killer = threading.Timer(chance.uniform(0.0, 1.6), server.kill)
            killer.start()
        try:
            sending.patch(offset, slowly(piece, 3 * len(piece) / len(FILM)) if kills else piece)
        except httpx.TransportError:
            pass
        if kills:
            killer.join()
            kills -= 1
            server.start()
        kept = sending.offset
        assert kept >= offset, "what was committed is never lost"
        offset = kept
    assert is_stored(server, sending)
    video = sending.client.get(f"/api/v1/videos/{sending.video}").json()
    assert (video["state"], video["size"]) == ("processing", len(FILM))


def slowly(data: bytes, seconds: float) -> Iterator[bytes]:
    """Give `data` as a network does that takes `seconds` for it."""
    pieces = [data[start : start + MB // 4] for start in range(0, len(data), MB // 4)]
    for piece in pieces:
        time.sleep(seconds / len(pieces))
        yield piece


def breaking_off(data: bytes) -> Iterator[bytes]:
    yield data
    raise httpx.WriteError("the network is gone")
