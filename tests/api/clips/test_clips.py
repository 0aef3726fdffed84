"""Making clips, changing them, deleting them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pennydrop.clips.models import Clip, ClipFileState
from pennydrop.jobs.models import Job, JobState, Queue
from pennydrop.settings import Settings
from pennydrop.videos.models import VideoState
from tests.api.client import Client
from tests.factories import a_clip, a_coach, a_moment, a_person, a_share, a_video, an_action_step, world
from tests.factories.frames import with_frames


def file_jobs(clip_id: str) -> list[tuple[str, JobState, int]]:
    """The jobs that make this clip's file: key, state and for which revision."""
    with world.session() as session:
        jobs = session.scalars(select(Job).where(Job.subject_id == clip_id).order_by(Job.id))
        return [(job.unique_key, JobState(job.state), job.payload["revision"]) for job in jobs]


def with_file(clip_id: str, key: str = "clips/x/one.mp4") -> None:
    """Pretend that the clip's own file has been made."""
    with world.session() as session:
        clip = session.get_one(Clip, clip_id)
        clip.file_state, clip.file_key, clip.file_size = ClipFileState.READY, key, 1234


def test_a_clip_plays_at_once_as_a_window_on_its_video(client: Client) -> None:
    video = a_video(title="Tuesday")
    coach = a_coach(of=video.owner, name="Sam")
    made = client.as_(coach).post(
        f"/api/v1/videos/{video.id}/clips", json={"start_ms": 1000, "end_ms": 5000, "title": "The pause"}
    )
    assert made.status_code == 201
    clip = made.json()
    window = client.as_(coach).get(f"/api/v1/videos/{video.id}").json()["playback"]["mp4"]
    assert clip["playback"] == {"hls": None, "mp4": window, "start_ms": 1000, "end_ms": 5000}
    assert clip["file"] == {"state": "queued", "url": None, "size": None, "failure": None}
    assert (clip["video"], clip["video_title"]) == (video.id, "Tuesday")
    assert (clip["owner"]["id"], clip["made_by"]["name"]) == (video.owner.id, "Sam")


def test_its_own_file_is_asked_for_in_the_same_transaction(client: Client) -> None:
    video = a_video()
    made = client.as_(video.owner).post(
        f"/api/v1/videos/{video.id}/clips", json={"start_ms": 1000, "end_ms": 5000}
    )
    clip_id = made.json()["id"]
    assert file_jobs(clip_id) == [(f"clip:{clip_id}:1", JobState.QUEUED, 1)]
    with world.session() as session:
        job = session.scalars(select(Job)).one()
        assert (job.kind, job.queue, job.payload["clip_id"]) == ("clip.file", Queue.INTERACTIVE, clip_id)


def test_a_clip_hangs_on_a_step_and_one_of_its_criteria(client: Client) -> None:
    video = a_video()
    step = an_action_step(video.owner)
    coach = client.as_(a_coach(of=video.owner))
    address = f"/api/v1/videos/{video.id}/clips"
    span = {"start_ms": 1000, "end_ms": 5000}
    clip = coach.post(address, json={**span, "criterion": step.criteria[1].id}).json()
    assert (clip["action_step"], clip["criterion"]) == (step.id, step.criteria[1].id)
    assert clip["criterion_text"] == "Waits for silence"
    assert clip["action_step_wording"].endswith("by waiting for every eye before speaking")
    loose = coach.patch(f"/api/v1/clips/{clip['id']}", json={"action_step": None}).json()
    assert (loose["action_step"], loose["criterion"]) == (None, None)


def test_a_clip_cannot_hang_on_somebody_elses_step(client: Client) -> None:
    video, hers = a_video(), an_action_step()
    mine = client.as_(video.owner)
    address = f"/api/v1/videos/{video.id}/clips"
    span = {"start_ms": 1000, "end_ms": 5000}
    assert mine.post(address, json={**span, "action_step": hers.id}).status_code == 422
    assert mine.post(address, json={**span, "criterion": hers.criteria[0].id}).status_code == 422
    mixed = {**span, "action_step": an_action_step(video.owner).id}
    other = an_action_step(video.owner)
    assert mine.post(address, json={**mixed, "criterion": other.criteria[0].id}).status_code == 422


def test_a_clip_takes_its_title_from_its_moment_or_its_place(client: Client) -> None:
    video = a_video()
    moment = a_moment(video, text="You waited.\nAll of them looked.")
    mine = client.as_(video.owner)
    address = f"/api/v1/videos/{video.id}/clips"
    from_moment = mine.post(address, json={"start_ms": 0, "end_ms": 900, "moment": moment.id}).json()
    assert (from_moment["title"], from_moment["moment"]) == ("You waited.", moment.id)
    assert mine.post(address, json={"start_ms": 2000, "end_ms": 2900}).json()["title"] == "Clip at 2 s"
    elsewhere = {"start_ms": 0, "end_ms": 900, "moment": a_moment().id}
    assert mine.post(address, json=elsewhere).status_code == 422


def test_its_ends_are_moved_to_frames_and_it_is_never_empty(client: Client, settings: Settings) -> None:
    video = a_video(duration_ms=10_000)
    with_frames(settings, video, fps=25)
    mine = client.as_(video.owner)
    address = f"/api/v1/videos/{video.id}/clips"
    clip = mine.post(address, json={"start_ms": 1015, "end_ms": 2025}).json()
    assert (clip["start_ms"], clip["end_ms"]) == (1000, 2040)
    shortest = mine.post(address, json={"start_ms": 1001, "end_ms": 1002}).json()
    assert (shortest["start_ms"], shortest["end_ms"]) == (1000, 1040)


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        ((5000, 5000), "end must come after the start"),
        ((-1, 5000), "before the film does"),
        ((3_600_000, 3_700_000), "past the end of the film"),
        ((0, 600_001), "can last 10 min 00 s at most"),
    ],
)
def test_spans_that_make_no_clip_are_refused_with_a_sentence(
    client: Client, span: tuple[int, int], sentence: str
) -> None:
    video = a_video(duration_ms=3_600_000)
    refused = client.as_(video.owner).post(
        f"/api/v1/videos/{video.id}/clips", json={"start_ms": span[0], "end_ms": span[1]}
    )
    assert refused.status_code == 422
    assert sentence in refused.json()["detail"]


