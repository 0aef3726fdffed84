"""A school with something on every page of the app, and who opens which of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from tests.factories.films import a_phone_film
from tests.support.house import BUILT_APP, House, until

_STEP = "wait-for-every-eye"
_NEXT_STEP = "wait-before-helping"


@dataclass(frozen=True)
class Visit:
    """Somebody opens a page: `who` is a mailbox of the demo's people, or None where nobody is logged in."""

    who: str | None
    route: str
    """The page's line of `src/app/pages.ts`, such as `/videos/$id`."""
    path: str


def routes() -> set[str]:
    """Every route of the app that was built, as the server's own list of pages has it."""
    return {one["path"] for one in json.loads((BUILT_APP / "pages.json").read_text("utf-8"))}


def furnish(house: House, folder: Path) -> list[Visit]:
    """Let the demo's people do a little of everything; return who opens which page.

    Films are made in `folder`, and can be watched when this returns; see `wait_for_workers`. `ta4` is new
    and has a coach, and nothing else yet.
    """
    with house.as_("ta") as ta, house.as_("coach") as coach, house.as_("lead") as lead:
        school = _School(house, folder, ta=ta, coach=coach, lead=lead)
        lesson, clip, step = school.lesson()
        go = school.rehearsal(step)
        held = school.meeting_held(lesson, clip)
        school.word_in_passing()
        running = school.meeting_running(clip)
        prepared = school.meeting_prepared(lesson, clip)
        school.model_asked_for(lesson)
        school.proposal()
        code = _made(ta, f"/action-steps/{step}/join-link")["token"]
    with house.as_("admin") as admin:
        newcomer = {"name": "Robin Ash", "email": "robin@demo.pennydrop.test"}
        invitation = _made(admin, "/people", newcomer)["invitation"]["token"]
    both = [
        ("/", ""),
        ("/meetings/$id", prepared),
        ("/meetings/$id", running),
        ("/meetings/$id", held),
        ("/meetings/$id/observed", held),
        ("/videos/$id", lesson),
        ("/clips/$id", clip),
        ("/action-steps/$id", step),
        ("/action-steps/$id/compare", step),
        ("/rounds/$id", go),
    ]
    opened: list[tuple[str | None, str, str]] = [
        (None, "/login", ""),
        (None, "/welcome/$token", invitation),
        (None, "/join", f"/join#{code}"),
        *(("ta", *page) for page in both),
        ("ta", "/film", ""),
        ("ta", "/videos", ""),
        ("ta", "/steps/$id", _STEP),
        ("ta", "/steps", ""),
        ("ta", "/steps", "/steps?q=they+don%27t+listen"),
        ("ta", "/language", ""),
        ("ta", "/models", ""),
        ("ta", "/meetings", ""),
        ("ta", "/action-steps", ""),
        ("ta", "/drop-ins", ""),
        ("ta", "/settings", ""),
        *(("coach", *page) for page in both),
        ("coach", "/meetings/$id/prepare", prepared),
        ("coach", "/people", ""),
        ("coach", "/people/$id", school.coachee),
        ("coach", "/people/$id/step", school.coachee),
        ("coach", "/people/$id/step", f"/people/{school.coachee}/step?clip={clip}"),
        ("coach", "/film", f"/film?step={step}&for={school.coachee}"),
        ("coach", "/steps/builder", ""),
        ("lead", "/", ""),
        ("lead", "/steps", ""),
        ("lead", "/steps/$id", _STEP),
        ("lead", "/steps/curate", ""),
        ("lead", "/steps/curate/goals", ""),
        ("lead", "/steps/curate/words", ""),
        ("lead", "/steps/curate/sequences", ""),
        ("lead", "/steps/new", ""),
        ("lead", "/steps/import", ""),
        ("lead", "/steps/$id/edit", _STEP),
        ("lead", "/steps/$id/versions", _STEP),
        ("lead", "/models", ""),
        ("lead", "/school", ""),
        ("admin", "/", ""),
        ("admin", "/school", ""),
        ("admin", "/school/work", ""),
        ("ta4", "/", ""),
    ]
    return [Visit(who, route, _address(route, value)) for who, route, value in opened]


def wait_for_workers(house: House) -> None:
    """Wait until every copy is made: what is still being made takes the processors from whoever measures."""
    with house.as_("coach") as coach:

        def states() -> set[str]:
            films = coach.get("/api/v1/videos", params={"limit": 200}).json()["items"]
            clips = coach.get("/api/v1/clips", params={"limit": 200}).json()["items"]
            return {one["state"] for one in films} | {one["file"]["state"] for one in clips}

        until(lambda: states() <= {"ready", "failed"})


def _address(route: str, value: str) -> str:
    """Return where a route is opened: `value` is a whole address, or what the route leaves open."""
    if value.startswith("/"):
        return value
    return "/".join(value if part.startswith("$") else part for part in route.split("/"))


def _made(client: httpx.Client, path: str, body: dict[str, Any] | None = None) -> Any:
    answer = client.post(f"/api/v1{path}", json=body)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def _changed(client: httpx.Client, path: str, body: dict[str, Any]) -> None:
    answer = client.patch(f"/api/v1{path}", json=body)
    assert answer.status_code == 200, answer.text


