"""A meeting as the HTTP contract shows it: all that its screen needs, in one piece."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, cast

from pydantic import AwareDatetime, BaseModel, Field

from pennydrop.meetings.change import MeetingChanges, PhaseStart, QueuedClip
from pennydrop.meetings.models import ClipPurpose, MeetingKind, MeetingState, Phase
from pennydrop_api.bodies import sent
from pennydrop_api.clips.schemas import ClipOut
from pennydrop_api.coaching.schemas import ActionStepOut, FilmRef
from pennydrop_api.moments.schemas import MomentOut
from pennydrop_api.people.schemas import PersonRef
from pennydrop_api.rounds.schemas import RoundOut
from pennydrop_api.videos.schemas import VideoOut

# Wider than the rule, so that the rule answers with its own sentence.
Text = Annotated[str, Field(max_length=50_000)]
Many = Field(max_length=200)


class MeetingLine(BaseModel):
    """A meeting in a list."""

    id: str
    pairing: str
    kind: MeetingKind
    state: MeetingState
    coach: PersonRef
    coachee: PersonRef
    planned_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    next_at: datetime | None
    notes: str
    lesson: str | None = Field(description="The lesson it is about, where I may watch it")
    wording: str | None = Field(description="Of the step that was agreed")
    film: str | None = Field(description="Its film, where I may watch it")
    looks_at: str | None = Field(
        description="Coaching on coaching: the meeting that was brought, where I may watch its film"
    )


class MeetingPage(BaseModel):
    items: list[MeetingLine]
    next_cursor: str | None


class MeetingClipOut(BaseModel):
    purpose: ClipPurpose
    clip: ClipOut


class ConsentOut(BaseModel):
    person: PersonRef
    given_at: datetime


class PhaseOut(BaseModel):
    """On the meeting's film or, without one, since it started."""

    phase: Phase
    start_ms: int
    end_ms: int | None = Field(description="Empty for the last one until the meeting's end is known")


class CountsOut(BaseModel):
    """Minutes and rounds: for thinking about how a meeting went, never a score."""

    phases: list[PhaseOut]
    phase_ms: dict[Phase, int] = Field(description="How long each phase took in all")
    models: int
    rehearsals: int


class LookedAt(BaseModel):
    """Coaching on coaching: the meeting that is looked at. Its film and counts; nothing that was written."""

    id: str
    started_at: datetime | None
    film: VideoOut
    counts: CountsOut


class SuggestionsOut(BaseModel):
    """What can be taken into the preparation with one click."""

    moments: list[MomentOut] = Field(description="Of the lesson, not clipped yet")
    clips: list[ClipOut] = Field(description="Of the lesson, not queued yet")
    questions: list[str] = Field(description="The library step's own prompts")


class MeetingRights(BaseModel):
    """What the person who asks may do with it."""

    prepare: bool = Field(description="Clips, questions, praise, script, the model and the step: the coach")
    run: bool = Field(description="Start and end it, notes, rounds, the next slot: both")
    remove: bool


class MeetingOut(BaseModel):
    id: str
    pairing: str
    kind: MeetingKind
    state: MeetingState
    coach: PersonRef
    coachee: PersonRef
    planned_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    next_at: datetime | None = Field(description="When the coach comes to see the step next")
    lesson: FilmRef | None
    previous: ActionStepOut | None = Field(description="The step that praise ties back to")
    action_step: ActionStepOut | None = Field(description="The step the two agreed")
    preparation_shown: bool = Field(
        description="Until it starts, what the coach prepares is hers: the coachee gets these fields empty"
    )
    library_step: str | None = Field(description="What the coach has in mind")
    praise: str
    script: str = Field(description="How the coach will model the step")
    clips: list[MeetingClipOut] = Field(description="In the order they are watched")
    questions: list[str]
    model: VideoOut | None
    suggestions: SuggestionsOut | None = Field(description="For the coach, until it is done")
    notes: str
    rounds: list[RoundOut] = Field(description="Oldest first")
    film: VideoOut | None = Field(description="Of the meeting itself; of a drop-in, the lesson")
    consents: list[ConsentOut] = Field(description="Who has said yes to filming")
    may_be_filmed: bool = Field(description="Both have said yes")
    counts: CountsOut
    about: LookedAt | None
    rights: MeetingRights
    created_at: datetime
    updated_at: datetime | None


class MeetingIn(BaseModel):
    """From a fresh lesson: its clips are queued, praise first, and the present step is tied in."""

    coachee: str
    kind: MeetingKind = MeetingKind.FEEDBACK
    planned_at: AwareDatetime | None = None
    lesson: str | None = None
    library_step: str | None = None


class QueuedClipIn(BaseModel):
    clip: str
    purpose: ClipPurpose = ClipPurpose.PROBE


class PhaseIn(BaseModel):
    phase: Phase
    start_ms: Annotated[int, Field(ge=0, le=2**53)]


class MeetingChange(BaseModel):
    """What isn't sent stays as it is; lists take the place of what was there. Null empties a field.

    Both change `state`, `planned_at`, `notes`, `next_at`, `film`, `phases`, `about`; the rest is the coach's.
    """

    state: MeetingState | None = None
    planned_at: AwareDatetime | None = None
    notes: Text | None = None
    notes_before: Text | None = Field(
        None,
        description="The notes as they were when these were begun: what came in meanwhile is kept, else 409",
    )
    next_at: AwareDatetime | None = None
    film: str | None = None
    phases: Annotated[list[PhaseIn], Many] | None = None
    about: str | None = None
    lesson: str | None = None
    previous: str | None = None
    action_step: str | None = None
    library_step: str | None = None
    praise: Text | None = None
    script: Text | None = None
    model: str | None = None
    clips: Annotated[list[QueuedClipIn], Many] | None = None
    questions: Annotated[list[Text], Many] | None = None

    def changes(self) -> MeetingChanges:
        fields = sent(self, may_be_empty=_MAY_BE_EMPTY)
        fields.pop("notes_before", None)
        changes = cast(MeetingChanges, fields)
        if self.clips is not None:
            changes["clips"] = [QueuedClip(one.clip, one.purpose) for one in self.clips]
        if self.phases is not None:
            changes["phases"] = [PhaseStart(one.phase, one.start_ms) for one in self.phases]
        return changes


_MAY_BE_EMPTY = {
    "planned_at",
    "next_at",
    "film",
    "about",
    "lesson",
    "previous",
    "action_step",
    "library_step",
    "model",
}


class DropInIn(BaseModel):
    """A short visit: a few words, a film of the coachee's, or both."""

    coachee: str
    notes: Text = ""
    video: str | None = None
    action_step: str | None = None
    at: AwareDatetime | None = Field(None, description="When it was; now, where it isn't said")
