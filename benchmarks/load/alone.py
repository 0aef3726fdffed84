"""One person over plain HTTP, without locust: the baseline of a run, and its short form in the tests."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from statistics import median
from types import TracebackType
from typing import Any

import httpx

from benchmarks.load.people import Visitor


class Alone:
    """A driver of `behaviour`. Notes how long each kind of call took and what wasn't a success.

    With `speed` pauses are so many times shorter than people's.
    """

    def __init__(self, url: str, person: Visitor, *, speed: float = 1.0) -> None:
        self.errors: list[str] = []
        self.times: dict[str, list[float]] = defaultdict(list)
        self.events = 0
        self._speed, self._seen = speed, 0
        self._client = httpx.Client(
            base_url=url, cookies={"pennydrop_session": person.cookie}, timeout=60, http2=False
        )

    def __enter__(self) -> Alone:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

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
        begun = time.perf_counter()
        answer = self._client.request(method, address, json=json, content=content, headers=headers)
        self.times[name].append(1000 * (time.perf_counter() - begun))
        if not answer.is_success:
            self.errors.append(f"{method} {address}: {answer.status_code} {answer.text[:200]}")
        return dict(answer.headers), answer.content

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
        begun = time.perf_counter()
        sized = {**headers, "Content-Length": str(length)}
        answer = self._client.request(method, address, content=content, headers=sized)
        self.times[name].append(1000 * (time.perf_counter() - begun))
        if not answer.is_success:
            self.errors.append(f"{method} {address}: {answer.status_code} {answer.text[:200]}")

    def wait(self, seconds: float) -> None:
        time.sleep(seconds / self._speed)

    def has_news(self) -> bool:
        news, self._seen = self.events > self._seen, self.events
        return news

    def median_ms(self, name: str) -> str:
        return f"{median(self.times[name]):.0f}" if self.times.get(name) else ""

    def _listen(self) -> None:
        try:
            with self._client.stream("GET", "/api/v1/events", timeout=None) as stream:
                for line in stream.iter_lines():
                    self.events += line.startswith("event: ")
        except httpx.HTTPError:
            return  # closed at the end of the block
