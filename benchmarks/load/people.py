"""A trust of people with films, made by rows: they are logged in, their films lie in the store."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import timedelta

import numpy as np
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from pennydrop.clips.models import Clip, ClipFileState
from pennydrop.clock import utcnow
from pennydrop.coaching.models import ActionStep, ActionStepCriterion
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.ids import new_id
from pennydrop.library.starter import load_starter
from pennydrop.media.frames import FrameTable
from pennydrop.moments.models import Moment, MomentKind
from pennydrop.people.models import LoginSession, Organisation, Pairing, Person, School
from pennydrop.people.secrets import fingerprint, new_secret
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.models import Purpose, Rendition, RenditionName, Video, VideoState

_MINUTES, _FPS = 20, 30
_FILM_BYTES, _CLIP_BYTES = 24 << 20, 2 << 20
_COACHEES = 5
"""Of each coach."""
_FILMS, _MOMENTS = 3, 30
_SMALL = {
    RenditionName.POSTER: ("image/jpeg", 20_000),
    RenditionName.WAVEFORM: ("application/json", 12_000),
    RenditionName.SPEECH: ("application/json", 3_000),
    RenditionName.STORYBOARD: ("text/vtt", 9_000),
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is logged in, with the films that she works on."""

    cookie: str
    coaches: bool
    films: list[str]
    clips: list[str]


def settle(sessions: SessionMaker, store: ObjectStore, count: int) -> list[Visitor]:
    """Let `count` people work in one trust, a sixth of them as coaches of the others."""
    film, clip = _stored(store)
    with transaction(sessions) as session:
        trust = Organisation(name="Load Trust")
        schools = [School(name=f"School {number}", organisation=trust) for number in range(1, 11)]
        session.add_all(schools)
        session.flush()
        load_starter(session, trust.id)
        settled: list[Visitor] = []
        for group in range(max(1, -(-count // (_COACHEES + 1)))):
            settled += _group(session, schools[group % len(schools)], group, film, clip)
    with transaction(sessions) as session:
        # A database that has run for a while knows how its tables look.
        session.execute(text("ANALYZE"))
    return settled[:count]


def as_json(visitors: list[Visitor]) -> str:
    return json.dumps([asdict(one) for one in visitors])


def from_json(text: str) -> list[Visitor]:
    return [Visitor(**one) for one in json.loads(text)]


def _stored(store: ObjectStore) -> tuple[dict[RenditionName, tuple[str, str, int]], str]:
    """Put the bytes of one film and one clip where all find them: what is sent counts, not what it shows."""
    made: dict[RenditionName, tuple[str, str, int]] = {}
    table = FrameTable.from_pts(
        np.arange(_MINUTES * 60 * _FPS), np.arange(_MINUTES * 60 * _FPS) % _FPS == 0, timescale=_FPS
    )
    contents = {RenditionName.FRAMES: ("application/json", json.dumps(table.to_json()).encode())}
    contents |= {name: (kind, os.urandom(size // 2).hex().encode()) for name, (kind, size) in _SMALL.items()}
    contents |= {
        RenditionName.P720: ("video/mp4", os.urandom(_FILM_BYTES)),
        RenditionName.P360: ("video/mp4", os.urandom(_FILM_BYTES // 3)),
    }
    for name, (kind, content) in contents.items():
        key = f"renditions/load/{name}/1/file"
        made[name] = (key, kind, store.put_bytes(key, content))
    store.put_bytes("clips/load/1.mp4", os.urandom(_CLIP_BYTES))
    return made, "clips/load/1.mp4"


def _group(
    session: Session,
    school: School,
    group: int,
    film: dict[RenditionName, tuple[str, str, int]],
    clip_key: str,
) -> list[Visitor]:
    """A coach and those she coaches, with their films, moments, clips and steps."""
    now = utcnow()
    people = [
        {
            "id": new_id(),
            "school_id": school.id,
            "email": f"p{group}.{n}@load.test",
            "name": f"Pat {group}.{n}",
            "sort_name": f"pat {group}.{n}",
        }
        for n in range(_COACHEES + 1)
    ]
    session.execute(insert(Person), people)
    ids = [str(one["id"]) for one in people]
    secrets = [new_secret() for _ in ids]
    session.execute(
        insert(LoginSession),
        [
            {"person_id": one, "secret_hash": fingerprint(secret), "expires_at": now + timedelta(days=1)}
            for one, secret in zip(ids, secrets, strict=True)
        ],
    )
    coach, *coachees = ids
    session.execute(insert(Pairing), [{"coach_id": coach, "coachee_id": one} for one in coachees])
    hers: dict[str, list[str]] = {one: [new_id() for _ in range(_FILMS)] for one in coachees}
    clips: dict[str, str] = {one: new_id() for one in coachees}
    rows: dict[type, list[dict[str, object]]] = {
        kind: [] for kind in (Video, Rendition, ActionStep, ActionStepCriterion, Clip, Moment)
    }
    for coachee in coachees:
        step = new_id()
        rows[ActionStep].append(
            {"id": step, "coachee_id": coachee, "set_by_id": coach, "goal": "Hear", "action": "waiting"}
        )
        rows[ActionStepCriterion] += [
            {"action_step_id": step, "position": place, "text": f"Criterion {place}"} for place in (1, 2, 3)
        ]
        for video in hers[coachee]:
            rows[Video].append(_video(video, coachee))
            rows[Rendition] += [
                {"video_id": video, "name": name, "key": key, "media_type": kind, "size": size}
                for name, (key, kind, size) in film.items()
            ]
            rows[Moment] += [_moment(video, coach if n % 3 else coachee, n) for n in range(_MOMENTS)]
        rows[Clip].append(
            {
                "id": clips[coachee],
                "video_id": hers[coachee][0],
                "made_by_id": coach,
                "action_step_id": step,
                "title": "Waiting for eyes",
                "start_ms": 60_000,
                "end_ms": 80_000,
                "file_state": ClipFileState.READY,
                "file_key": clip_key,
                "file_size": _CLIP_BYTES,
            }
        )
    for kind, values in rows.items():
        session.execute(insert(kind), values)
    return [
        Visitor(secrets[0], True, [film for films in hers.values() for film in films], list(clips.values())),
        *(
            Visitor(secret, False, hers[one], [clips[one]])
            for one, secret in zip(coachees, secrets[1:], strict=True)
        ),
    ]


def _video(video: str, owner: str) -> dict[str, object]:
    return {
        "id": video,
        "owner_id": owner,
        "filmed_by_id": owner,
        "purpose": Purpose.LESSON,
        "title": "Guided reading",
        "state": VideoState.READY,
        "progress": 100,
        "duration_ms": _MINUTES * 60_000,
        "width": 1280,
        "height": 720,
        "has_audio": True,
    }


def _moment(video: str, author: str, number: int) -> dict[str, object]:
    return {
        "video_id": video,
        "author_id": author,
        "start_ms": number * 35_000,
        "kind": list(MomentKind)[number % 4],
        "text": "You waited until all eyes were with you, and then said it once.",
    }
