"""Locust's side: people are greenlets of one process. Started by `benchmarks.load`, never by itself."""

from __future__ import annotations

import http.client
import os
import socket
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import gevent
from locust import FastHttpUser, events, task

from benchmarks.load.behaviour import send_film, visit
from benchmarks.load.people import Visitor, from_json

_VISITORS = from_json(Path(os.environ["PENNYDROP_LOAD_PEOPLE"]).read_text())
_SENDERS = int(os.environ["PENNYDROP_LOAD_SENDERS"])
_next = count()


class _Person(FastHttpUser):
    abstract = True
    connection_timeout = 30.0
    network_timeout = 60.0

    def on_start(self) -> None:
        self.number = next(_next)
        self.person: Visitor = _VISITORS[self.number % len(_VISITORS)]
        self.chance = Random(self.number)
        self.news = False

    def ask(
        self,
        method: str,
        address: str,
        name: str,
        *,
        json: Any = None,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[dict[str, str], bytes]:
        given = {"Cookie": f"pennydrop_session={self.person.cookie}", **(headers or {})}
        with self.client.request(
            method, address, name=name, json=json, data=content, headers=given, catch_response=True
        ) as answer:
            if not 200 <= answer.status_code < 300:
                answer.failure(f"{answer.status_code} {(answer.text or '')[:200]}")
                gevent.sleep(1)
                raise _Refused
            return {key.lower(): value for key, value in answer.headers.items()}, answer.content

    def pour(
        self,
        method: str,
        address: str,
        name: str,
        content: Iterator[bytes],
        length: int,
        *,
        headers: dict[str, str],
    ) -> None:
        place = urlsplit(self.host or "")
        connection = http.client.HTTPConnection(place.hostname or "", place.port)
        given = {
            "Cookie": f"pennydrop_session={self.person.cookie}",
            "Content-Length": str(length),
            **headers,
        }
        failure: Exception | None = None
        begun = time.perf_counter()
        try:
            connection.request(method, urlsplit(address).path, body=content, headers=given)
            answer = connection.getresponse()
            answer.read()
            if not 200 <= answer.status < 300:
                failure = RuntimeError(f"{answer.status}")
        except OSError as error:
            failure = error
        finally:
            connection.close()
        took = 1000 * (time.perf_counter() - begun)
        events.request.fire(
            request_type=method,
            name=name,
            response_time=took,
            response_length=0,
            exception=failure,
            context={},
        )
        if failure is not None:
            gevent.sleep(1)
            raise _Refused

    def wait(self, seconds: float) -> None:  # type: ignore[override]
        gevent.sleep(seconds)

    def has_news(self) -> bool:
        news, self.news = self.news, False
        return news


class _Refused(Exception):
    """Counted already; the visit begins anew."""


class Watching(_Person):
    """Somebody who watches and marks, her page listening for what others do."""

    def on_start(self) -> None:
        super().on_start()
        # Nobody opens the app in the same second as everybody else.
        gevent.sleep(self.chance.uniform(0, 5))
        self.ears = gevent.spawn(self._listen)

    def on_stop(self) -> None:
        self.ears.kill()

    @task
    def visit(self) -> None:
        try:
            visit(self, self.person, self.chance)
        except _Refused:
            return

    def _listen(self) -> None:
        """Hold the page's stream of events, and come back when it ends, as a browser does."""
        while True:
            try:
                for line in self._lines():
                    if line.startswith(b"event: "):
                        self.news = True
                        _told()
            except OSError as error:
                _told(error)
            gevent.sleep(2)

    def _lines(self) -> Iterator[bytes]:
        place = urlsplit(self.host or "")
        with socket.create_connection((place.hostname or "", place.port or 80)) as connection:
            connection.sendall(
                f"GET /api/v1/events HTTP/1.1\r\nHost: {place.netloc}\r\n"
                f"Cookie: pennydrop_session={self.person.cookie}\r\n\r\n".encode()
            )
            with connection.makefile("rb") as stream:
                yield from stream


def _told(error: Exception | None = None) -> None:
    events.request.fire(
        request_type="SSE", name="event", response_time=0, response_length=0, exception=error, context={}
    )


class Sending(_Person):
    """Somebody whose phone sends one film after the other."""

    fixed_count = _SENDERS

    @task
    def send(self) -> None:
        try:
            send_film(self, self.chance)
        except _Refused:
            return
