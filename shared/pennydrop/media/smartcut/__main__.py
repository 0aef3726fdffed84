"""Cut one clip, in a process of its own: `python -m pennydrop.media.smartcut '{"source": …}'`.

The request names `source` and `out`, and the clip either by `first_frame` and `end_frame` or by `start_ms`
and `end_ms`; `threads` is 2 unless given. The answer is one line of JSON: what became of the frames, after
the clip was read back, or `{"refused": reason}` and exit status 3 when the clip must be encoded whole.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pennydrop.media.frames import FrameTable
from pennydrop.media.mp4.boxes import Mp4Unreadable
from pennydrop.media.mp4.index import Mp4Index, read_index
from pennydrop.media.smartcut.cut import smart_cut
from pennydrop.media.smartcut.h264 import CannotSmartCut
from pennydrop.media.smartcut.verify import verify_cut
from pennydrop.timeline import Span

REFUSED = 3


def main(argv: list[str]) -> int:
    """Cut the clip that `argv[0]` asks for; print a line of JSON; return the exit status."""
    request = json.loads(argv[0])
    try:
        answer = _cut(request)
    except (CannotSmartCut, Mp4Unreadable) as refusal:
        _say({"refused": refusal.reason})
        return REFUSED
    _say(answer)
    return 0


def _cut(request: dict[str, Any]) -> dict[str, Any]:
    source = os.open(request["source"], os.O_RDONLY)
    try:

        def read_at(offset: int, length: int) -> bytes:
            return os.pread(source, length, offset)

        index = read_index(read_at, os.fstat(source).st_size)
        frames = _frames(index, request)
        out = Path(request["out"])
        report = smart_cut(read_at, index, frames, out, threads=int(request.get("threads", 2)))
    finally:
        os.close(source)
    verify_cut(out, report.frames, report.duration_ms)
    return {**asdict(report), "first_frame": frames.start, "end_frame": frames.stop}


def _frames(index: Mp4Index, request: dict[str, Any]) -> range:
    if "first_frame" in request:
        return range(int(request["first_frame"]), int(request["end_frame"]))
    span = Span(int(request["start_ms"]), int(request["end_ms"]))
    return FrameTable.from_track(index.video).frames_of(span)


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
