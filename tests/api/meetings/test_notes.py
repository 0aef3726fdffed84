"""Notes that two people write in one meeting."""

from __future__ import annotations

from tests.api.client import Client
from tests.api.meetings.test_meetings import a_pair
from tests.factories import (
    a_meeting,
)


def test_notes_that_two_people_write_at_once_are_both_kept(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    path = f"/api/v1/meetings/{a_meeting(pairing, notes='Think time.').id}"
    begun = {"notes_before": "Think time."}
    sam, aisha = client.as_(coach), client.as_(coachee)
    assert aisha.patch(path, json={"notes": "Think time.\nWith Leo.", **begun}).is_success
    kept = sam.patch(path, json={"notes": "Think time.\nUntil Friday.", **begun})
    assert kept.json()["notes"] == "Think time.\nWith Leo.\nUntil Friday."


def test_where_both_changed_the_same_line_nothing_is_written_and_both_can_be_seen(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    path = f"/api/v1/meetings/{a_meeting(pairing, notes='Think time.').id}"
    begun = {"notes_before": "Think time."}
    sam, aisha = client.as_(coach), client.as_(coachee)
    assert aisha.patch(path, json={"notes": "Think time with Leo.", **begun}).is_success
    refused = sam.patch(path, json={"notes": "Think time, until Friday.", "next_at": None, **begun})
    assert (refused.status_code, refused.json()["code"]) == (409, "notes_changed")
    assert refused.json()["present"] == "Think time with Leo."
    assert sam.get(path).json()["notes"] == "Think time with Leo."
    both = {"notes": "Think time with Leo, until Friday.", "notes_before": "Think time with Leo."}
    assert sam.patch(path, json=both).json()["notes"] == "Think time with Leo, until Friday."
    # Other problems don't speak of anything present.
    assert "present" not in sam.get("/api/v1/meetings/nothing").json()
