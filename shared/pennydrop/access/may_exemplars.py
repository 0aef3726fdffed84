"""What a viewer may do with exemplars and with the examples of terms (DESIGN 2's table).

The coachee grants and withdraws, her coach proposes, the lead of her school curates once she has permitted,
an administrator can only take back.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pennydrop.access.ties import coached_of, coaches_person, leads_school, schools_led
from pennydrop.access.viewer import Viewer
from pennydrop.clips.models import Clip
from pennydrop.errors import Conflict, NotAllowed
from pennydrop.exemplars.consent import NeedsConsent, Permission
from pennydrop.exemplars.models import Exemplar
from pennydrop.people.models import Person
from pennydrop.terms.models import TermExample
from pennydrop.videos.models import Video


class PermissionMissing(Conflict):
    """Somebody wants to show a film whose owner hasn't said yes."""

    def __init__(self, owner: Person) -> None:
        super().__init__(f"{owner.name} hasn't permitted this yet. It can be published once she has.")


def may_propose(session: Session, viewer: Viewer, video: Video) -> None:
    """Propose a film or a clip of it: who is in it, and her coach."""
    if not _works_with(session, viewer, video.owner_id):
        raise NotAllowed(f"Only {video.owner.name} and her coach can propose this film as a model.")


def may_permit(viewer: Viewer, example: NeedsConsent) -> None:
    """Permit it and take that back: who is in it, nobody else."""
    if example.owner_id != viewer.person_id:
        raise NotAllowed(f"Only {example.owner.name} decides whether this film may be shown.")


def may_publish(session: Session, viewer: Viewer, example: NeedsConsent) -> None:
    """Publish it: the leads of her school, once she has permitted it."""
    _must_lead(session, viewer, example)
    if example.permitted_at is None:
        raise PermissionMissing(example.owner)


def may_unpublish(session: Session, viewer: Viewer, example: NeedsConsent) -> None:
    """Take it back: the leads of her school, and administrators."""
    if not viewer.is_admin:
        _must_lead(session, viewer, example)


def may_index(session: Session, viewer: Viewer, example: NeedsConsent) -> None:
    """Say where each criterion is: who is in it, her coach, and her school's leads."""
    if not _works_with(session, viewer, example.owner_id):
        _must_lead(session, viewer, example)


def may_title(session: Session, viewer: Viewer, example: NeedsConsent) -> None:
    """Word its title: as with `may_index`, but once she has permitted it her coach does no more."""
    may_index(session, viewer, example)
    if example.permitted_at is not None and example.owner_id != viewer.person_id:
        _must_lead(session, viewer, example)


def may_retitle_video(session: Session, viewer: Viewer, video: Video) -> None:
    """Rename a film that may be changed: its owner alone while she permits that it is shown as a model."""
    models = select(Exemplar.id).where(Exemplar.video_id == video.id, Exemplar.clip_id.is_(None))
    _must_be_hers(session, viewer, video.owner, "its title", models.where(_PERMITTED))


def may_caption(session: Session, viewer: Viewer, video: Video) -> None:
    """Caption a film that may be changed: its owner alone while she permits that any of it is a model.

    What is said in a model is shown under it, and its step is found by that.
    """
    models = select(Exemplar.id).where(Exemplar.video_id == video.id)
    _must_be_hers(session, viewer, video.owner, "its captions", models.where(_PERMITTED))


def may_retitle_clip(session: Session, viewer: Viewer, clip: Clip) -> None:
    """Rename a clip that may be changed: its owner alone while she permits that it is shown as an example."""
    models = select(Exemplar.id).where(Exemplar.clip_id == clip.id, _PERMITTED)
    examples = select(TermExample.id).where(
        TermExample.clip_id == clip.id, TermExample.permitted_at.is_not(None)
    )
    _must_be_hers(session, viewer, clip.video.owner, "its title", models, examples)


def may_remove(session: Session, viewer: Viewer, example: NeedsConsent) -> None:
    """Remove it for good: who is in it, her school's leads; who proposed it, until it is shown or refused.

    A no that her coach could remove would be no reason not to ask again.
    """
    if example.owner_id == viewer.person_id:
        return
    mine = example.proposed_by_id == viewer.person_id and coaches_person(session, viewer, example.owner_id)
    if not (mine and _is_open(example)):
        _must_lead(session, viewer, example)


def rights(session: Session, viewer: Viewer, examples: Sequence[NeedsConsent]) -> list[dict[str, bool]]:
    """Return what the viewer may do with each of these visible examples.

    That is to permit, publish, unpublish, change and remove it.
    """
    if not examples:
        return []
    led = set(session.scalars(schools_led(viewer)))
    coached = coached_of(session, viewer, (one.owner_id for one in examples))
    return [
        _rights(viewer, one, leads=one.owner.school_id in led, coaching=one.owner_id in coached)
        for one in examples
    ]


def _rights(viewer: Viewer, example: NeedsConsent, *, leads: bool, coaching: bool) -> dict[str, bool]:
    mine = example.owner_id == viewer.person_id
    proposed = coaching and example.proposed_by_id == viewer.person_id and _is_open(example)
    return {
        "permit": mine,
        "publish": leads and example.permitted_at is not None and not example.is_shown,
        "unpublish": (leads or viewer.is_admin) and example.is_shown,
        "change": mine or coaching or leads,
        "remove": mine or proposed or leads,
    }


def _is_open(example: NeedsConsent) -> bool:
    """Whether nobody has been shown it yet, and its owner hasn't said no."""
    return not example.is_shown and example.permission is not Permission.DECLINED


_PERMITTED = Exemplar.permitted_at.is_not(None)


def _must_be_hers(
    session: Session, viewer: Viewer, owner: Person, what: str, *permitted: Select[str]
) -> None:
    """Refuse to change what others are shown with her permission: she gave it for these words."""
    if owner.id == viewer.person_id:
        return
    if any(session.scalar(one.limit(1)) is not None for one in permitted):
        raise NotAllowed(f"{owner.name} permits that others are shown this, so only she changes {what}.")


def _must_lead(session: Session, viewer: Viewer, example: NeedsConsent) -> None:
    school = example.owner.school
    if not leads_school(session, viewer, school.id):
        raise NotAllowed(f"Only those who lead coaching at {school.name} can do this.")


def _works_with(session: Session, viewer: Viewer, person_id: str) -> bool:
    return person_id == viewer.person_id or coaches_person(session, viewer, person_id)
