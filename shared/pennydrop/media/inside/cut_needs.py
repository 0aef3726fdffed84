"""Says which parts of a film a cut reads, knowing no more of it than its index."""

from __future__ import annotations

from typing import Any

from pennydrop.media.frames import FrameTable
from pennydrop.media.inside.opening import index_of
from pennydrop.media.inside.smart_cut import SOURCE
from pennydrop.media.mp4.boxes import Mp4Unreadable
from pennydrop.media.smartcut.cut import refuse_unfit
from pennydrop.media.smartcut.h264 import CannotSmartCut
from pennydrop.media.smartcut.needs import bytes_needed
from pennydrop.timeline import Span


def task(arguments: dict[str, Any]) -> dict[str, Any]:
    """Answer `{"needs": …}`, or `{"refused": reason}` when the clip must be encoded whole."""
    try:
        index = index_of(SOURCE)
        refuse_unfit(index)
        frames = FrameTable.from_track(index.video).frames_of(
            Span(arguments["start_ms"], arguments["end_ms"])
        )
        return {"needs": bytes_needed(index, frames)}
    except (CannotSmartCut, Mp4Unreadable) as refusal:
        return {"refused": refusal.reason}
