"""Action steps, today and the desk as the HTTP contract shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, cast

from pydantic import AwareDatetime, BaseModel, Field

from pennydrop.coaching.change_step import ActionStepChanges, CriterionChange
from pennydrop.coaching.models import ActionStepState
from pennydrop.coaching.places import Known
from pennydrop.coaching.suggest import Because
from pennydrop.coaching.thread import Place
from pennydrop.coaching.today import NewsKind
from pennydrop.meetings.models import MeetingState
from pennydrop.proposals.models import ProposalState
from pennydrop.videos.models import Purpose, VideoState
from pennydrop_api.bodies import sent
from pennydrop_api.clips.schemas import ClipOut
from pennydrop_api.exemplars.schemas import PermissionRequest
from pennydrop_api.library.schemas import StepSummary
from pennydrop_api.people.schemas import PersonRef
from pennydrop_api.videos.schemas import Playback

Text = Annotated[str, Field(max_length=50_000)]


class ActionStepCriterionOut(BaseModel):
    id: str
    position: int
    text: str
    ticked_at: datetime | None = Field(description="When the coachee ticked it for herself")


class EvidenceOut(BaseModel):
    id: str
    clip: str | None
    video: str | None
    criterion: str | None
    note: str
    added_by: PersonRef
    mine: bool = Field(description="Added by the person who asks: hers to take away")
    created_at: datetime


class StateChangeOut(BaseModel):
    state: ActionStepState
    by: PersonRef
    at: datetime


class ActionStepRights(BaseModel):
    """What the person who asks may do with it."""

    change: bool
    tick: bool
    add_evidence: bool


class ActionStepOut(BaseModel):
    id: str
    coachee: PersonRef
    set_by: PersonRef
    step: str | None = Field(description="The library step it was copied from")
    step_version: int | None = Field(description="The version of it that was copied")
    goal: str
    action: str
    wording: str = Field(description="The whole step in one line: goal by action")
    why: str
    state: ActionStepState
    history: list[StateChangeOut] = Field(description="Each later state, oldest first; it begins as set")
    next_observation_at: datetime | None = Field(description="When the coach comes to see it next")
    criteria: list[ActionStepCriterionOut]
    clip: str | None = Field(description="The clip that showed why")
    clips: list[ClipOut] = Field(
        description="The newest twelve tied to it, newest first; all of them: /clips?action_step="
    )
    evidence: list[EvidenceOut]
    rights: ActionStepRights
    created_at: datetime
    updated_at: datetime | None


class ActionStepPage(BaseModel):
    items: list[ActionStepOut]
    next_cursor: str | None


class ActionStepIn(BaseModel):
    """From a library step, with anything worded otherwise for this person; or without one, all by hand."""

    coachee: str
    step: str | None = None
    goal: Text | None = None
    action: Text | None = None
    criteria: list[Text] | None = None
    why: Text = ""
    clip: str | None = None


class CriterionChangeIn(BaseModel):
    """`ticked` is the coachee's own; `text` is her coach's."""

    id: str
    ticked: bool | None = None
    text: Text | None = None


class ActionStepChange(BaseModel):
    """What isn't sent stays as it is. Null takes the clip, or the next observation, away."""

    state: ActionStepState | None = None
    goal: Text | None = None
    action: Text | None = None
    why: Text | None = None
    clip: str | None = None
    next_observation_at: AwareDatetime | None = None
    criteria: list[CriterionChangeIn] | None = None

    def changes(self) -> ActionStepChanges:
        changes = cast(ActionStepChanges, sent(self, may_be_empty={"clip", "next_observation_at"}))
        if self.criteria is not None:
            changes["criteria"] = [CriterionChange(**one.model_dump()) for one in self.criteria]
        return changes


class EvidenceIn(BaseModel):
    """A clip or a video of the coachee's, or just a note."""

    clip: str | None = None
    video: str | None = None
    criterion: str | None = None
    note: Text = ""


class NewsOut(BaseModel):
    """“Sam marked 3 moments in Tuesday's lesson.”"""

    kind: NewsKind
    by: PersonRef
    count: int
    video: str
    video_title: str
    video_purpose: Purpose
    video_at: datetime = Field(description="When it was filmed, or sent in where nobody knows")
    start_ms: int = Field(description="Where the first of them is")
    at: datetime


