"""Videos, moments, clips and action steps as rows: no film lies behind them."""

from __future__ import annotations

from itertools import count

from pennydrop.clips.models import Clip, ClipFileState, ClipShare
from pennydrop.clock import utcnow
from pennydrop.coaching.models import ActionStep, ActionStepCriterion, Evidence
from pennydrop.library.models import Area, Criterion, Goal, Prompt, Sequence, SequencePlace, Step
from pennydrop.library.search import index_steps
from pennydrop.library.versions import first_version
from pennydrop.meetings.models import Meeting, MeetingKind, MeetingState
from pennydrop.moments.models import Moment, MomentKind, Reply
from pennydrop.people.models import Organisation, Pairing, Person, School
from pennydrop.proposals.models import StepProposal
from pennydrop.rounds.models import Round, RoundKind
from pennydrop.videos.models import Purpose, Rendition, RenditionName, Share, Source, Video, VideoState
from tests.factories import world
from tests.factories.people import a_person

_number = count(1)


def a_video(
    title: str | None = None,
    *,
    owner: Person | None = None,
    school: School | None = None,
    filmed_by: Person | None = None,
    purpose: Purpose = Purpose.LESSON,
    state: VideoState = VideoState.READY,
    duration_ms: int = 60_000,
    action_step: ActionStep | None = None,
) -> Video:
    """A video that is ready, with a source and a 720p copy on record."""
    owner = owner or a_person(school=school)
    number = next(_number)
    with world.session() as session:
        source = Source(owner_id=owner.id, key=f"sources/test-{number}", size=1000)
        session.add(source)
        session.flush()
        video = Video(
            owner_id=owner.id,
            filmed_by_id=(filmed_by or owner).id,
            source_id=source.id,
            purpose=purpose,
            title=title or f"Lesson {number}",
            state=state,
            duration_ms=duration_ms,
            width=1280,
            height=720,
            has_audio=True,
            action_step_id=action_step.id if action_step else None,
        )
        session.add(video)
        session.flush()
        video.renditions.append(
            Rendition(
                name=RenditionName.P720,
                key=f"renditions/{video.id}/720p/test/video.mp4",
                media_type="video/mp4",
                size=1000,
                width=1280,
                height=720,
                duration_ms=duration_ms,
            )
        )
        session.flush()
        session.refresh(video)
    return video


def a_share(video: Video, person: Person) -> Share:
    return world.saved(Share(video_id=video.id, person_id=person.id))


def a_moment(
    video: Video | None = None,
    *,
    author: Person | None = None,
    start_ms: int = 1_000,
    end_ms: int | None = None,
    text: str = "You waited for every eye.",
    kind: MomentKind = MomentKind.PRAISE,
    criterion: ActionStepCriterion | None = None,
) -> Moment:
    video = video or a_video()
    return world.saved(
        Moment(
            video_id=video.id,
            author_id=author.id if author else video.owner_id,
            start_ms=start_ms,
            end_ms=end_ms,
            text=text,
            kind=kind,
            criterion_id=criterion.id if criterion else None,
        )
    )


def a_reply(moment: Moment, *, author: Person | None = None, text: str = "Thank you!") -> Reply:
    return world.saved(
        Reply(moment_id=moment.id, author_id=author.id if author else moment.author_id, text=text)
    )


def a_clip(
    video: Video | None = None,
    *,
    made_by: Person | None = None,
    title: str = "The pause",
    start_ms: int = 1_000,
    end_ms: int = 5_000,
    action_step: ActionStep | None = None,
    criterion: ActionStepCriterion | None = None,
    file_state: ClipFileState = ClipFileState.QUEUED,
) -> Clip:
    video = video or a_video()
    return world.saved(
        Clip(
            video_id=video.id,
            made_by_id=made_by.id if made_by else video.owner_id,
            title=title,
            start_ms=start_ms,
            end_ms=end_ms,
            criterion_id=criterion.id if criterion else None,
            action_step_id=action_step.id if action_step else None,
            file_state=file_state,
        )
    )


def a_clip_share(clip: Clip, person: Person) -> ClipShare:
    return world.saved(ClipShare(clip_id=clip.id, person_id=person.id))


