"""Cuts a clip exactly, copying what can be copied."""

from __future__ import annotations

import os
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from pennydrop.media.failures import MediaFailure
from pennydrop.media.frames import FrameTable
from pennydrop.media.inside.opening import index_of
from pennydrop.media.lockdown import FIRST_SOURCE_FD
from pennydrop.media.mp4.boxes import Mp4Unreadable
from pennydrop.media.smartcut.cut import smart_cut
from pennydrop.media.smartcut.h264 import CannotSmartCut
from pennydrop.media.smartcut.verify import CutFlawed, verify_cut
from pennydrop.timeline import Span

SOURCE = f"/proc/self/fd/{FIRST_SOURCE_FD}"


def task(arguments: dict[str, Any]) -> dict[str, Any]:
    """Write `clip.mp4` and read it back. Answers `{"refused": reason}` when it must be encoded whole.

    Of a film that is only partly there, `here` says which parts are.
    """
    out = Path("clip.mp4")
    read_at = _read_at if arguments["here"] is None else partial(_read_here, arguments["here"])
    span = Span(arguments["start_ms"], arguments["end_ms"])
    try:
        index = index_of(SOURCE)
        frames = FrameTable.from_track(index.video).frames_of(span)
        report = smart_cut(read_at, index, frames, out, threads=int(arguments["threads"]))
        verify_cut(out, report.frames, report.duration_ms)
    except (CannotSmartCut, Mp4Unreadable) as refusal:
        return {"refused": refusal.reason}
    except CutFlawed as flaw:
        raise MediaFailure("came_out_wrong", what=flaw.detail) from flaw
    return asdict(report)


def _read_here(here: list[list[int]], offset: int, length: int) -> bytes:
    if not any(start <= offset and offset + length <= end for start, end in here):
        raise CannotSmartCut("The cut needs a part of the film that isn't here.")
    return _read_at(offset, length)


def _read_at(offset: int, length: int) -> bytes:
    return os.pread(FIRST_SOURCE_FD, length, offset)
