"""What is asked for, and by whom: each page of the app that reads what grows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import psycopg

_PHRASES = Path(__file__).parents[2] / "tests/unit/library/phrases.txt"
# Schools whose people ask. In the first one somebody has a hundredth of all films.
_SCHOOLS = (1, 2, 17, 33, 61, 76, 90, 121)
_BEHIND_HALF = "a year ago"


@dataclass(frozen=True, slots=True)
class Page:
    """One kind of question; each of its addresses is asked by the person beside it."""

    name: str
    asked: list[tuple[str, str]]
    """Whose id, and what below /api/v1."""


def pages(connection: psycopg.Connection[tuple[object, ...]]) -> Iterator[Page]:
    """Give every page with the addresses it is measured by."""
    who = _People(connection)
    half = who.one("SELECT to_hex((extract(epoch FROM now() - interval '350 days') * 1000)::bigint)")
    behind = half.rjust(12, "0") + "0" * 14
    coachees, coaches, leads, admins = who.coachees, who.coaches, who.leads, who.admins
    everybody = [*coachees, *coaches, *leads]
    yield _same("my films", coachees, "videos?owner=me")
    yield _same(f"my films, {_BEHIND_HALF}", coachees, f"videos?owner=me&cursor={behind}")
    yield _same("films at hand (coachee)", coachees, "videos")
    yield _same("films at hand (coach)", coaches, "videos")
    yield _same(f"films at hand (coach), {_BEHIND_HALF}", coaches, f"videos?cursor={behind}")
    yield _same("films at hand (lead)", leads, "videos")
    yield _same("films of a model's kind", coaches, "videos?owner=me&purpose=model")
    hers = list(zip(coaches, coachees, strict=True))
    for name, address in (
        ("films", "videos?owner={}"),
        ("steps", "action-steps?coachee={}"),
        ("clips", "clips?coachee={}"),
        ("meetings", "meetings?coachee={}"),
        ("proposals", "proposals?coachee={}"),
        ("terms met", "library/terms/met?coachee={}"),
    ):
        yield Page(f"a coachee's {name}", [(coach, address.format(one)) for coach, one in hers])
    worked, usual = who.films("% 200 = 0"), who.films("% 200 = 77")
    yield Page("a film", [(coach, f"videos/{film}") for coach, film in usual])
    yield Page("timeline of 200 moments", [(coach, f"videos/{film}/moments") for coach, film in worked])
    yield Page(
        "timeline, next 200",
        [(coach, f"videos/{film}/moments?cursor=800000.{behind}") for coach, film in worked],
    )
    yield Page("timeline, usual film", [(coach, f"videos/{film}/moments") for coach, film in usual])
    yield Page(
        "words in a film's moments",
        [(coach, f"videos/{film}/moments?q=every%20pencil") for coach, film in worked],
    )
    yield Page("a film's clips", [(coach, f"videos/{film}/clips") for coach, film in usual])
    steps = who.steps()
    yield Page("a step and its thread", [(coach, f"action-steps/{step}/thread") for coach, step in steps])
    yield _same("Today", coachees, "today")
    yield _same("the coach's desk", coaches, "desk")
    yield _same("my clips", coachees, "clips?coachee=me")
    yield _same("who I am", everybody, "me")
    yield _same("who watched my films", coachees, "audit/watches")
    yield _same("what was done with mine", coachees, "audit/entries")
    yield _same("how often I came back", coachees, "me/watches")
    yield _same("people (coachee)", coachees, "people?limit=200")
    yield _same("people (administrator)", admins, "people?limit=200")
    yield _same("people by name (administrator)", admins, "people?q=han%20gre&limit=200")
    yield _same("pairings (lead)", leads, "pairings?limit=200")
    yield _same("pairings (administrator)", admins, "pairings?limit=200")
    yield _same("sessions held (lead)", leads, "reports/sessions")
    yield _same("films on record (administrator)", admins, "reports/films")
    yield _same(f"films on record, {_BEHIND_HALF}", admins, f"reports/films?cursor={behind}")
    yield _same("room (administrator)", admins, "reports/room")
    yield _same("behind the scenes (administrator)", admins, "reports/work")
    yield _same("library", coaches, "library/steps")
    said = [line.split("|")[1].strip() for line in _PHRASES.read_text("utf-8").splitlines() if "|" in line]
    searches = [f"library/steps?q={quote(q)}&limit=20" for q in said]
    yield Page("library search", list(zip(cycle(everybody), searches)))
    yield _same("library's areas", coaches, "library/areas")
    yield _same("shared language", coaches, "library/terms")
    yield _same("models", coaches, "library/exemplars")


def _same(name: str, people: list[str], address: str) -> Page:
    return Page(name, [(person, address) for person in people])


class _People:
    """Who asks, found by the addresses that `people.sql` gave them."""

    def __init__(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        self._connection = connection
        self.coachees = [self._person(f"coachee5@school{school}.test") for school in _SCHOOLS]
        self.coaches = [self._person(f"coach2@school{school}.test") for school in _SCHOOLS]
        self.leads = [self._person(f"lead0@school{school}.test") for school in _SCHOOLS[1:]]
        self.admins = [self._person(f"lead0@school{school}.test") for school in (1, 31, 61, 91, 121)]

    def one(self, query: str) -> str:
        row = self._connection.execute(query).fetchone()  # type: ignore[arg-type]
        assert row is not None, query
        return str(row[0])

    def films(self, which: str) -> list[tuple[str, str]]:
        """Films by their numbers, with the coach of who is in each."""
        n = "CAST(substring(title FROM '[0-9]+$') AS int)"
        rows = self._connection.execute(
            "SELECT coach_id, videos.id FROM videos JOIN pairings ON coachee_id = owner_id "
            f"WHERE ended_at IS NULL AND {n} {which} ORDER BY md5(videos.id) LIMIT 40"  # type: ignore[arg-type]
        )
        return [(str(row[0]), str(row[1])) for row in rows]

    def steps(self) -> list[tuple[str, str]]:
        rows = self._connection.execute(
            "SELECT set_by_id, id FROM action_steps WHERE coachee_id = ANY(%s) ORDER BY md5(id)",
            [self.coachees],
        )
        return [(str(row[0]), str(row[1])) for row in rows]

    def _person(self, email: str) -> str:
        return self.one(f"SELECT id FROM people WHERE email = '{email}'")
