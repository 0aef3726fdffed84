"""What a viewer may see, for every kind of thing: the only place that knows (DESIGN 2).

    select(Video).where(visible_to(viewer, Video))

What isn't visible doesn't exist for the viewer: in lists, counts, searches and addresses alike. A kind of
thing without a rule here can't be asked for at all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    false,
    inspect,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.base import ExecutableOption

from pennydrop.access.examples import (
    clip_shown,
    clips_permitted,
    exemplar_visible,
    term_example_visible,
    video_shown,
)
from pennydrop.access.library import step_visible
from pennydrop.access.prepared import prepared
from pennydrop.access.ties import (
    coachees,
    coaches,
    is_inside,
    members,
    people_led,
    schools_led,
    those_worked_with,
)
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
from pennydrop.library.models import Area, Goal, LearningProblem, Sequence, Step, StepVersion, Term
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

# Others than those that a query itself is about; made once (see `ties`).
_FILM, _BETWEEN = aliased(Video), aliased(Pairing)


def visible_to(viewer: Viewer, model: type[Base]) -> ColumnElement[bool]:
    """Return the condition under which rows of `model` are visible to `viewer`."""
    if viewer.join_link_id is not None and model is not Upload:
        return false()
    rule = viewer.written.get(model)
    if rule is None:
        rule = viewer.written[model] = _RULES[model](viewer)
    return rule


def get_visible(
    session: Session, viewer: Viewer, model: type[Thing], thing_id: str, *options: ExecutableOption
) -> Thing:
    """Return one row by its id. Raises `NotFound` where it isn't there for this viewer."""
    if options:
        found = session.scalar(_one(model, thing_id, viewer).options(*options))
    else:
        by_id = _BY_ID.get(model)
        if by_id is None:
            by_id = _BY_ID[model] = prepared(partial(_one, model, bindparam("thing_id")))
        found = by_id(session, viewer, thing_id=thing_id).scalar()
    if found is None:
        raise NotFound
    return found


def check_visible(session: Session, viewer: Viewer, model: type[Base], thing_id: str) -> None:
    """Raise `NotFound` where a row isn't there for this viewer. Quicker than getting all of it."""
    is_there = _IDS.get(model)
    if is_there is None:
        is_there = _IDS[model] = prepared(partial(_only_id, model, bindparam("thing_id")))
    if is_there(session, viewer, thing_id=thing_id).scalar() is None:
        raise NotFound


_BY_ID: dict[type[Base], prepared[Any]] = {}
_IDS: dict[type[Base], prepared[str]] = {}


def _only_id(model: type[Base], thing_id: Any, viewer: Viewer) -> Select[str]:
    primary_key = inspect(model).primary_key[0]
    return select(primary_key).where(primary_key == thing_id, visible_to(viewer, model))


def _one(model: type[Thing], thing_id: Any, viewer: Viewer) -> Select[Thing]:
    return select(model).where(inspect(model).primary_key[0] == thing_id, visible_to(viewer, model))


def _video(viewer: Viewer) -> ColumnElement[bool]:
    """Who has it at hand, and everybody whom it is a model for."""
    return or_(video_at_hand(viewer), video_shown(viewer))


def video_at_hand(viewer: Viewer) -> ColumnElement[bool]:
    """Its owner, her coach while they are paired, and whom she shares it with. Filming it gives nothing."""
    shared = select(Share.id).where(Share.video_id == Video.id, Share.person_id == viewer.person_id)
    shared = shared.correlate(Video)  # whatever else the question around it is about
    return or_(
        Video.owner_id.in_(those_worked_with(viewer)),
        and_(shared.exists(), is_inside(viewer, Video.owner_id)),
    )


def videos_at_most(viewer: Viewer) -> CompoundSelect[str]:
    """The ids of all videos that the viewer has at hand, and of some that she may not see.

    Long lists are narrowed by this besides, so that a database reads what is hers and not all there is. It
    reaches across the wall between organisations, so it never stands alone.
    """
    shared = select(Share.video_id).where(Share.person_id == viewer.person_id)
    return union_all(videos_worked_on(viewer), shared)