class DropInNews(BaseModel):
    """“Sam dropped in: …”"""

    id: str
    by: PersonRef
    notes: str
    film: str | None = Field(description="Its film, where I may watch it")
    at: datetime


class AnswerNews(BaseModel):
    """What came of something I proposed."""

    proposal: str
    by: PersonRef
    state: ProposalState
    action_step: str | None = Field(description="The step that was set for it")
    text: str = Field(description="What was said last; empty where it was only decided")
    at: datetime


class TakeRef(BaseModel):
    round: str
    number: int
    is_best: bool


class SeenOut(BaseModel):
    """Where one criterion is to be seen, from the beginning of what plays."""

    criterion: str
    start_ms: int
    end_ms: int | None = Field(description="Empty where nobody said")
    known: Known = Field(description="Said by the two, a model's chapter, or a moment or clip that names it")


class KnotOut(BaseModel):
    """One film or clip of a step's thread. Open `video` at `start_ms`; `end_ms` is empty for its end."""

    place: Place
    video: str | None = Field(description="Empty where a clip alone is the model: it plays by itself")
    clip: str | None
    owner: PersonRef = Field(description="Who is in it")
    start_ms: int
    end_ms: int | None
    title: str
    at: datetime = Field(description="When it was filmed, or the round was made")
    state: VideoState
    duration_ms: int | None
    width: int | None
    height: int | None
    has_audio: bool | None
    poster: str | None
    playback: Playback
    frames: str | None = Field(description="The frame table of what plays, where there is one")
    places: list[SeenOut] = Field(description="Of takes and models: where each criterion is to be seen")
    take: TakeRef | None = Field(description="The round it is the film of")
    watched: int = Field(description="How often I came back to it. Nobody else is told")


class SeenIn(BaseModel):
    """A criterion is to be seen here, in a take or a model of the step."""

    criterion: str
    video: str | None = None
    clip: str | None = Field(None, description="Instead of `video`, where a clip alone is the model")
    start_ms: Annotated[int, Field(ge=0, le=2**53)]
    end_ms: Annotated[int | None, Field(ge=0, le=2**53)] = None


class ThreadOut(BaseModel):
    """Praise → the moment → the model → each take → the next lesson, as far as I may watch it."""

    action_step: str
    wording: str
    items: list[KnotOut]


class ToWatchOut(BaseModel):
    """Three things to watch, one tap each."""

    moment: KnotOut | None
    model: KnotOut | None
    best_take: KnotOut | None


class MeetingRef(BaseModel):
    """The meeting that goes on, or comes next."""

    id: str
    state: MeetingState
    planned_at: datetime | None
    coach: PersonRef


class TodayOut(BaseModel):
    step: ActionStepOut | None
    watch: ToWatchOut
    clips: list[ClipOut]
    meeting: MeetingRef | None
    news: list[NewsOut]
    drop_ins: list[DropInNews]
    answers: list[AnswerNews]
    requests: list[PermissionRequest] = Field(description="What others would like to show of me")


class FilmRef(BaseModel):
    """A film, as far as a row of the desk needs it."""

    id: str
    title: str
    purpose: Purpose
    state: VideoState
    at: datetime = Field(description="When it was filmed, or sent in where nobody knows")
    duration_ms: int | None
    poster: str | None


class StepLine(BaseModel):
    id: str
    goal: str
    action: str
    wording: str
    state: ActionStepState
    next_observation_at: datetime | None
    created_at: datetime


class DeskRowOut(BaseModel):
    pairing: str
    coachee: PersonRef
    since: datetime
    step: StepLine | None
    last_lesson: FilmRef | None
    last_meeting_at: datetime | None
    meeting: MeetingRef | None = Field(description="The one that goes on, or comes next")
    open_proposals: int = Field(description="What she would like to work on, not answered yet")
    to_watch: list[FilmRef] = Field(description="What I haven't watched or marked yet, newest first")


class DeskOut(BaseModel):
    items: list[DeskRowOut]


class SuggestedStep(BaseModel):
    """A step of the library that a clip calls for."""

    step: StepSummary
    because: Because


class SuggestedSteps(BaseModel):
    items: list[SuggestedStep] = Field(description="The likeliest first")