class _School:
    """What Aisha and her coach do with each other, one line of it at a time."""

    def __init__(
        self, house: House, folder: Path, *, ta: httpx.Client, coach: httpx.Client, lead: httpx.Client
    ) -> None:
        self._house, self._folder = house, folder
        self._ta, self._coach, self._lead = ta, coach, lead
        self.coachee = str(ta.get("/api/v1/me").json()["id"])
        self._library_step = coach.get(f"/api/v1/library/steps/{_STEP}").json()["id"]

    def lesson(self) -> tuple[str, str, str]:
        """A lesson with a moment and a clip on a step; return film, clip and step."""
        lesson = self._film(self._ta, "Guided reading", "lesson", seconds=12.0)
        body = {"coachee": self.coachee, "step": self._library_step}
        step = _made(self._coach, "/action-steps", body)
        span = {"start_ms": 2_000, "end_ms": 6_000}
        said = {"kind": "praise", "text": "Every eye was on you."}
        moment = _made(self._coach, f"/videos/{lesson}/moments", span | said)
        _made(self._ta, f"/moments/{moment['id']}/replies", {"text": "I counted to three first."})
        cut = {"title": "Waiting for every eye", "action_step": step["id"]}
        clip = _made(self._coach, f"/videos/{lesson}/clips", span | cut)
        return lesson, str(clip["id"]), str(step["id"])

    def rehearsal(self, step: str) -> str:
        """The coach's model and a go of hers, each on film, with marks; return her round."""
        rounds = f"/action-steps/{step}/rounds"
        model = self._film(self._coach, "Sam shows it", "model", seconds=4.0)
        _made(self._coach, rounds, {"kind": "model", "video": model})
        take = self._film(self._ta, "My first go", "rehearsal", seconds=5.0)
        go = _made(self._ta, rounds, {"kind": "rehearsal", "video": take})
        criterion = self._ta.get(f"/api/v1/action-steps/{step}").json()["criteria"][0]["id"]
        marked = {"marks": [{"criterion": criterion, "value": "met"}], "is_best": True}
        _changed(self._ta, f"/rounds/{go['id']}", marked | {"reflection": "The silence felt long."})
        _changed(self._coach, f"/rounds/{go['id']}", {"feedback": "Now let the three be a slow three."})
        return str(go["id"])

    def meeting_held(self, lesson: str, clip: str) -> str:
        """A meeting that is over, filmed by the permission of both, with its phases."""
        address = self._meeting(lesson)
        film = self._film(self._coach, "Our meeting", "meeting", seconds=6.0)
        for one in (self._ta, self._coach):
            _made(one, f"{address}/consent")
        queued = {"clips": [{"clip": clip, "purpose": "praise"}], "praise": "You waited, and it was quiet."}
        _changed(self._coach, address, queued | {"state": "running"})
        over = {
            "state": "done",
            "film": film,
            "phases": [{"phase": "praise", "start_ms": 0}, {"phase": "step", "start_ms": 3_000}],
            "notes": "Aisha tries it with Leo.",
            "next_at": _in_days(7),
        }
        _changed(self._coach, address, over)
        return address.rsplit("/", 1)[1]

    def meeting_prepared(self, lesson: str, clip: str) -> str:
        address = self._meeting(lesson, planned_at=_in_days(1))
        body = {
            "clips": [{"clip": clip, "purpose": "probe"}],
            "questions": ["What did they do while you waited?"],
            "script": "Stand still. Count to three.",
            "library_step": self._id_of_step(_NEXT_STEP),
        }
        _changed(self._coach, address, body)
        return address.rsplit("/", 1)[1]

    def meeting_running(self, clip: str) -> str:
        """One that has just been started, with a clip to watch."""
        address = self._meeting(None)
        clips = {"clips": [{"clip": clip, "purpose": "praise"}], "praise": "Every eye was on you."}
        _changed(self._coach, address, clips | {"state": "running"})
        return address.rsplit("/", 1)[1]

    def word_in_passing(self) -> None:
        _made(self._coach, "/drop-ins", {"coachee": self.coachee, "notes": "Lovely calm start today."})

    def model_asked_for(self, lesson: str) -> None:
        """One model that waits for its coachee's word, and one that is in the library."""
        _made(self._coach, "/library/exemplars", {"step": _NEXT_STEP, "video": lesson})
        shown = _made(self._ta, "/library/exemplars", {"step": _STEP, "video": lesson})
        criterion = self._lead.get(f"/api/v1/library/steps/{_STEP}").json()["criteria"][0]["id"]
        chapter = {"criterion": criterion, "start_ms": 3_000, "end_ms": 5_000}
        _made(self._lead, f"/exemplars/{shown['id']}/chapters", chapter)
        answer = self._lead.put(f"/api/v1/exemplars/{shown['id']}/publication")
        assert answer.status_code == 200, answer.text

    def proposal(self) -> None:
        body = {"step": self._id_of_step(_NEXT_STEP), "why": "I finish their sentences."}
        _made(self._ta, "/proposals", body)

    def _meeting(self, lesson: str | None, planned_at: str | None = None) -> str:
        body = {"coachee": self.coachee, "lesson": lesson, "planned_at": planned_at}
        return f"/meetings/{_made(self._coach, '/meetings', body)['id']}"

    def _film(self, client: httpx.Client, title: str, purpose: str, *, seconds: float) -> str:
        path = self._folder / f"{title}.mp4"
        a_phone_film(path, seconds=seconds, width=320, height=180)
        film = self._house.send(client, path, title, purpose=purpose)
        assert self._house.wait_for(client, film, "watchable", "ready")["state"] != "failed"
        return film

    def _id_of_step(self, slug: str) -> str:
        return str(self._coach.get(f"/api/v1/library/steps/{slug}").json()["id"])


def _in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()
