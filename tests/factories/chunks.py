"""Films that are being made in chunks, as rows and jobs: no film lies behind them."""

from __future__ import annotations

import numpy as np

from pennydrop.chunks.begin import begin
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import JobState, Queue
from pennydrop.media.frames import FrameTable
from pennydrop.people.models import Person
from pennydrop.storage import keys
from pennydrop.videos.models import Video, VideoState
from pennydrop.videos.progress import PROXIES, job_key
from tests.factories import world
from tests.factories.content import a_video

SECONDS = 60
CUTS = [range(600), range(600, 1200), range(1200, 1800)]


def frames_at_30() -> FrameTable:
    pts = np.arange(SECONDS * 30)
    return FrameTable.from_pts(pts, pts % 30 == 0, timescale=30, last_duration=1)


def a_film_in_chunks(*, owner: Person | None = None, plays: bool = False, sound: bool = True) -> Video:
    """A minute of film in three chunks of 20 seconds, none of which is done."""
    state = VideoState.WATCHABLE if plays else VideoState.PROCESSING
    video = a_video(owner=owner, state=state, duration_ms=SECONDS * 1000)
    with world.session() as session:
        found = session.get_one(Video, video.id)
        found.renditions.clear()
        found.live_key = None if plays else keys.live(video.id, "plan-1", "index.m3u8")
        asked = enqueue(
            session,
            PROXIES,
            queue=Queue.TRANSCODE,
            unique_key=job_key(PROXIES, video.id),
            payload={"video_id": video.id},
            subject_id=video.id,
        )
        asked.state = JobState.DONE
        session.flush()
        begin(session, found, frames_at_30(), CUTS, plays=plays, sound=sound)
    return video
