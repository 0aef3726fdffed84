"""What people do, whoever drives them: opening the app, watching, marking, listening, sending a film.

Pauses are those of people, drawn from `chance`; a driver says how to ask, to wait and to know of news.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator
from random import Random
from typing import Any, Protocol

from benchmarks.load.people import Visitor

API = "/api/v1"
# What a player asks for at once, a few seconds apart: some 1.2 Mbit/s of a 720p copy.
PIECE = 512 << 10
UPLOAD_PIECE = 64 << 10
_SEARCHES = ("they don't listen when I talk", "long words", "helping too early", "noisy on the carpet")
# As the app sends a film, only shorter.
_FILM, UPLOAD_PART = 32 << 20, 16 << 20
_NOISE = os.urandom(UPLOAD_PIECE - 64)


class Driver(Protocol):
    """Asks over HTTP as one person, and knows whether her page has heard of something new."""

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
        """Ask for `address`, counted under `name`; an answer that isn't a success is an error."""

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
        """Ask with a body of `length` bytes that comes bit by bit."""

    def wait(self, seconds: float) -> None: ...

    def has_news(self) -> bool:
        """Whether an event came since this was asked last."""


def visit(driver: Driver, person: Visitor, chance: Random) -> None:
    """Open the app, choose a film, watch it for a minute or two and mark what there is to see."""
    driver.ask("GET", f"{API}/me", "me")
    if person.coaches:
        driver.ask("GET", f"{API}/desk", "desk")
    else:
        driver.ask("GET", f"{API}/today", "today")
    driver.wait(chance.uniform(1, 4))
    if chance.random() < 0.3:
        driver.ask("GET", f"{API}/videos?limit=24", "films")
        driver.wait(chance.uniform(1, 3))
    if chance.random() < 0.15:
        _search(driver, chance)
    if chance.random() < 0.2:
        clip = chance.choice(person.clips)
        driver.ask("GET", f"{API}/clips/{clip}", "clip")
        _bytes(driver, f"/media/clips/{clip}.mp4", 0, "clip's bytes")
        driver.wait(chance.uniform(3, 8))
    _watch(driver, chance.choice(person.films), chance)


def _watch(driver: Driver, film: str, chance: Random) -> None:
    driver.ask("GET", f"{API}/videos/{film}", "film")
    driver.ask("GET", f"{API}/videos/{film}/moments", "moments")
    driver.ask("GET", f"{API}/videos/{film}/clips", "film's clips")
    driver.ask("GET", f"/media/videos/{film}/frames.json", "frames")
    driver.ask("GET", f"/media/videos/{film}/waveform.json", "waveform")
    driver.ask("POST", f"{API}/videos/{film}/watches", "watching", json={})
    at, mark_in = chance.randrange(0, 20) * PIECE, chance.uniform(5, 25)
    for _ in range(chance.randrange(12, 24)):
        _bytes(driver, f"/media/videos/{film}/720p.mp4", at, "film's bytes")
        at += PIECE
        pause = chance.uniform(3, 6)
        driver.wait(pause)
        mark_in -= pause
        if mark_in <= 0:
            body = {"start_ms": chance.randrange(0, 1_200_000), "kind": "praise", "text": "All eyes on you."}
            driver.ask("POST", f"{API}/videos/{film}/moments", "mark", json=body)
            mark_in = chance.uniform(20, 30)
        if driver.has_news():
            driver.ask("GET", f"{API}/videos/{film}/moments", "moments")


def send_film(driver: Driver, chance: Random, *, mbit_s: float = 6.0) -> None:
    """Send a film as a phone on a school's network does, and look once at what became of it."""
    name = b64encode(f"lesson-{chance.randrange(10**9)}.mp4".encode()).decode()
    tus = {"Tus-Resumable": "1.0.0"}
    headers, _ = driver.ask(
        "POST",
        f"{API}/uploads",
        "upload begun",
        headers={**tus, "Upload-Length": str(_FILM), "Upload-Metadata": f"filename {name}"},
    )
    upload, film = headers["location"], headers["content-location"]
    for offset in range(0, _FILM, UPLOAD_PART):
        patch = {**tus, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        part = _trickling(driver, chance, mbit_s)
        driver.pour("PATCH", upload, "upload's bytes", part, UPLOAD_PART, headers=patch)
    driver.ask("GET", film, "film")


def _trickling(driver: Driver, chance: Random, mbit_s: float) -> Iterator[bytes]:
    """The bytes of one request as a radio brings them."""
    for _ in range(0, UPLOAD_PART, UPLOAD_PIECE):
        driver.wait(UPLOAD_PIECE * 8 / (mbit_s * 1e6) * chance.uniform(0.8, 1.2))
        yield os.urandom(64) + _NOISE


def _search(driver: Driver, chance: Random) -> None:
    q = chance.choice(_SEARCHES).replace(" ", "%20")
    driver.ask("GET", f"{API}/library/steps?q={q}", "library search")
    driver.wait(chance.uniform(2, 5))


def _bytes(driver: Driver, address: str, at: int, name: str) -> None:
    driver.ask("GET", address, name, headers={"Range": f"bytes={at}-{at + PIECE - 1}"})
