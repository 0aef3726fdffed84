"""What a viewer may see, for every kind of thing: the only place that knows (DESIGN 2).

    select(Video).where(visible_to(viewer, Video))

What isn't visible doesn't exist for the viewer: in lists, counts, searches and addresses alike. A kind of
thing without a rule here can't be asked for at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, false, inspect, or_, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.base import ExecutableOption

from pennydrop.access.examples import (
    clips_shown,
    exemplar_visible,
    term_example_visible,
    videos_shown,
)
from pennydrop.access.ties import coachees, coaches, is_inside, members, people_led, schools_led
from pennydrop.access.viewer import Viewer
from pennydrop.audit.models import AuditEntry
from pennydrop.clips.models import Clip, ClipShare
from pennydrop.coaching.models import (
    ActionStep,
    ActionStepCriterion,
    CriterionPlace,
    Evidence,
    StateChange,
)
from pennydrop.db.base import Base
from pennydrop.errors import NotFound
from pennydrop.exemplars.models import Exemplar, ExemplarChapter
from pennydrop.jobs.models import Job
from pennydrop.library.models import Area, Goal, LearningProblem, Sequence, Step, StepState, StepVersion, Term
from pennydrop.meetings.models import Meeting
from pennydrop.moments.models import Moment, Reply
from pennydrop.people.models import Organisation, Pairing, Person, School
from pennydrop.proposals.models import ProposalReply, StepProposal
from pennydrop.rounds.models import Mark, Round
from pennydrop.terms.models import TermExample
from pennydrop.uploads.models import JoinedUpload, JoinLink, Upload
from pennydrop.videos.models import Caption, OwnWatch, Rendition, Share, Video, Watch

Thing = TypeVar("Thing", bound=Base)
Rule = Callable[[Viewer], ColumnElement[bool]]


def visible_to(viewer: Viewer, model: type[Base]) -> ColumnElement[bool]:
    """Return the condition under which rows of `model` are visible to `viewer`."""
    if viewer.join_link_id is not None and model is not Upload:
        return false()
    return _RULES[model](viewer)


def get_visible(
    session: Session, viewer: Viewer, model: type[Thing], thing_id: str, *options: ExecutableOption
) -> Thing:
    """Return one row by its id. Raises `NotFound` where it isn't there for this viewer."""
    primary_key = inspect(model).primary_key[0]
    query = select(model).where(primary_key == thing_id, visible_to(viewer, model)).options(*options)
    found = session.scalar(query)
    if found is None:
        raise NotFound
    return found


def _mine_or_my_coachees(viewer: Viewer, owner: Any) -> ColumnElement[bool]:
    return or_(owner == viewer.person_id, owner.in_(coachees(viewer)))


def _video(viewer: Viewer) -> ColumnElement[bool]:
    """Who has it at hand, and everybody whom it is a model for."""
    return or_(video_at_hand(viewer), Video.id.in_(videos_shown(viewer)))


def video_at_hand(viewer: Viewer) -> ColumnElement[bool]:
    """Its owner, her coach while they are paired, and whom she shares it with. Filming it gives nothing."""
    shared = select(Share.video_id).where(Share.person_id == viewer.person_id)
    return or_(
        _mine_or_my_coachees(viewer, Video.owner_id),
        and_(Video.id.in_(shared), is_inside(viewer, Video.owner_id)),
    )


def videos_worked_on(viewer: Viewer) -> Select[str]:
    """The videos whose moments and clips the viewer sees.

    A share shows the film, and so does an exemplar: not what was said of it.
    """
    return select(Video.id).where(_mine_or_my_coachees(viewer, Video.owner_id))


def _clip(viewer: Viewer) -> ColumnElement[bool]:
    shared = select(ClipShare.clip_id).where(ClipShare.person_id == viewer.person_id)
    film = aliased(Video)
    in_reach = select(film.id).where(film.id == Clip.video_id, is_inside(viewer, film.owner_id)).exists()
    return or_(
        Clip.video_id.in_(videos_worked_on(viewer)),
        and_(Clip.id.in_(shared), in_reach),
        clips_shown(viewer),
    )


