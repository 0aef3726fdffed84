"""The thread of a step as the contract shows it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.coaching.thread import Knot
from pennydrop.videos.models import RenditionName
from pennydrop.videos.own_watch import Counted, counted
from pennydrop_api.coaching.schemas import KnotOut, TakeRef
from pennydrop_api.media.urls import rendition_url
from pennydrop_api.videos.present import playback


def knots_out(session: Session, viewer: Viewer, knots: Sequence[Knot]) -> list[KnotOut]:
    mine = counted(
        session,
        viewer,
        videos={knot.video.id for knot in knots},
        clips={knot.clip.id for knot in knots if knot.clip},
    )
    return [_knot(knot, mine) for knot in knots]


def _knot(knot: Knot, mine: Counted) -> KnotOut:
    video, clip = knot.video, knot.clip
    poster = next((one for one in video.renditions if one.name == RenditionName.POSTER), None)
    return KnotOut(
        place=knot.place,
        video=video.id,
        clip=clip.id if clip else None,
        start_ms=knot.start_ms,
        end_ms=knot.end_ms,
        title=clip.title if clip else video.title,
        at=knot.at,
        state=video.state,
        duration_ms=video.duration_ms,
        width=video.width,
        height=video.height,
        poster=rendition_url(poster) if poster else None,
        playback=playback(video),
        take=TakeRef(round=knot.round.id, number=knot.round.number, is_best=knot.round.is_best)
        if knot.round
        else None,
        watched=mine.clips.get(clip.id, 0) if clip else mine.videos.get(video.id, 0),
    )
