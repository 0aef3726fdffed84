"""Marking moments, changing them, answering them."""

from __future__ import annotations

import pytest

from pennydrop.settings import Settings
from tests.api.client import Client
from tests.factories import a_coach, a_moment, a_person, a_share, a_video, an_action_step
from tests.factories.frames import with_frames


def test_a_coach_marks_a_span_and_the_coachee_reads_it(client: Client) -> None:
    video = a_video()
    coach = a_coach(of=video.owner, name="Sam")
    marked = client.as_(coach).post(
        f"/api/v1/videos/{video.id}/moments",
        json={
            "start_ms": 1000,
            "end_ms": 11_000,
            "kind": "praise",
            "text": "You waited.",
            "terms": ["wait time"],
        },
    )
    assert marked.status_code == 201
    (read,) = client.as_(video.owner).get(f"/api/v1/videos/{video.id}/moments").json()["items"]
    assert (read["start_ms"], read["end_ms"], read["kind"]) == (1000, 11_000, "praise")
    assert (read["text"], read["terms"], read["author"]["name"]) == ("You waited.", ["wait time"], "Sam")
    assert read["mine"] is False
    assert marked.json()["mine"] is True


def test_a_moment_without_an_end_is_a_point(client: Client) -> None:
    video = a_video()
    mine = client.as_(video.owner)
    assert mine.post(f"/api/v1/videos/{video.id}/moments", json={"start_ms": 500}).json()["end_ms"] is None


def test_moments_come_in_the_order_of_the_film_page_by_page(client: Client) -> None:
    video = a_video()
    for start_ms in (5000, 1000, 3000, 1000):
        a_moment(video, start_ms=start_ms)
    mine = client.as_(video.owner)
    found, cursor = [], ""
    while True:
        query = f"?limit=2{f'&cursor={cursor}' if cursor else ''}"
        page = mine.get(f"/api/v1/videos/{video.id}/moments{query}").json()
        found += [moment["start_ms"] for moment in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == [1000, 1000, 3000, 5000]


def test_moments_are_found_by_words_in_them_or_in_their_replies(client: Client) -> None:
    video = a_video()
    a_moment(video, text="You waited 100% of the time")
    other = a_moment(video, text="Look at the carpet")
    mine = client.as_(video.owner)
    mine.post(f"/api/v1/moments/{other.id}/replies", json={"text": "I counted to five"})

    def found(q: str) -> list[str]:
        answer = mine.get(f"/api/v1/videos/{video.id}/moments", params={"q": q}).json()
        return [moment["text"] for moment in answer["items"]]

    assert found("WAITED time") == ["You waited 100% of the time"]
    assert found("counted") == ["Look at the carpet"]
    assert found("0%") == ["You waited 100% of the time"]
    assert found("_") == []


def test_times_are_moved_to_the_nearest_frame(client: Client, settings: Settings) -> None:
    video = a_video(duration_ms=10_000)
    with_frames(settings, video, fps=25)
    mine = client.as_(video.owner)
    span = mine.post(f"/api/v1/videos/{video.id}/moments", json={"start_ms": 1015, "end_ms": 2025}).json()
    assert (span["start_ms"], span["end_ms"]) == (1000, 2040)
    point = mine.post(f"/api/v1/videos/{video.id}/moments", json={"start_ms": 9_999}).json()
    assert point["start_ms"] == 9_960


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"start_ms": -1}, "before the film starts"),
        ({"start_ms": 60_000}, "past the end of the film, which is 1 min 00 s long"),
        ({"start_ms": 2000, "end_ms": 2000}, "end must come after the start"),
        ({"start_ms": 0, "text": "x" * 5001}, "under 5,000 characters"),
        ({"start_ms": 0, "terms": [f"term {n}" for n in range(21)]}, "20 terms at most"),
        ({"start_ms": 0, "criterion": "00000000000000000000000000"}, "Please choose it again"),
        ({"start_ms": 0, "drawing": {"strokes": [{"points": [[0, 1.5]]}]}}, "numbers from 0 to 1"),
        ({"start_ms": 0, "drawing": {"strokes": [{"points": [[0.1, 0.1]] * 9000}]}}, "too big"),
        ({"start_ms": 0, "drawing": {"strokes": [{"points": [[0, 0]], "width": 1e9}]}}, "its width a number"),
        ({"start_ms": 0, "drawing": {"strokes": [{"points": [[0, 0]], "color": ["red"]}]}}, "a short word"),
    ],
)
def test_what_cannot_be_marked_is_refused_with_a_sentence(
    client: Client, body: dict[str, object], sentence: str
) -> None:
    video = a_video(duration_ms=60_000)
    refused = client.as_(video.owner).post(f"/api/v1/videos/{video.id}/moments", json=body)
    assert refused.status_code == 422
    assert sentence in refused.json()["detail"]


def test_a_span_that_runs_past_the_end_stops_there(client: Client) -> None:
    video = a_video(duration_ms=60_000)
    mine = client.as_(video.owner)
    marked = mine.post(f"/api/v1/videos/{video.id}/moments", json={"start_ms": 55_000, "end_ms": 65_000})
    assert marked.json()["end_ms"] == 60_000


