"""Frame tables of videos whose film doesn't exist."""

from __future__ import annotations

import json

import numpy as np

from pennydrop.media.frames import FrameTable
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store
from pennydrop.videos.models import Rendition, RenditionName, Video
from tests.factories import world


def with_frames(settings: Settings, video: Video, *, fps: int = 25) -> FrameTable:
    """Give the video a table of evenly spaced frames for as long as it lasts."""
    count = (video.duration_ms or 0) * fps // 1000
    table = FrameTable.from_pts(np.arange(count), np.arange(count) % fps == 0, timescale=fps)
    key = f"renditions/{video.id}/frames/test/frames.json"
    size = open_store(settings).put_bytes(key, json.dumps(table.to_json()).encode())
    world.saved(
        Rendition(
            video_id=video.id,
            name=RenditionName.FRAMES,
            key=key,
            media_type="application/json",
            size=size,
        )
    )
    return table
