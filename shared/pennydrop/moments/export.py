"""Moments out to files: WebVTT for players, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.moments import cues
from pennydrop.moments.cues import Cue, CueReply
from pennydrop.moments.find import all_moments, criterion_texts
from pennydrop.moments.models import Moment
from pennydrop.videos.models import Video

CSV_COLUMNS = (
    "start",
    "end",
    "start_ms",
    "end_ms",
    "kind",
    "text",
    "criterion",
    "terms",
    "author",
    "replies",
    "created_at",
    "id",
)
# A spreadsheet runs a cell that begins like this as a formula (OWASP, “CSV injection”).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_vtt(session: Session, viewer: Viewer, video_id: str) -> tuple[Video, str]:
    """Return the video and its moments as WebVTT (see `cues` for the form)."""
    video = get_visible(session, viewer, Video, video_id)
    return video, cues.write(_cues(session, all_moments(session, viewer, video)), title=video.title)


def to_csv(session: Session, viewer: Viewer, video_id: str) -> tuple[Video, str]:
    """Return the video and its moments as CSV for a spreadsheet: times as h:mm:ss.mmm and in milliseconds."""
    video = get_visible(session, viewer, Video, video_id)
    moments = all_moments(session, viewer, video)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(CSV_COLUMNS)
    for moment, cue in zip(moments, _cues(session, moments), strict=True):
        said = [f"{reply.author}: {reply.text}" for reply in cue.replies]
        row = (
            _clock(moment.start_ms),
            "" if moment.end_ms is None else _clock(moment.end_ms),
            str(moment.start_ms),
            "" if moment.end_ms is None else str(moment.end_ms),
            str(cue.kind),
            cue.text,
            cue.criterion or "",
            "; ".join(cue.terms),
            cue.author or "",
            "\n".join(said),
            moment.created_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            moment.id,
        )
        table.writerow(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row)
    return video, out.getvalue()


def _cues(session: Session, moments: Sequence[Moment]) -> Iterator[Cue]:
    texts = criterion_texts(session, (moment.criterion_id for moment in moments))
    for moment in moments:
        yield Cue(
            start_ms=moment.start_ms,
            end_ms=moment.end_ms,
            kind=moment.kind,
            text=moment.text,
            author=moment.credited_to or moment.author.name,
            criterion=texts.get(moment.criterion_id or ""),
            terms=moment.terms,
            replies=[
                CueReply(reply.credited_to or reply.author.name, reply.text) for reply in moment.replies
            ],
            identifier=moment.id,
        )


def _clock(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}.{ms:03d}"
