"""Pages of lists: every cursor is one of ours or is refused, and an empty one is the first page."""

from __future__ import annotations

import base64

import pytest

from tests.api.client import Client
from tests.factories import a_coach, a_moment, a_person, a_video

LISTS = (
    "/videos",
    "/videos/{video}/moments",
    "/videos/{video}/clips",
    "/clips",
    "/action-steps",
    "/meetings",
    "/drop-ins",
    "/proposals",
    "/people",
    "/pairings",
    "/library/steps",
    "/audit/entries",
    "/audit/watches",
    "/reports/films",
)
STRANGE = (
    "garbage",
    "0",
    "-1.x",
    "1.",
    "\u0663.00000000000000000000000000",
    "\u00b2",
    "9" * 26 + ".00000000000000000000000000",
    "a\0b",
    "x" * 5000,
    base64.urlsafe_b64encode(b'["\\ud800","x"]').decode(),
    base64.urlsafe_b64encode(b"[" * 9000).decode(),
)


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_that_is_none_of_ours_is_refused_in_a_sentence(client: Client, path: str) -> None:
    admin = a_person(admin=True)
    video = a_video(owner=admin)
    mine = client.as_(admin)
    address = "/api/v1" + path.format(video=video.id)
    # A number is where the library's list goes on, and none of the other lists'.
    for cursor in STRANGE if path != "/library/steps" else (s for s in STRANGE if s != "0"):
        answer = mine.get(address, params={"cursor": cursor})
        assert (answer.status_code, answer.json()["code"]) == (422, "cursor_invalid"), cursor
    assert mine.get(address, params={"cursor": ""}).json() == mine.get(address).json()


def test_people_of_one_name_are_paged_without_doubles_or_gaps(client: Client) -> None:
    me = a_person(name="Zoë “Z” Ågren")
    for _ in range(4):
        a_person(name="Zoë “Z” Ågren", school=me.school)
    mine, seen, cursor = client.as_(me), [], ""
    while cursor is not None:
        page = mine.get("/api/v1/people", params={"limit": 2, "cursor": cursor}).json()
        seen += [person["id"] for person in page["items"]]
        cursor = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 5


def test_moments_at_one_place_are_paged_without_doubles_or_gaps(client: Client) -> None:
    video = a_video()
    coach = a_coach(of=video.owner)
    for start_ms in (5, 5, 5, 0, 9):
        a_moment(video, author=coach, start_ms=start_ms)
    mine, seen, cursor = client.as_(coach), [], ""
    while cursor is not None:
        address = f"/api/v1/videos/{video.id}/moments"
        page = mine.get(address, params={"limit": 2, "cursor": cursor}).json()
        seen += [(moment["start_ms"], moment["id"]) for moment in page["items"]]
        cursor = page["next_cursor"]
    assert seen == sorted(set(seen))
    assert len(seen) == 5
