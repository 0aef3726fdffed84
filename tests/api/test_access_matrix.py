"""Every route, asked by everybody: who may, who may not, and for whom it doesn't exist.

The table is `access_matrix.txt`. The film in it is Aisha's, of Elm school: she is `owner`, `anon` is nobody.
`coach` coaches her now, `past` did once; `peer` is another coachee of her school, `lead` and `admin` look
after it. With `film` she shares the whole film, with `clip` one clip of it. `oak` leads and coaches in
another school of the trust; `far` is administrator, coach and coachee in another trust.

Aisha lets another film of hers be a model, and a clip of it the example of a term; nobody has published them
yet. What is published is of a colleague.

401: not logged in. 403: she sees it, but may not. 404: for her it doesn't exist. A route of the application
that is missing in the table fails the test, and so does a row too many.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from pennydrop_api.app import ROOT_ROUTERS
from pennydrop_api.media.routes import FILMS, Direct
from tests.api.matrix_world import (
    CLIP,
    FILM,
    GOAL,
    MODEL,
    NOTES,
    OWNER,
    SAID,
    SHOWN,
    WHY,
    WISH,
    Matrix,
    a_matrix,
)
from tests.factories import PASSWORD
from tests.support.databases import Databases

pytestmark = pytest.mark.each_database

TABLE = Path(__file__).with_name("access_matrix.txt")

_ELM = {"owner", "coach", "past", "peer", "lead", "admin", "film", "clip"}
MAY_READ = {
    OWNER: _ELM,
    GOAL: _ELM | {"oak"},
    FILM: {"owner", "coach", "film"},
    SAID: {"owner", "coach"},
    CLIP: {"owner", "coach", "clip"},
    WHY: {"owner", "coach"},
    NOTES: {"owner", "coach"},
    WISH: {"owner", "coach"},
    MODEL: {"owner", "coach", "lead"},
    SHOWN: _ELM | {"oak"},
}
"""Words of the film, and who may meet them anywhere at all."""

BODIES: dict[str, Any] = {
    "POST /session": {"email": "aisha@elm.test", "password": PASSWORD},
    "POST /me/password": {"present": PASSWORD, "new": "four quite different words"},
    "POST /me/tokens": {"name": "script"},
    "POST /invitations/{token}": {"password": "four quite different words"},
    "POST /people": {"name": "Zoe", "email": "zoe@elm.test"},
    "PATCH /people/{person_id}": {"name": "Aisha B"},
    "POST /schools": {"name": "Ash"},
    "POST /pairings": {"coach": "{peer}", "coachee": "{film}"},
    "PATCH /pairings/{pairing_id}": {"ended": True},
    "PATCH /videos/{video_id}": {"title": "Wednesday"},
    "POST /videos/{video_id}/shares": {"person": "{peer}"},
    "POST /videos/{video_id}/moments": {"start_ms": 1000, "text": "!"},
    "PATCH /moments/{moment_id}": {"text": "!"},
    "POST /moments/{moment_id}/replies": {"text": "!"},
    "POST /videos/{video_id}/clips": {"start_ms": 1000, "end_ms": 3000, "title": "!"},
    "PATCH /clips/{clip_id}": {"title": "!"},
    "POST /clips/{clip_id}/shares": {"person": "{peer}"},
    "POST /action-steps": {"coachee": "{owner}", "step": "{step_id}"},
    "PATCH /action-steps/{action_step_id}": {"state": "practising"},
    "POST /action-steps/{action_step_id}/evidence": {"clip": "{clip_id}"},
    "PUT /action-steps/{action_step_id}/places": {
        "criterion": "{action_criterion_id}",
        "video": "{shown_video_id}",
        "start_ms": 500,
    },
    "POST /action-steps/{action_step_id}/rounds": {},
    "PATCH /rounds/{round_id}": {"is_best": True},
    "POST /meetings": {"coachee": "{owner}", "lesson": "{video_id}"},
    "PATCH /meetings/{meeting_id}": {"notes": "!"},
    "POST /meetings/{meeting_id}/rounds": {},
    "POST /drop-ins": {"coachee": "{owner}", "notes": "!"},
    "POST /proposals": {"words": "!"},
    "PATCH /proposals/{proposal_id}": {"state": "declined"},
    "POST /proposals/{proposal_id}/replies": {"text": "!"},
    "PATCH /proposal-replies/{reply_id}": {"text": "!"},
    "PATCH /replies/{reply_id}": {"text": "!"},
    "POST /library/steps": {"goal": "{goal_id}", "action": "waiting", "criteria": [{"text": "Waits"}]},
    "PATCH /library/steps/{step_id}": {"action": "waiting longer"},
    "POST /library/goals": {"wording": "Be heard at once", "area": "{area_id}"},
    "PATCH /library/goals/{goal_id}": {"wording": "Be heard sooner"},
    "POST /library/terms": {"name": "Silence", "meaning": "Nobody says anything."},
    "PATCH /library/terms/{term_id}": {"meaning": "Something else."},
    "POST /library/sequences": {"name": "First weeks", "steps": [{"step": "{step_id}"}]},
    "PATCH /library/sequences/{sequence_id}": {"name": "First days"},
    "POST /library/exemplars": {"step": "{step_id}", "clip": "{clip_id}"},
    "PATCH /exemplars/{exemplar_id}": {"title": "!"},
    "POST /exemplars/{exemplar_id}/chapters": {"criterion": "{criterion_id}", "start_ms": 1000},
    "PATCH /exemplars/{exemplar_id}/chapters/{chapter_id}": {"note": "!"},
    "POST /library/terms/{term_id}/examples": {"clip": "{clip_id}"},
}
TEXTS = {
    "POST /videos/{video_id}/moments/import": ("text/vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n!\n"),
    "POST /videos/{video_id}/captions": ("text/vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n!\n"),
    "POST /library/import": ("application/yaml", "areas: []\n"),
    "PATCH /uploads/{upload_id}": ("application/offset+octet-stream", "12345"),
}
QUERIES = {
    "POST /videos/{video_id}/captions": {"language": "cy"},
    "GET /library/terms/met": {"coachee": "{owner}"},
}
HEADERS = {
    "POST /uploads": {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": "10",
        "Upload-Metadata": "filename YS5tcDQ=",
    },
    "POST /uploads/{upload_id}": {"X-HTTP-Method-Override": "HEAD"},
    "PATCH /uploads/{upload_id}": {"Upload-Offset": "0"},
}
NAMES = {
    # An administrator can only take back what is published.
    "DELETE /exemplars/{exemplar_id}/publication": {"exemplar_id": "{shown_exemplar_id}"},
    "DELETE /term-examples/{example_id}/publication": {"example_id": "{shown_example_id}"},
    "PATCH /proposal-replies/{reply_id}": {"reply_id": "{proposal_reply_id}"},
    "DELETE /videos/{video_id}/shares/{person_id}": {"person_id": "{film}"},
    "DELETE /clips/{clip_id}/shares/{person_id}": {"person_id": "{clip}"},
    "GET /media/videos/{video_id}/{file}": {"file": "720p.mp4"},
    "GET /media/videos/{video_id}/live/{file:path}": {"file:path": "index.m3u8"},
    "GET /media/videos/{video_id}/captions/{language}.vtt": {"language": "en"},
}

Row = dict[str, int]


def rows() -> tuple[list[str], dict[str, Row]]:
    """The roles, and for each route what each of them is to get."""
    head, *lines = [line.split() for line in TABLE.read_text().splitlines() if line.strip()]
    return head, {
        f"{method} {path}": dict(zip(head, map(int, statuses), strict=True))
        for method, path, *statuses in lines
    }


ROLES, EXPECTED = rows()


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[Matrix]:
    with a_matrix(tmp_path_factory.mktemp("matrix"), databases) as made:
        yield made


def routes_of(matrix: Matrix) -> set[str]:
    """Every route there is: those of the OpenAPI document, and those beside it."""
    described = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in matrix.app.openapi()["paths"].items()
        for method in methods
    }
    beside = {
        f"{method} {route.path}"
        for route in (*FILMS, *(route for router in ROOT_ROUTERS for route in router.routes))
        if isinstance(route, APIRoute | Direct)
        for method in (route.methods or set()) - {"HEAD"}
    }
    return described | beside


def ask(matrix: Matrix, role: str, route: str) -> tuple[int, str]:
    """Send the request of a row as somebody; return the status and what could be read."""
    method, path = route.split()
    names = matrix.names | {
        name: value.format(**matrix.names) for name, value in NAMES.get(route, {}).items()
    }
    for name, value in names.items():
        path = path.replace("{" + name + "}", value)
    assert "{" not in path, f"say in NAMES what stands for the names in {path}"
    address = path if path.startswith(("/media", "/healthz", "/readyz", "/metrics")) else f"/api/v1{path}"
    media_type, text = TEXTS.get(route, ("application/json", ""))
    if route in BODIES:
        text = json.dumps(_filled(BODIES[route], matrix.names))
    headers = {"Content-Type": media_type} if text else {}
    headers |= HEADERS.get(route, {})
    if "uploads" in path:
        headers.setdefault("Tus-Resumable", "1.0.0")
    client = matrix.client(role)
    params = {key: value.format(**matrix.names) for key, value in QUERIES.get(route, {}).items()}
    # A stream of events has no end, so only its beginning is looked at.
    with client.stream(method, address, params=params, headers=headers, content=text or None) as answer:
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            return answer.status_code, ""
        return answer.status_code, answer.read().decode("utf-8", "replace")


def _filled(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str):
        return value.format(**names)
    if isinstance(value, dict):
        return {key: _filled(one, names) for key, one in value.items()}
    return [_filled(one, names) for one in value] if isinstance(value, list) else value


def test_every_route_is_in_the_table_and_nothing_else(matrix: Matrix) -> None:
    there = routes_of(matrix)
    assert {"missing": there - EXPECTED.keys(), "gone": EXPECTED.keys() - there} == {
        "missing": set(),
        "gone": set(),
    }


@pytest.mark.parametrize("route", EXPECTED)
def test_everybody_gets_what_the_table_says(matrix: Matrix, route: str) -> None:
    got: Row = {}
    leaks = []
    for role in ROLES:
        status, text = ask(matrix, role, route)
        got[role] = status
        if not route.startswith("GET") and status < 400:
            matrix.restore()
        # Whoever logs in with the owner's own password learns her name.
        if route != "POST /session":
            leaks += [
                f"{role} reads “{one}”" for one, may in MAY_READ.items() if one in text and role not in may
            ]
    assert got == EXPECTED[route]
    assert leaks == []
