"""What people were told while something was away: every answer, how long it took, whether in a sentence."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import replace

import httpx

from tests.support.house import House

# A busy test machine is slower than a school's server; nobody there waits for half of this.
TOO_LONG_S = 20.0
_AWAY = (503, 507)


class Witness:
    """Sees the answers that all clients of a house get."""

    def __init__(self) -> None:
        self.answers: Counter[int] = Counter()
        self.told: Counter[str] = Counter()
        """The codes of answers that said what is away."""
        self.slowest_s = 0.0
        self.broken_off = 0
        """Connections without an answer: none is expected while the APIs live."""
        self.wrong: list[str] = []
        self._lock = threading.Lock()

    def of(self, house: House) -> House:
        return replace(house, transport=lambda: _Seen(self))

    def see(self, request: httpx.Request, answer: httpx.Response | None, seconds: float) -> None:
        what = f"{request.method} {request.url.path}"
        with self._lock:
            self.slowest_s = max(self.slowest_s, seconds)
            if seconds > TOO_LONG_S:
                self.wrong.append(f"{what} took {seconds:.1f} s")
            if answer is None:
                self.broken_off += 1
                return
            self.answers[answer.status_code] += 1
            if answer.status_code < 500:
                return
            answer.read()
            code, detail = _said(request, answer)
            self.told[code] += 1
            if answer.status_code not in _AWAY or not detail.endswith("."):
                self.wrong.append(f"{what}: {answer.status_code} {answer.text[:200]}")
            elif "Retry-After" not in answer.headers:
                self.wrong.append(f"{what}: {answer.status_code} without Retry-After")

    def lines(self) -> list[str]:
        answers = ", ".join(f"{count} × {status}" for status, count in sorted(self.answers.items()))
        told = ", ".join(f"{count} × {code or 'no problem'}" for code, count in sorted(self.told.items()))
        return [
            f"answers: {answers}; broken off: {self.broken_off}; the slowest took {self.slowest_s:.1f} s",
            f"people were told: {told or 'nothing'}",
        ]


def _said(request: httpx.Request, answer: httpx.Response) -> tuple[str, str]:
    """Return the code and the sentence of a problem. To HEAD nothing can be said."""
    if request.method == "HEAD":
        return "nothing, to HEAD", "."
    if not answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        return "", ""
    said = answer.json()
    return said["code"], said["detail"]


class _Seen(httpx.BaseTransport):
    def __init__(self, witness: Witness) -> None:
        self._witness = witness
        self._inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        began = time.monotonic()
        answer = None
        try:
            answer = self._inner.handle_request(request)
            return answer
        finally:
            self._witness.see(request, answer, time.monotonic() - began)

    def close(self) -> None:
        self._inner.close()
