"""A clip as the HTTP contract shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, cast

from pydantic import BaseModel, Field

from pennydrop.clips.make import ClipChanges
from pennydrop.clips.models import ClipFileState
from pennydrop.exemplars.reach import ShownTo
from pennydrop_api.bodies import sent
from pennydrop_api.people.schemas import PersonRef

Ms = Annotated[int, Field(le=2**53, description="Whole milliseconds on the film")]
Title = Annotated[str, Field(max_length=2_000)]


class ClipPlayback(BaseModel):
    """What to play, from where to where: a window on the video, or the clip's own file from its start.

    Both addresses are empty while the file of a clip is made whose video isn't visible.
    """

    hls: str | None
    mp4: str | None
    start_ms: int
    end_ms: int


class ClipFile(BaseModel):
    """An exact MP4 of the clip's own. `url` is never that of another span; `&download=1` gives it a name."""

    state: ClipFileState
    url: str | None
    size: int | None
    failure: str | None


class ClipRights(BaseModel):
    """What the person who asks may do with it."""

    change: bool
    delete: bool
    share: bool


class ClipOut(BaseModel):
    id: str
    video: str | None = Field(description="Empty where only the clip may be seen")
    video_title: str | None
    owner: PersonRef = Field(description="Who is in it")
    made_by: PersonRef
    start_ms: int
    end_ms: int
    title: str
    action_step: str | None
    action_step_wording: str | None
    criterion: str | None
    criterion_text: str | None
    moment: str | None
    playback: ClipPlayback
    file: ClipFile
    original: ClipFile | None = Field(description="In full quality, once it was asked for; who sees the film")
    poster: str | None
    audience: list[PersonRef] = Field(description="Who else can see it: “Only you and Aisha”")
    shared: bool = Field(description="Who is in it shares it with others: told to her and her coach")
    shown_to: ShownTo = Field(description="Who can see it besides, because it is an example")
    rights: ClipRights
    created_at: datetime
    updated_at: datetime | None


class ClipPage(BaseModel):
    items: list[ClipOut]
    next_cursor: str | None


class ClipIn(BaseModel):
    start_ms: Ms
    end_ms: Ms
    title: Title = ""
    action_step: str | None = None
    criterion: str | None = None
    moment: str | None = Field(None, description="The moment it was made from")


class ClipChange(BaseModel):
    """What isn't sent stays as it is. Null unties `action_step` and `criterion`."""

    start_ms: Ms | None = None
    end_ms: Ms | None = None
    title: Title | None = None
    action_step: str | None = None
    criterion: str | None = None

    def changes(self) -> ClipChanges:
        return cast(ClipChanges, sent(self, may_be_empty={"action_step", "criterion"}))


class ClipShareIn(BaseModel):
    person: str


class ClipShareOut(BaseModel):
    person: PersonRef
    created_at: datetime