def test_a_film_that_cannot_be_watched_yet_cannot_be_clipped(client: Client) -> None:
    video = a_video("Tuesday", state=VideoState.PROCESSING)
    refused = client.as_(video.owner).post(
        f"/api/v1/videos/{video.id}/clips", json={"start_ms": 0, "end_ms": 1000}
    )
    assert refused.status_code == 409
    assert refused.json()["code"] == "video_not_watchable"
    assert "“Tuesday” is still being prepared" in refused.json()["detail"]


def test_moving_an_end_lets_the_old_file_go_and_asks_for_a_new_one(client: Client) -> None:
    clip = a_clip()
    with_file(clip.id)
    mine = client.as_(clip.video.owner)
    assert (
        mine.get(f"/api/v1/clips/{clip.id}").json()["file"]["url"].startswith(f"/media/clips/{clip.id}.mp4")
    )
    moved = mine.patch(f"/api/v1/clips/{clip.id}", json={"end_ms": 6000}).json()
    assert (moved["start_ms"], moved["end_ms"]) == (1000, 6000)
    assert moved["file"] == {"state": "queued", "url": None, "size": None, "failure": None}
    assert file_jobs(clip.id) == [(f"clip:{clip.id}:2", JobState.QUEUED, 2)]


def test_moving_it_again_stops_the_work_nobody_needs_any_more(client: Client) -> None:
    clip = a_clip()
    mine = client.as_(clip.video.owner)
    mine.patch(f"/api/v1/clips/{clip.id}", json={"end_ms": 6000})
    mine.patch(f"/api/v1/clips/{clip.id}", json={"end_ms": 7000})
    assert [(state, revision) for _, state, revision in file_jobs(clip.id)] == [
        (JobState.CANCELLED, 2),
        (JobState.QUEUED, 3),
    ]


def test_renaming_keeps_the_file(client: Client) -> None:
    clip = a_clip()
    with_file(clip.id)
    mine = client.as_(clip.video.owner)
    renamed = mine.patch(f"/api/v1/clips/{clip.id}", json={"title": " Better ", "end_ms": 5000}).json()
    assert renamed["title"] == "Better"
    assert renamed["file"]["state"] == "ready"
    assert file_jobs(clip.id) == []
    assert mine.patch(f"/api/v1/clips/{clip.id}", json={"title": " "}).status_code == 422


def test_the_owner_deletes_any_clip_and_a_coach_her_own(client: Client) -> None:
    video = a_video()
    coach = a_coach(of=video.owner)
    hers, mine, another = (
        a_clip(video, made_by=coach),
        a_clip(video, made_by=coach),
        a_clip(video),
    )
    assert client.as_(video.owner).delete(f"/api/v1/clips/{hers.id}").status_code == 204
    assert client.as_(coach).delete(f"/api/v1/clips/{mine.id}").status_code == 204
    assert client.as_(coach).delete(f"/api/v1/clips/{another.id}").status_code == 403
    left = client.as_(coach).get(f"/api/v1/videos/{video.id}/clips").json()["items"]
    assert [clip["id"] for clip in left] == [another.id]


def test_a_deleted_clip_leaves_its_moment_and_asks_for_its_files_to_go(client: Client) -> None:
    video = a_video()
    moment = a_moment(video)
    mine = client.as_(video.owner)
    made = mine.post(
        f"/api/v1/videos/{video.id}/clips", json={"start_ms": 0, "end_ms": 900, "moment": moment.id}
    ).json()
    mine.delete(f"/api/v1/clips/{made['id']}")
    assert file_jobs(made["id"]) == [(f"clip:{made['id']}:1", JobState.CANCELLED, 1)]
    assert mine.get(f"/api/v1/moments/{moment.id}").status_code == 200
    with world.session() as session:
        forget = session.scalars(select(Job).where(Job.kind == "storage.forget")).one()
        assert forget.payload["prefixes"] == [f"clips/{made['id']}/"]


def test_somebody_who_may_only_watch_makes_no_clips(client: Client) -> None:
    video = a_video()
    friend = a_person(school=video.owner.school)
    a_share(video, friend)
    refused = client.as_(friend).post(
        f"/api/v1/videos/{video.id}/clips", json={"start_ms": 0, "end_ms": 1000}
    )
    assert refused.status_code == 403


def test_clips_are_listed_by_who_is_in_them_and_by_step(client: Client) -> None:
    video = a_video()
    step = an_action_step(video.owner)
    coach = a_coach(of=video.owner)
    a_clip(video, title="loose")
    a_clip(video, title="of the step", action_step=step)
    a_clip(title="somebody else's")

    def titles(person: object, query: str) -> list[str]:
        items = client.as_(person).get(f"/api/v1/clips?{query}").json()["items"]  # type: ignore[arg-type]
        return [clip["title"] for clip in items]

    assert titles(video.owner, "coachee=me") == ["of the step", "loose"]
    assert titles(coach, f"coachee={video.owner.id}") == ["of the step", "loose"]
    assert titles(coach, f"action_step={step.id}") == ["of the step"]
    assert titles(coach, "coachee=me") == []
    assert titles(a_person(), f"action_step={step.id}") == []
