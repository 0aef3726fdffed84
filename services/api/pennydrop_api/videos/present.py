"""Videos as the contract shows them, many at once with as few queries as one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy.orm import Session

from pennydrop.access.may import video_rights
from pennydrop.access.viewer import Viewer
from pennydrop.exemplars.find import of_videos
from pennydrop.exemplars.models import Exemplar
from pennydrop.exemplars.reach import ShownTo, videos_shown_to
from pennydrop.people.models import Person
from pennydrop.videos.audience import audience_of
from pennydrop.videos.find import captions_of
from pennydrop.videos.models import Caption, RenditionName, Video, VideoState
from pennydrop_api.exemplars.refs import ExemplarRef
from pennydrop_api.media.urls import caption_url, live_url, rendition_url
from pennydrop_api.people.schemas import PersonRef
from pennydrop_api.videos.schemas import CaptionOut, Failure, Playback, Quality, VideoOut, VideoRights

# What to watch from, best first: a proxy seeks quickest and costs a phone least.
_WATCHED_FROM = (RenditionName.P720, RenditionName.P360, RenditionName.REMUX, RenditionName.VIRTUAL)
_QUALITIES = (
    (RenditionName.VIRTUAL, "original"),
    (RenditionName.REMUX, "original"),
    (RenditionName.P720, "720p"),
    (RenditionName.P360, "360p"),
)

# What was filmed in the page tells nothing by its name, but that its time is that of its beginning.
_FROM_THE_PAGE = re.compile(r"video\.\w+")


def video_out(session: Session, viewer: Viewer, video: Video) -> VideoOut:
    return videos_out(session, viewer, [video])[0]


def videos_out(session: Session, viewer: Viewer, videos: Sequence[Video]) -> list[VideoOut]:
    captions = captions_of(session, [video.id for video in videos])
    rights = video_rights(session, viewer, videos)
    audience = audience_of(session, viewer, videos)
    ids = [video.id for video in videos]
    shown, exemplars = videos_shown_to(session, ids), of_videos(session, viewer, ids)
    return [
        _out(
            video,
            captions[video.id],
            VideoRights(**rights[video.id]),
            audience[video.id],
            shown[video.id],
            exemplars[video.id],
        )
        for video in videos
    ]


def caption_out(caption: Caption) -> CaptionOut:
    return CaptionOut(language=caption.language, label=caption.label, url=caption_url(caption))


def playback(video: Video) -> Playback:
    """Where a video plays from now: HLS only while there is no MP4 yet."""
    made = {rendition.name: rendition for rendition in video.renditions}
    best = next((made[name] for name in _WATCHED_FROM if name in made), None)
    if best is not None:
        return Playback(mp4=rendition_url(best))
    # Before its first seconds are there, a player would only wait.
    return Playback(hls=live_url(video) if video.state is not VideoState.PROCESSING else None)


def _out(
    video: Video,
    captions: list[Caption],
    rights: VideoRights,
    audience: list[Person],
    shown_to: ShownTo,
    exemplars: list[Exemplar],
) -> VideoOut:
    made = {rendition.name: rendition for rendition in video.renditions}
    size = video.source.size if video.source else None
    # Who may change it is its owner or her coach; to others it is a film, not a piece of somebody's coaching.
    working = rights.change

    def url(name: RenditionName) -> str | None:
        return rendition_url(made[name]) if name in made else None

    return VideoOut(
        id=video.id,
        title=video.title,
        purpose=video.purpose,
        owner=PersonRef.of(video.owner),
        filmed_by=PersonRef.of(video.filmed_by) if working else None,
        action_step=video.action_step_id if working else None,
        filename=video.filename if working or _FROM_THE_PAGE.fullmatch(video.filename) else "",
        recorded_at=video.recorded_at,
        created_at=video.created_at,
        state=video.state,
        progress=video.progress,
        proven=video.proven_at is not None,
        failure=Failure(code=video.failure_code or "failed", detail=video.failure_detail or "")
        if video.state is VideoState.FAILED
        else None,
        duration_ms=video.duration_ms,
        width=video.width,
        height=video.height,
        has_audio=video.has_audio,
        size=size,
        playback=playback(video),
        qualities=[
            Quality(
                name=label,
                mp4=rendition_url(made[name]),
                width=made[name].width,
                height=made[name].height,
                # The virtual file is a header in front of the source's own bytes.
                size=size if name is RenditionName.VIRTUAL and size else made[name].size,
            )
            for name, label in _QUALITIES
            if name in made
        ],
        poster=url(RenditionName.POSTER),
        storyboard=url(RenditionName.STORYBOARD),
        waveform=url(RenditionName.WAVEFORM),
        speech=url(RenditionName.SPEECH),
        frames=url(RenditionName.FRAMES),
        captions=[caption_out(caption) for caption in captions],
        audience=[PersonRef.of(person) for person in audience],
        shown_to=shown_to if working or exemplars else ShownTo.NOBODY,
        exemplars=[ExemplarRef.of(exemplar) for exemplar in exemplars],
        rights=rights,
    )
