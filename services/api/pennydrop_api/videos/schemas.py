"""A video as the HTTP contract shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from pennydrop.exemplars.reach import ShownTo
from pennydrop.videos.models import Purpose, VideoState
from pennydrop_api.exemplars.refs import ExemplarRef
from pennydrop_api.people.schemas import PersonRef

Title = Annotated[str, StringConstraints(min_length=1, max_length=400)]


class Playback(BaseModel):
    """Where it plays from: `mp4` by Range where there is one, `hls` only while a copy is still growing."""

    hls: str | None = None
    mp4: str | None = None


class Quality(BaseModel):
    """One of the files it can be watched from."""

    name: str = Field(description="original, 720p or 360p")
    mp4: str
    width: int | None
    height: int | None
    size: int


class CaptionOut(BaseModel):
    language: str
    label: str
    url: str


class Failure(BaseModel):
    code: str
    detail: str


class VideoRights(BaseModel):
    """What the person who asks may do with it."""

    change: bool
    delete: bool
    share: bool
    mark: bool
    clip: bool


class VideoOut(BaseModel):
    id: str
    title: str
    purpose: Purpose
    owner: PersonRef
    filmed_by: PersonRef | None = Field(description="For its owner and her coach, as the next two")
    action_step: str | None
    filename: str = Field(description="Empty for others, but for the name that the page gives itself")
    recorded_at: datetime | None
    created_at: datetime
    state: VideoState
    progress: int = Field(description="Of making the smaller copies, in percent")
    proven: bool = Field(description="The stored bytes are safe: the phone's copy may go")
    failure: Failure | None
    duration_ms: int | None
    width: int | None
    height: int | None
    has_audio: bool | None
    size: int | None
    playback: Playback
    qualities: list[Quality]
    poster: str | None
    storyboard: str | None
    waveform: str | None
    speech: str | None
    frames: str | None
    captions: list[CaptionOut]
    audience: list[PersonRef] = Field(description="Who else can watch it: “Only you and Aisha”")
    shown_to: ShownTo = Field(description="Who can watch it besides, as a model, for who knows it as one")
    exemplars: list[ExemplarRef] = Field(description="What it is the model of, or may become")
    rights: VideoRights


class VideoPage(BaseModel):
    items: list[VideoOut]
    next_cursor: str | None


class VideoChange(BaseModel):
    title: Title | None = None
    purpose: Purpose | None = None
    recorded_at: datetime | None = None


class ShareIn(BaseModel):
    person: str


class ShareOut(BaseModel):
    person: PersonRef
    created_at: datetime


class WatchOut(BaseModel):
    person: PersonRef
    clip: str | None
    started_at: datetime


class OwnWatchOut(BaseModel):
    """A whole video or one clip that I came back to."""

    video: str | None
    clip: str | None
    count: int
    last_at: datetime
