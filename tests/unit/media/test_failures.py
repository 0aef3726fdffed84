"""Every failure has a sentence a coach can act on, and knows whose fault it is."""

from __future__ import annotations

from typing import Any

import pytest

from pennydrop.media.failures import OF_THE_FILE, OURS, MediaFailure, from_ffmpeg

FACTS: dict[str, Any] = {
    "width": 8000,
    "height": 8000,
    "length": "39 h",
    "limit": "4 h",
    "count": 99,
    "what": "x",
    "reason": "So.",
}


@pytest.mark.parametrize("code", [*OF_THE_FILE, *OURS])
def test_every_failure_speaks_in_sentences(code: str) -> None:
    failure = MediaFailure(code, **FACTS)
    assert failure.detail.endswith(".")
    assert "{" not in failure.detail
    assert failure.files_fault == (code in OF_THE_FILE)


@pytest.mark.parametrize("code", sorted({*OF_THE_FILE, *OURS} - {"index_unreadable"}))
def test_every_failure_says_what_to_do(code: str) -> None:
    detail = MediaFailure(code, **FACTS).detail
    assert "Please" in detail
    assert "tried again" not in detail  # people read it when nothing is tried any more


@pytest.mark.parametrize(
    ("exit_code", "said", "code"),
    [
        (1, "x.mp4: No space left on device", "out_of_room"),
        (1, "[mov @ 0x1] moov atom not found\nInvalid data found when processing input", "cut_short"),
        (1, "Invalid data found when processing input", "damaged"),
        (-25, "", "too_demanding"),
        (-9, "", "stopped_short"),
        (1, "something nobody has seen before", "stopped_short"),
    ],
)
def test_ffmpegs_last_words_become_a_reason(exit_code: int, said: str, code: str) -> None:
    assert from_ffmpeg(exit_code, said).code == code


def test_a_failure_survives_its_journey_out_of_the_sandbox() -> None:
    failure = MediaFailure("picture_too_large", technical="sps", width=8192, height=8192)
    again = MediaFailure.from_json(failure.to_json())
    assert (again.code, again.detail, again.technical) == (failure.code, failure.detail, "sps")


@pytest.mark.parametrize(
    "said", [{}, {"code": "made_up"}, {"code": "too_long", "facts": {}}, {"code": 7, "facts": 7}]
)
def test_a_child_that_was_taken_over_cannot_invent_failures(said: dict[str, object]) -> None:
    assert MediaFailure.from_json(said).code == "damaged"
