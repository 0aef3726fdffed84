"""The thread of a step as the contract shows it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.coaching.models import ActionStep
from pennydrop.coaching.places import Seen, places_of
from pennydrop.coaching.thread import Knot
from pennydrop.videos.models import RenditionName
from pennydrop.videos.own_watch import Counted, counted
from pennydrop_api.coaching.schemas import KnotOut, SeenOut, TakeRef
from pennydrop_api.media.urls import clip_file_url, rendition_url
from pennydrop_api.people.schemas import PersonRef
from pennydrop_api.videos.present import playback
from pennydrop_api.videos.schemas import Playback


def knots_out(session: Session, viewer: Viewer, step: ActionStep, knots: Sequence[Knot]) -> list[KnotOut]:
    mine = counted(
        session,
        viewer,
        videos={knot.video.id for knot in knots},
        clips={knot.clip.id for knot in knots if knot.clip},
    )
    places = places_of(session, viewer, step, knots)
    return [_knot(knot, mine, seen) for knot, seen in zip(knots, places, strict=True)]


def _knot(knot: Knot, mine: Counted, seen: Sequence[Seen]) -> KnotOut:
    video, clip = knot.video, knot.clip
    made = {one.name: rendition_url(one) for one in video.renditions}
    alone = clip if knot.alone else None
    return KnotOut(
        place=knot.place,
        video=None if alone else video.id,
        clip=clip.id if clip else None,
        owner=PersonRef.of(video.owner),
        start_ms=0 if alone else knot.start_ms,
        end_ms=alone.span.length_ms if alone else knot.end_ms,
        title=clip.title if clip else video.title,
        at=knot.at,
        state=video.state,
        duration_ms=alone.span.length_ms if alone else video.duration_ms,
        width=video.width,
        height=video.height,
        has_audio=video.has_audio,
        # A poster may show what lies outside the clip.
        poster=None if alone else made.get(RenditionName.POSTER),
        playback=Playback(mp4=clip_file_url(alone)) if alone else playback(video),
        frames=None if alone else made.get(RenditionName.FRAMES),
        places=[
            SeenOut(criterion=one.criterion_id, start_ms=one.start_ms, end_ms=one.end_ms, known=one.known)
            for one in seen
        ],
        take=TakeRef(round=knot.round.id, number=knot.round.number, is_best=knot.round.is_best)
        if knot.round
        else None,
        watched=mine.clips.get(clip.id, 0) if clip else mine.videos.get(video.id, 0),
    )
