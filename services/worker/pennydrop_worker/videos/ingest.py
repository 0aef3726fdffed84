"""The first look at a film that has arrived: from its last byte to `watchable`."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from pennydrop import traces
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import WorkerParts
from pennydrop.media.frames import FrameTable
from pennydrop.media.inspection import Inspection, inspect
from pennydrop.media.plan import Plan, plan_for
from pennydrop.media.proxies import CannotCopy, make_remux
from pennydrop.storage.nearby import nearby
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.material import get_video_row, keep, material_of
from pennydrop.videos.models import RenditionName
from pennydrop.videos.progress import (
    Made,
    Shape,
    become_watchable,
    plan_the_rest,
    publish,
    take_shape,
)

log = logging.getLogger("pennydrop.worker")


def ingest(attempt: Attempt, parts: WorkerParts) -> None:
    """Inspect the source; make it watchable where that needs no transcoding; ask for the rest."""
    video_id = attempt.payload["video_id"]
    material = material_of(parts.sessions, video_id)
    source = nearby(parts.store, material.source_key, parts.settings.scratch)
    out = attempt.scratch / "made"
    out.mkdir()
    found = inspect(
        source, out, max_minutes=parts.settings.video_max_minutes, cancelled=attempt.cancelled.is_set
    )
    traces.note(film_ms=found.probe.duration_ms)
    plan = plan_for(found.probe)
    attempt.sandboxed(str(found.level))
    made = _make(attempt, parts.store, source, found, plan)
    plays = any(one.name in (RenditionName.VIRTUAL, RenditionName.REMUX) for one in made)
    with attempt.publish() as session:
        video = get_video_row(session, video_id)
        for one in made:
            publish(session, video, one)
        video.probe = found.probe.to_json()
        take_shape(session, video, shape_of(found))
        if plays:
            become_watchable(session, video)
        plan_the_rest(session, video, plays_already=plays)


def shape_of(found: Inspection) -> Shape:
    width, height = found.probe.video.upright_size
    return Shape(found.probe.duration_ms, width, height, has_audio=found.probe.audio is not None)


def _make(attempt: Attempt, store: ObjectStore, source: Path, found: Inspection, plan: Plan) -> list[Made]:
    video_id, shape = attempt.payload["video_id"], shape_of(found)
    name, path = RenditionName.VIRTUAL, found.virtual
    if plan.watch in ("remux_mp4", "remux_webm"):
        name = RenditionName.REMUX
        path = _remux(attempt, source, found, plan)
    made = [keep(store, found.frames, video_id=video_id, name=RenditionName.FRAMES, attempt=attempt.prefix)]
    if path is not None:
        made.append(
            keep(
                store,
                path,
                video_id=video_id,
                name=name,
                attempt=attempt.prefix,
                width=shape.width,
                height=shape.height,
                duration_ms=shape.duration_ms,
            )
        )
    return made


def _remux(attempt: Attempt, source: Path, found: Inspection, plan: Plan) -> Path | None:
    """Copy the film into what browsers open; None where only encoding it will do."""
    out = attempt.scratch / "remux"
    out.mkdir()
    frames = FrameTable.from_json(json.loads(found.frames.read_text()))
    try:
        made = make_remux(source, found.probe, plan, frames, out, cancelled=attempt.cancelled.is_set)
    except CannotCopy as flaw:
        log.info("%s is encoded before it can be watched: %s", attempt.payload["video_id"], flaw)
        return None
    return made.renditions[0].path
