"""The picture that stands for a film in lists."""

from __future__ import annotations

from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import WorkerParts
from pennydrop.media.proxies import make_poster
from pennydrop.storage.nearby import nearby
from pennydrop.videos.material import get_video_row, inspected, keep
from pennydrop.videos.models import RenditionName
from pennydrop.videos.progress import POSTER, publish, settle


def poster(attempt: Attempt, parts: WorkerParts) -> None:
    """Take one telling picture from the source."""
    video_id = attempt.payload["video_id"]
    film = inspected(parts.sessions, parts.store, video_id)
    source = nearby(parts.store, film.material.source_key, parts.settings.scratch)
    out = attempt.scratch / "made"
    out.mkdir()
    path = make_poster(source, film.probe, film.plan, out)
    made = keep(
        parts.store,
        path,
        video_id=video_id,
        name=RenditionName.POSTER,
        attempt=attempt.prefix,
        width=film.plan.sizes[0].width,
        height=film.plan.sizes[0].height,
    )
    with attempt.publish() as session:
        video = get_video_row(session, video_id)
        publish(session, video, made)
        settle(session, video, finishing=POSTER)
