"""Where bytes are found. Every address names the version it shows, so that caches never mix two."""

from __future__ import annotations

import hashlib

from pennydrop.chunks.live import MAIN
from pennydrop.clips.models import Clip, ClipFileState
from pennydrop.videos.models import Caption, Rendition, RenditionName, Video

# The virtual MP4 *is* the original as far as anybody who watches it can tell.
FILES: dict[RenditionName, str] = {
    RenditionName.VIRTUAL: "original.mp4",
    RenditionName.REMUX: "remux.mp4",
    RenditionName.P720: "720p.mp4",
    RenditionName.P360: "360p.mp4",
    RenditionName.FRAMES: "frames.json",
    RenditionName.POSTER: "poster.jpg",
    RenditionName.STORYBOARD: "storyboard.vtt",
    RenditionName.WAVEFORM: "waveform.json",
    RenditionName.SPEECH: "speech.json",
}


def version_of(content: str) -> str:
    """A short name of something that never changes: an object's key, or a text itself."""
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def rendition_url(rendition: Rendition) -> str:
    return f"/media/videos/{rendition.video_id}/{FILES[rendition.name]}?v={version_of(rendition.key)}"


def live_url(video: Video) -> str | None:
    """The playlist of a film that phones can't play, while it is being made into one they can."""
    return f"/media/videos/{video.id}/live/{MAIN}" if video.live_key else None


def caption_url(caption: Caption) -> str:
    version = version_of(caption.webvtt)
    return f"/media/videos/{caption.video_id}/captions/{caption.language}.vtt?v={version}"


def clip_file_url(clip: Clip) -> str | None:
    """The clip's own file once it is there; `&download=1` gives it a name."""
    if clip.file_state is not ClipFileState.READY or clip.file_key is None:
        return None
    return f"/media/clips/{clip.id}.mp4?v={version_of(clip.file_key)}"


def clip_original_url(clip: Clip) -> str | None:
    """The clip in full quality, once it is there; `&download=1` gives it a name."""
    if clip.original is None or clip.original.key is None:
        return None
    return f"/media/clips/{clip.id}/original.mp4?v={version_of(clip.original.key)}"