def _reply(viewer: Viewer) -> ColumnElement[bool]:
    return Reply.moment_id.in_(select(Moment.id).where(visible_to(viewer, Moment)))


def _of_action_step(viewer: Viewer, column: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.in_(select(ActionStep.id).where(visible_to(viewer, ActionStep)))
    return found


def _place(viewer: Viewer) -> ColumnElement[bool]:
    criteria = select(ActionStepCriterion.id).where(visible_to(viewer, ActionStepCriterion))
    return CriterionPlace.criterion_id.in_(criteria)


def _meeting(viewer: Viewer) -> ColumnElement[bool]:
    """The two it is between: the coachee for good, her coach as long as they are paired. Nobody else."""
    pairing = aliased(Pairing)
    mine = or_(
        pairing.coachee_id == viewer.person_id,
        and_(pairing.coach_id == viewer.person_id, pairing.ended_at.is_(None)),
    )
    inside = and_(is_inside(viewer, pairing.coach_id), is_inside(viewer, pairing.coachee_id))
    return select(pairing.id).where(pairing.id == Meeting.pairing_id, mine, inside).exists()


def _mark(viewer: Viewer) -> ColumnElement[bool]:
    return Mark.round_id.in_(select(Round.id).where(visible_to(viewer, Round)))


def _proposal_reply(viewer: Viewer) -> ColumnElement[bool]:
    return ProposalReply.proposal_id.in_(select(StepProposal.id).where(visible_to(viewer, StepProposal)))


def _join_link(viewer: Viewer) -> ColumnElement[bool]:
    """Who made it, and the coachee whose step it is for."""
    mine = select(ActionStep.id).where(ActionStep.coachee_id == viewer.person_id)
    return or_(JoinLink.made_by_id == viewer.person_id, JoinLink.action_step_id.in_(mine))


def _exemplar(viewer: Viewer) -> ColumnElement[bool]:
    steps = select(Step.id).where(visible_to(viewer, Step))
    return and_(Exemplar.step_id.in_(steps), exemplar_visible(viewer))


def _share(viewer: Viewer) -> ColumnElement[bool]:
    mine = select(Video.id).where(Video.owner_id == viewer.person_id)
    return or_(Share.video_id.in_(mine), Share.person_id == viewer.person_id)


def _clip_share(viewer: Viewer) -> ColumnElement[bool]:
    mine = select(Clip.id).join(Video, Video.id == Clip.video_id).where(Video.owner_id == viewer.person_id)
    return or_(ClipShare.clip_id.in_(mine), ClipShare.person_id == viewer.person_id)


def _watch(viewer: Viewer) -> ColumnElement[bool]:
    mine = select(Video.id).where(Video.owner_id == viewer.person_id)
    return or_(Watch.video_id.in_(mine), Watch.person_id == viewer.person_id)


def _person(viewer: Viewer) -> ColumnElement[bool]:
    """Myself, who I work with, my colleagues; leads see their schools, administrators their organisation."""
    if viewer.is_admin:
        return Person.id.in_(members(viewer))
    return or_(
        Person.id == viewer.person_id,
        Person.id.in_(coachees(viewer)),
        Person.id.in_(coaches(viewer)),
        Person.id.in_(people_led(viewer)),
        and_(Person.school_id == viewer.school_id, Person.disabled_at.is_(None)),
    )


def _pairing(viewer: Viewer) -> ColumnElement[bool]:
    """Both who are paired, those who lead in the school of either, and administrators."""
    both_inside = and_(is_inside(viewer, Pairing.coach_id), is_inside(viewer, Pairing.coachee_id))
    if viewer.is_admin:
        return both_inside
    return and_(
        both_inside,
        or_(
            Pairing.coach_id == viewer.person_id,
            Pairing.coachee_id == viewer.person_id,
            Pairing.coach_id.in_(people_led(viewer)),
            Pairing.coachee_id.in_(people_led(viewer)),
        ),
    )


def _school(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.is_admin:
        return School.organisation_id == viewer.organisation_id
    return or_(School.id == viewer.school_id, School.id.in_(schools_led(viewer)))


def _step(viewer: Viewer) -> ColumnElement[bool]:
    """What is published, by the trust and by one's own school; drafts for those who curate them."""
    inside = Step.organisation_id == viewer.organisation_id
    if viewer.is_admin:
        return inside
    led = schools_led(viewer)
    curated = or_(and_(Step.school_id.is_(None), led.exists()), Step.school_id.in_(led))
    within_reach = or_(Step.school_id.is_(None), Step.school_id == viewer.school_id)
    return and_(inside, or_(and_(Step.state == StepState.PUBLISHED, within_reach), curated))


def _upload(viewer: Viewer) -> ColumnElement[bool]:
    """Who sends it, as long as she may film for its owner, and the owner; a phone, what it began itself."""
    if viewer.join_link_id is not None:
        return Upload.id.in_(
            select(JoinedUpload.upload_id).where(JoinedUpload.join_link_id == viewer.join_link_id)
        )
    return or_(
        Upload.owner_id == viewer.person_id,
        and_(Upload.person_id == viewer.person_id, Upload.owner_id.in_(coachees(viewer))),
    )


def _job(viewer: Viewer) -> ColumnElement[bool]:
    return or_(
        Job.subject_id.in_(select(Video.id).where(_video(viewer))),
        Job.subject_id.in_(select(Clip.id).where(_clip(viewer))),
    )


_RULES: dict[type[Base], Rule] = {
    Video: _video,
    Rendition: lambda viewer: Rendition.video_id.in_(select(Video.id).where(_video(viewer))),
    Caption: lambda viewer: Caption.video_id.in_(select(Video.id).where(_video(viewer))),
    Moment: lambda viewer: Moment.video_id.in_(videos_worked_on(viewer)),
    Reply: _reply,
    Clip: _clip,
    ActionStep: lambda viewer: _mine_or_my_coachees(viewer, ActionStep.coachee_id),
    ActionStepCriterion: lambda viewer: _of_action_step(viewer, ActionStepCriterion.action_step_id),
    Evidence: lambda viewer: _of_action_step(viewer, Evidence.action_step_id),
    CriterionPlace: _place,
    StateChange: lambda viewer: _of_action_step(viewer, StateChange.action_step_id),
    Round: lambda viewer: _of_action_step(viewer, Round.action_step_id),
    Mark: _mark,
    Meeting: _meeting,
    StepProposal: lambda viewer: _mine_or_my_coachees(viewer, StepProposal.coachee_id),
    ProposalReply: _proposal_reply,
    OwnWatch: lambda viewer: OwnWatch.person_id == viewer.person_id,
    JoinLink: _join_link,
    Share: _share,
    ClipShare: _clip_share,
    Watch: _watch,
    Person: _person,
    Pairing: _pairing,
    School: _school,
    Organisation: lambda viewer: Organisation.id == viewer.organisation_id,
    Area: lambda viewer: Area.organisation_id == viewer.organisation_id,
    LearningProblem: lambda viewer: LearningProblem.organisation_id == viewer.organisation_id,
    Goal: lambda viewer: Goal.organisation_id == viewer.organisation_id,
    Step: _step,
    StepVersion: lambda viewer: StepVersion.step_id.in_(select(Step.id).where(_step(viewer))),
    Term: lambda viewer: Term.organisation_id == viewer.organisation_id,
    Sequence: lambda viewer: Sequence.organisation_id == viewer.organisation_id,
    Exemplar: _exemplar,
    ExemplarChapter: lambda viewer: ExemplarChapter.exemplar_id.in_(
        select(Exemplar.id).where(_exemplar(viewer))
    ),
    TermExample: term_example_visible,
    Upload: _upload,
    Job: _job,
    AuditEntry: lambda viewer: AuditEntry.owner_id == viewer.person_id,
}