def clips_at_most(viewer: Viewer) -> CompoundSelect[str]:
    """The ids of all clips that the viewer sees, and of some that she may not; for lists, as with videos."""
    mine = select(Clip.id).where(Clip.video_id.in_(videos_worked_on(viewer)))
    shared = select(ClipShare.clip_id).where(ClipShare.person_id == viewer.person_id)
    return union_all(mine, shared, *clips_permitted())


def videos_worked_on(viewer: Viewer) -> Select[str]:
    """The videos whose moments and clips the viewer sees.

    A share shows the film, and so does an exemplar: not what was said of it.
    """
    return select(Video.id).where(Video.owner_id.in_(those_worked_with(viewer)))


def _clip(viewer: Viewer) -> ColumnElement[bool]:
    film = select(_FILM.id).where(_FILM.id == Clip.video_id)
    shared = select(ClipShare.id).where(ClipShare.clip_id == Clip.id, ClipShare.person_id == viewer.person_id)
    shared = shared.correlate(Clip)
    return or_(
        film.where(_FILM.owner_id.in_(those_worked_with(viewer))).exists(),
        and_(shared.exists(), film.where(is_inside(viewer, _FILM.owner_id)).exists()),
        clip_shown(viewer),
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
    mine = or_(
        _BETWEEN.coachee_id == viewer.person_id,
        and_(_BETWEEN.coach_id == viewer.person_id, _BETWEEN.ended_at.is_(None)),
    )
    inside = and_(is_inside(viewer, _BETWEEN.coach_id), is_inside(viewer, _BETWEEN.coachee_id))
    return select(_BETWEEN.id).where(_BETWEEN.id == Meeting.pairing_id, mine, inside).exists()


def _mark(viewer: Viewer) -> ColumnElement[bool]:
    return Mark.round_id.in_(select(Round.id).where(visible_to(viewer, Round)))


def _proposal_reply(viewer: Viewer) -> ColumnElement[bool]:
    return ProposalReply.proposal_id.in_(select(StepProposal.id).where(visible_to(viewer, StepProposal)))


def _join_link(viewer: Viewer) -> ColumnElement[bool]:
    """Who made it, and the coachee whose step it is for."""
    mine = select(ActionStep.id).where(ActionStep.coachee_id == viewer.person_id)
    return or_(JoinLink.made_by_id == viewer.person_id, JoinLink.action_step_id.in_(mine))


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
    ActionStep: lambda viewer: ActionStep.coachee_id.in_(those_worked_with(viewer)),
    ActionStepCriterion: lambda viewer: _of_action_step(viewer, ActionStepCriterion.action_step_id),
    Evidence: lambda viewer: _of_action_step(viewer, Evidence.action_step_id),
    CriterionPlace: _place,
    StateChange: lambda viewer: _of_action_step(viewer, StateChange.action_step_id),
    Round: lambda viewer: _of_action_step(viewer, Round.action_step_id),
    Mark: _mark,
    Meeting: _meeting,
    StepProposal: lambda viewer: StepProposal.coachee_id.in_(those_worked_with(viewer)),
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
    Step: step_visible,
    StepVersion: lambda viewer: StepVersion.step_id.in_(select(Step.id).where(step_visible(viewer))),
    Term: lambda viewer: Term.organisation_id == viewer.organisation_id,
    Sequence: lambda viewer: Sequence.organisation_id == viewer.organisation_id,
    Exemplar: exemplar_visible,
    ExemplarChapter: lambda viewer: ExemplarChapter.exemplar_id.in_(
        select(Exemplar.id).where(exemplar_visible(viewer))
    ),
    TermExample: term_example_visible,
    Upload: _upload,
    Job: _job,
    AuditEntry: lambda viewer: AuditEntry.owner_id == viewer.person_id,
}
