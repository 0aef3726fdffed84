"""The programs that open films."""

from __future__ import annotations

import shutil

from pennydrop.errors import Unavailable


class ToolMissing(Unavailable):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} isn't installed, and no film can be prepared without it. "
            "On Debian or Ubuntu type: apt-get install ffmpeg"
        )


def demand_tools() -> None:
    """Make sure that films can be opened here. Raises `ToolMissing`."""
    for name in ("ffmpeg", "ffprobe"):
        if shutil.which(name) is None:
            raise ToolMissing(name)
