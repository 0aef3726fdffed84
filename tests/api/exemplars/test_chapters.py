"""Chapters: “show me criterion 2”, at exact frames, as JSON and as a WebVTT track."""

from __future__ import annotations

import webvtt

from pennydrop.library.models import Step
from pennydrop.settings import Settings
from tests.api.client import Client
from tests.factories import a_chapter, a_clip, a_coach, a_lead, a_person, a_video, an_exemplar, world
from tests.factories.frames import with_frames

API = "/api/v1"


def criteria(step_id: str) -> list[str]:
    with world.session() as session:
        return [one.id for one in session.get_one(Step, step_id).criteria]


def test_a_chapter_moves_to_the_nearest_frames(client: Client, settings: Settings) -> None:
    video = a_video(duration_ms=10_000)
    with_frames(settings, video, fps=25)
    exemplar = an_exemplar(video)
    body = {
        "criterion": criteria(exemplar.step_id)[1],
        "start_ms": 1015,
        "end_ms": 2025,
        "note": " Her  face ",
    }
    made = client.as_(a_coach(of=video.owner)).post(f"{API}/exemplars/{exemplar.id}/chapters", json=body)
    assert made.status_code == 201
    (chapter,) = made.json()["chapters"]
    assert (chapter["start_ms"], chapter["end_ms"]) == (1000, 2040)
    assert (chapter["position"], chapter["text"]) == (2, "Waits for silence")
    assert chapter["note"] == "Her face"


def test_a_chapter_without_an_end_lasts_until_the_next(client: Client) -> None:
    exemplar = an_exemplar(a_video(duration_ms=20_000))
    for criterion, start in ((2, 8_000), (1, 3_000), (3, 12_000)):
        a_chapter(exemplar, criterion=criterion, start_ms=start)
    shown = client.as_(exemplar.owner).get(f"{API}/exemplars/{exemplar.id}").json()["chapters"]
    assert [(one["position"], one["start_ms"], one["end_ms"]) for one in shown] == [
        (1, 3_000, 8_000),
        (2, 8_000, 12_000),
        (3, 12_000, 20_000),
    ]


def test_chapters_of_a_clip_count_from_its_beginning(client: Client, settings: Settings) -> None:
    video = a_video(duration_ms=10_000)
    with_frames(settings, video, fps=25)
    clip = a_clip(video, start_ms=4_000, end_ms=8_000)
    exemplar = an_exemplar(clip=clip)
    lead = client.as_(a_lead(school=video.owner.school))
    address = f"{API}/exemplars/{exemplar.id}/chapters"
    first, second = criteria(exemplar.step_id)[:2]
    lead.post(address, json={"criterion": first, "start_ms": 1001})
    last = lead.post(address, json={"criterion": second, "start_ms": 3_999, "end_ms": 9_000}).json()
    assert [(one["start_ms"], one["end_ms"]) for one in last["chapters"]] == [(1000, 3999), (3999, 4000)]
    past = lead.post(address, json={"criterion": first, "start_ms": 4_000})
    assert past.status_code == 422
    assert "past the end of the model" in past.json()["detail"]


def test_chapters_outside_a_clip_that_was_cut_anew_are_not_shown(client: Client) -> None:
    clip = a_clip(start_ms=1_000, end_ms=5_000)
    exemplar = an_exemplar(clip=clip)
    a_chapter(exemplar, start_ms=2_000)
    mine = client.as_(exemplar.owner)
    mine.patch(f"{API}/clips/{clip.id}", json={"start_ms": 3_000})
    assert mine.get(f"{API}/exemplars/{exemplar.id}").json()["chapters"] == []


def test_a_chapter_is_changed_and_removed(client: Client) -> None:
    exemplar = an_exemplar()
    chapter = a_chapter(exemplar, start_ms=1_000, end_ms=2_000)
    mine = client.as_(exemplar.owner)
    address = f"{API}/exemplars/{exemplar.id}/chapters/{chapter.id}"
    (moved,) = mine.patch(address, json={"end_ms": None, "start_ms": 3_000}).json()["chapters"]
    assert (moved["start_ms"], moved["end_ms"]) == (3_000, 60_000)
    other = criteria(exemplar.step_id)[2]
    (given,) = mine.patch(address, json={"criterion": other, "note": "Look"}).json()["chapters"]
    assert (given["criterion"], given["note"]) == (other, "Look")
    assert mine.delete(address).status_code == 204
    assert mine.delete(address).status_code == 404


def test_a_chapter_needs_a_criterion_of_its_own_step(client: Client) -> None:
    exemplar = an_exemplar()
    foreign = criteria(an_exemplar().step_id)[0]
    refused = client.as_(exemplar.owner).post(
        f"{API}/exemplars/{exemplar.id}/chapters", json={"criterion": foreign, "start_ms": 0}
    )
    assert refused.status_code == 422
    assert "isn't one of this step's" in refused.json()["detail"]


def test_who_only_watches_a_model_cannot_index_it(client: Client) -> None:
    exemplar = an_exemplar()
    body = {"criterion": criteria(exemplar.step_id)[0], "start_ms": 0}
    colleague = client.as_(a_person(school=exemplar.owner.school))
    assert colleague.post(f"{API}/exemplars/{exemplar.id}/chapters", json=body).status_code == 403


def test_the_track_is_webvtt_that_any_player_reads(client: Client) -> None:
    exemplar = an_exemplar(a_video("Wait --> & <see>", duration_ms=20_000))
    a_chapter(exemplar, criterion=2, start_ms=1_234)
    a_chapter(exemplar, criterion=1, start_ms=4_000, end_ms=5_000)
    answer = client.as_(a_person(school=exemplar.owner.school)).get(
        f"{API}/exemplars/{exemplar.id}/chapters.vtt"
    )
    assert answer.headers["content-type"] == "text/vtt; charset=utf-8"
    assert answer.text.startswith("WEBVTT Wait → & <see> – chapters\n")
    cues = webvtt.WebVTT.from_string(answer.text, strict=True).captions
    assert [(cue.start, cue.end, cue.text) for cue in cues] == [
        ("00:00:01.234", "00:00:04.000", "2. Waits for silence"),
        ("00:00:04.000", "00:00:05.000", "1. Stands still"),
    ]
