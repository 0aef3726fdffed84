"""An exemplar as the HTTP contract shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, cast

from pydantic import BaseModel, Field

from pennydrop.exemplars.chapters import ChapterChanges
from pennydrop.exemplars.consent import Permission, PublicationState
from pennydrop_api.bodies import sent
from pennydrop_api.clips.schemas import ClipOut
from pennydrop_api.exemplars.refs import StepName
from pennydrop_api.people.schemas import PersonRef
from pennydrop_api.videos.schemas import VideoOut

Ms = Annotated[
    int, Field(ge=0, le=2**53, description="Whole milliseconds from the beginning of what the model shows")
]
Title = Annotated[str, Field(max_length=2_000)]
Note = Annotated[str, Field(max_length=5_000)]


class ExampleRights(BaseModel):
    """What the person who asks may do with it."""

    permit: bool = Field(description="She is in it: she says yes or no, at any time")
    publish: bool
    unpublish: bool
    change: bool = Field(description="Its title, and where each criterion is")
    remove: bool


class ChapterOut(BaseModel):
    id: str
    criterion: str
    position: int = Field(description="The criterion's number in its step")
    text: str
    start_ms: Ms
    end_ms: int | None = Field(description="Where the next one begins, if nobody said; null while unknown")
    note: str = Field(description="What to look at there")


class ExemplarOut(BaseModel):
    id: str
    step: StepName
    title: str
    state: PublicationState
    permission: Permission = Field(description="What the person in the film says")
    shown: bool = Field(description="Published and permitted: the organisation can watch it")
    owner: PersonRef = Field(description="Who is in it")
    proposed_by: PersonRef
    proposed_at: datetime
    published_by: PersonRef | None
    published_at: datetime | None
    video: VideoOut | None = Field(description="The film, where all of it is the model")
    clip: ClipOut | None = Field(description="The clip, where that alone is the model")
    duration_ms: int | None
    chapters: list[ChapterOut]
    chapters_url: str = Field(description="The same as a WebVTT chapters track")
    rights: ExampleRights


class ExemplarPage(BaseModel):
    items: list[ExemplarOut]
    next_cursor: str | None


class ExemplarIn(BaseModel):
    """A film or a clip, and the library step it shows."""

    step: str = Field(description="The step's id or slug")
    video: str | None = None
    clip: str | None = None
    title: Title = ""


class ExemplarChange(BaseModel):
    title: Title


class ChapterIn(BaseModel):
    criterion: str = Field(description="A success criterion of the exemplar's step")
    start_ms: Ms
    end_ms: Ms | None = None
    note: Note = ""


class ChapterChange(BaseModel):
    """What isn't sent stays as it is. Null empties `end_ms`."""

    criterion: str | None = None
    start_ms: Ms | None = None
    end_ms: Ms | None = None
    note: Note | None = None

    def changes(self) -> ChapterChanges:
        return cast(ChapterChanges, sent(self, may_be_empty={"end_ms"}))


class PermissionRequest(BaseModel):
    """“Sam would like to show your clip as a model of …”: she says yes or no."""

    kind: Literal["exemplar", "term_example"]
    id: str
    by: PersonRef
    at: datetime
    title: str = Field(description="Of the film or clip")
    shows: str = Field(description="The step's wording, or the term's name")
    video: str
    clip: str | None
    poster: str | None