def test_a_moment_carries_a_criterion_of_the_owners_step_and_nobody_elses(client: Client) -> None:
    video = a_video()
    mine, hers = an_action_step(video.owner), an_action_step()
    coach = client.as_(a_coach(of=video.owner))
    address = f"/api/v1/videos/{video.id}/moments"
    marked = coach.post(address, json={"start_ms": 0, "criterion": mine.criteria[1].id}).json()
    assert (marked["criterion"], marked["criterion_text"]) == (mine.criteria[1].id, "Waits for silence")
    assert coach.post(address, json={"start_ms": 0, "criterion": hers.criteria[0].id}).status_code == 422


def test_only_what_is_sent_changes(client: Client) -> None:
    moment = a_moment(start_ms=1000, end_ms=4000, text="Before")
    with_text = client.as_(a_coach(of=moment.author)).patch(
        f"/api/v1/moments/{moment.id}", json={"text": "x"}
    )
    assert with_text.status_code == 403
    mine = client.as_(moment.author)
    changed = mine.patch(f"/api/v1/moments/{moment.id}", json={"text": "After", "end_ms": None}).json()
    assert (changed["text"], changed["start_ms"], changed["end_ms"]) == ("After", 1000, None)
    assert changed["kind"] == "praise"
    same = mine.patch(f"/api/v1/moments/{moment.id}", json={"text": None, "start_ms": None}).json()
    assert (same["text"], same["start_ms"]) == ("After", 1000)
    assert changed["updated_at"] is not None


def test_a_moment_is_changed_and_removed_by_who_wrote_it_alone(client: Client) -> None:
    video = a_video()
    coach = a_coach(of=video.owner, name="Sam")
    moment = a_moment(video, author=coach)
    owner = client.as_(video.owner)
    refused = owner.delete(f"/api/v1/moments/{moment.id}")
    assert refused.status_code == 403
    assert "Sam wrote this" in refused.json()["detail"]
    assert client.as_(coach).delete(f"/api/v1/moments/{moment.id}").status_code == 204
    assert owner.get(f"/api/v1/moments/{moment.id}").status_code == 404


def test_a_coach_whose_pairing_ended_neither_sees_nor_changes_what_she_wrote(client: Client) -> None:
    video = a_video()
    coach = a_coach(of=video.owner, ended=True)
    moment = a_moment(video, author=coach)
    former = client.as_(coach)
    assert former.get(f"/api/v1/moments/{moment.id}").status_code == 404
    assert former.patch(f"/api/v1/moments/{moment.id}", json={"text": "x"}).status_code == 404
    assert former.post(f"/api/v1/moments/{moment.id}/replies", json={"text": "x"}).status_code == 404


def test_coachee_and_coach_answer_each_other(client: Client) -> None:
    moment = a_moment()
    coach = a_coach(of=moment.author, name="Sam")
    client.as_(coach).post(f"/api/v1/moments/{moment.id}/replies", json={"text": "How did it feel?"})
    answered = client.as_(moment.author).post(
        f"/api/v1/moments/{moment.id}/replies", json={"text": "Calm.\nI counted."}
    )
    assert answered.status_code == 201
    assert [reply["text"] for reply in answered.json()["replies"]] == [
        "How did it feel?",
        "Calm.\nI counted.",
    ]
    assert [reply["mine"] for reply in answered.json()["replies"]] == [False, True]


def test_an_empty_reply_is_refused(client: Client) -> None:
    moment = a_moment()
    refused = client.as_(moment.author).post(f"/api/v1/moments/{moment.id}/replies", json={"text": " \n "})
    assert refused.status_code == 422


def test_somebody_the_film_is_shared_with_watches_without_what_was_said_about_it(client: Client) -> None:
    video = a_video()
    friend = a_person(school=video.owner.school)
    a_share(video, friend)
    moment = a_moment(video)
    theirs = client.as_(friend)
    assert theirs.get(f"/api/v1/videos/{video.id}/moments").json()["items"] == []
    assert theirs.get(f"/api/v1/moments/{moment.id}").status_code == 404
    assert theirs.post(f"/api/v1/videos/{video.id}/moments", json={"start_ms": 0}).status_code == 403


def test_a_drawing_comes_back_as_it_was_drawn(client: Client) -> None:
    video = a_video()
    drawing = {"strokes": [{"points": [[0, 0.5], [1, 0.25]], "color": "#b87333", "width": 3}]}
    mine = client.as_(video.owner)
    marked = mine.post(f"/api/v1/videos/{video.id}/moments", json={"start_ms": 0, "drawing": drawing})
    assert marked.json()["drawing"] == drawing


def test_half_a_character_in_a_drawing_is_refused(client: Client) -> None:
    video = a_video()
    refused = client.as_(video.owner).post(
        f"/api/v1/videos/{video.id}/moments",
        content=b'{"start_ms": 0, "drawing": {"strokes": [{"points": [[0, 0]], "color": "\\ud800"}]}}',
        headers={"Content-Type": "application/json"},
    )
    assert refused.status_code == 422
    assert "a short word" in refused.json()["detail"]