def a_library_step(
    organisation: Organisation | None = None,
    *,
    organisation_id: str | None = None,
    goal: str = "Make sure every pupil hears the instruction",
    action: str = "waiting for every eye before speaking",
    criteria: tuple[str, ...] = ("Stands still", "Waits for silence", "Scans the group", "Speaks once"),
    prompts: tuple[str, ...] = (),
) -> Step:
    """A step of the library, in the organisation given or that of somebody new."""
    number = next(_number)
    if organisation_id is None:
        organisation_id = organisation.id if organisation else a_person().school.organisation_id
    with world.session() as session:
        area = Area(organisation_id=organisation_id, slug=f"area-{number}", name="Behaviour")
        wanted = Goal(organisation_id=organisation_id, area=area, slug=f"goal-{number}", wording=goal)
        step = Step(organisation_id=organisation_id, goal=wanted, slug=f"step-{number}", action=action)
        step.criteria = [Criterion(position=place, text=text) for place, text in enumerate(criteria, 1)]
        step.prompts = [Prompt(position=place, text=text) for place, text in enumerate(prompts, 1)]
        session.add(step)
        session.flush()
        session.refresh(step)
        session.add(first_version(step, by=None))
        index_steps(session, [step])
    return step


def an_action_step(
    coachee: Person | None = None,
    *,
    set_by: Person | None = None,
    step: Step | None = None,
    clip: Clip | None = None,
    goal: str = "Make sure every pupil hears the instruction",
    action: str = "waiting for every eye before speaking",
    criteria: tuple[str, ...] = ("Stands still", "Waits for silence", "Scans the group", "Speaks once"),
) -> ActionStep:
    coachee = coachee or a_person()
    with world.session() as session:
        row = ActionStep(
            coachee_id=coachee.id,
            set_by_id=(set_by or coachee).id,
            step_id=step.id if step else None,
            clip_id=clip.id if clip else None,
            goal=goal,
            action=action,
        )
        row.criteria = [
            ActionStepCriterion(position=place, text=text) for place, text in enumerate(criteria, 1)
        ]
        session.add(row)
        session.flush()
        session.refresh(row)
    return row


def evidence(
    action_step: ActionStep,
    *,
    clip: Clip | None = None,
    video: Video | None = None,
    criterion: ActionStepCriterion | None = None,
    by: Person | None = None,
) -> Evidence:
    return world.saved(
        Evidence(
            action_step_id=action_step.id,
            clip_id=clip.id if clip else None,
            video_id=video.id if video else None,
            criterion_id=criterion.id if criterion else None,
            added_by_id=by.id if by else action_step.coachee_id,
        )
    )


def a_sequence(*steps: Step, name: str = "First weeks") -> Sequence:
    """Steps in their order, each there to be done."""
    return world.saved(
        Sequence(
            organisation_id=steps[0].organisation_id,
            slug=f"sequence-{next(_number)}",
            name=name,
            places=[SequencePlace(position=at, step_id=step.id) for at, step in enumerate(steps, 1)],
        )
    )


def a_meeting(
    pairing: Pairing,
    *,
    kind: MeetingKind = MeetingKind.FEEDBACK,
    state: MeetingState = MeetingState.RUNNING,
    action_step: ActionStep | None = None,
    film: Video | None = None,
    notes: str = "",
) -> Meeting:
    """A meeting that goes on, unless `state` says otherwise."""
    begun = state is not MeetingState.PREPARING
    return world.saved(
        Meeting(
            pairing_id=pairing.id,
            kind=kind,
            state=state,
            started_at=utcnow() if begun else None,
            ended_at=utcnow() if state is MeetingState.DONE else None,
            action_step_id=action_step.id if action_step else None,
            film_video_id=film.id if film else None,
            notes=notes,
            created_by_id=pairing.coach_id,
        )
    )


def a_round(
    action_step: ActionStep,
    *,
    number: int = 1,
    kind: RoundKind = RoundKind.REHEARSAL,
    meeting: Meeting | None = None,
    video: Video | None = None,
    by: Person | None = None,
    feedback: str = "",
) -> Round:
    return world.saved(
        Round(
            action_step_id=action_step.id,
            kind=kind,
            number=number,
            meeting_id=meeting.id if meeting else None,
            video_id=video.id if video else None,
            feedback=feedback,
            created_by_id=by.id if by else action_step.coachee_id,
        )
    )


def a_proposal(coachee: Person, *, words: str = "I'd like to try think time.") -> StepProposal:
    return world.saved(StepProposal(coachee_id=coachee.id, words=words))
