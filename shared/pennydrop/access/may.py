"""What a viewer may do with what she sees. Each verb returns in silence, or with what it found, or raises.

`NotFound` where the thing doesn't exist for her, `NotAllowed` with a sentence where she sees it but may not.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.ties import (
    coached_of,
    coaches_person,
    is_member,
    leads_any_school,
    leads_school,
    members,
    schools_led,
)
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.clips.models import Clip
from pennydrop.coaching.models import ActionStep, Evidence
from pennydrop.errors import NotAllowed, NotFound
from pennydrop.library.models import Step
from pennydrop.moments.models import Moment, Reply
from pennydrop.people.models import Person, School
from pennydrop.videos.models import Video


def video_rights(session: Session, viewer: Viewer, videos: Sequence[Video]) -> dict[str, dict[str, bool]]:
    """Return for each of these visible videos what the viewer may do: change, delete, share, mark, clip."""
    coached = coached_of(session, viewer, (video.owner_id for video in videos))
    rights = {}
    for video in videos:
        mine = video.owner_id == viewer.person_id
        working = mine or video.owner_id in coached
        rights[video.id] = {
            "change": working,
            "delete": mine,
            "share": mine,
            "mark": working,
            "clip": working,
        }
    return rights


def may_change_video(session: Session, viewer: Viewer, video: Video) -> None:
    """Rename it, say when it was filmed, add captions: its owner and her coach."""
    if not _works_with(session, viewer, video.owner_id):
        raise NotAllowed(f"Only {video.owner.name} and her coach can change this video.")


def may_share_video(session: Session, viewer: Viewer, video: Video) -> None:
    """Share it, take that back, see who watched: its owner alone."""
    if video.owner_id != viewer.person_id:
        raise NotAllowed(f"Only {video.owner.name} decides who may watch this video.")


def may_share_with(session: Session, viewer: Viewer, person_id: str) -> Person:
    """Return the person a film or clip may be shared with: anybody with an account in the organisation."""
    person = session.scalar(
        select(Person).where(
            Person.id == person_id, Person.id.in_(members(viewer)), Person.disabled_at.is_(None)
        )
    )
    if person is None:
        raise NotFound("We can't find that person here.")
    return person


def may_delete_video(session: Session, viewer: Viewer, video_id: str) -> Video:
    """Return the video its owner may delete, or an administrator of her organisation, without seeing it."""
    video = session.get(Video, video_id)
    if video is not None and viewer.is_admin and is_member(session, viewer, video.owner_id):
        return video
    video = get_visible(session, viewer, Video, video_id)
    if video.owner_id != viewer.person_id:
        raise NotAllowed(f"Only {video.owner.name} can delete this video.")
    return video


def may_film_for(session: Session, viewer: Viewer, owner_id: str) -> Person:
    """Return the person a film may be sent in for: oneself, or somebody one coaches now."""
    if owner_id == viewer.person_id:
        return session.get_one(Person, owner_id)
    return may_coach(session, viewer, owner_id, sentence="You can only film for yourself or those you coach.")


def may_mark(session: Session, viewer: Viewer, video: Video) -> None:
    """Mark moments and reply to them: the owner and her coach."""
    if not _works_with(session, viewer, video.owner_id):
        raise NotAllowed(f"Only {video.owner.name} and her coach can mark moments in this video.")


def may_change_moment(session: Session, viewer: Viewer, moment: Moment) -> None:
    """Change or delete it: who wrote it, while she may still mark."""
    if moment.author_id != viewer.person_id:
        raise NotAllowed(f"{moment.author.name} wrote this. You can reply to it.")
    may_mark(session, viewer, session.get_one(Video, moment.video_id))


def may_clip(session: Session, viewer: Viewer, video: Video) -> None:
    """Make clips: the owner and her coach."""
    if not _works_with(session, viewer, video.owner_id):
        raise NotAllowed(f"Only {video.owner.name} and her coach can make clips from this video.")


def may_change_clip(session: Session, viewer: Viewer, clip: Clip) -> None:
    """Rename it, move its ends, tie it to a step: the owner and her coach."""
    if not _works_with(session, viewer, clip.video.owner_id):
        raise NotAllowed(f"Only {clip.video.owner.name} and her coach can change this clip.")


def may_have_original(session: Session, viewer: Viewer, clip: Clip) -> None:
    """Have the clip in the film's full quality: whoever may see the film."""
    if session.scalar(select(Video.id).where(Video.id == clip.video_id, visible_to(viewer, Video))) is None:
        raise NotAllowed(f"{clip.video.owner.name} shares this clip as it is, not in full quality.")


def may_delete_clip(session: Session, viewer: Viewer, clip: Clip) -> None:
    """The owner of the film; her coach, if the clip is the coach's own."""
    if clip.video.owner_id == viewer.person_id:
        return
    if clip.made_by_id != viewer.person_id or not coaches_person(session, viewer, clip.video.owner_id):
        raise NotAllowed(f"Only {clip.video.owner.name} can delete this clip.")


def may_share_clip(session: Session, viewer: Viewer, clip: Clip) -> None:
    """Permit somebody to see it and take that back: the coachee alone."""
    if clip.video.owner_id != viewer.person_id:
        raise NotAllowed(f"Only {clip.video.owner.name} decides who may see this clip.")


def may_coach(
    session: Session, viewer: Viewer, person_id: str, *, sentence: str = "You can only do this as her coach."
) -> Person:
    """Return the person the viewer coaches now: for setting a step, above all."""
    person = get_visible(session, viewer, Person, person_id)
    if not coaches_person(session, viewer, person_id):
        raise NotAllowed(sentence)
    return person


def may_change_action_step(session: Session, viewer: Viewer, action_step: ActionStep) -> None:
    """Its wording, why, clip and state: the coach."""
    if not coaches_person(session, viewer, action_step.coachee_id):
        raise NotAllowed("Only your coach can change your step. You can tick its criteria.")


def may_tick(session: Session, viewer: Viewer, action_step: ActionStep) -> None:
    """Ticking is the coachee's own word about herself."""
    if action_step.coachee_id != viewer.person_id:
        raise NotAllowed(f"Only {action_step.coachee.name} ticks her own criteria.")


def may_add_evidence(session: Session, viewer: Viewer, action_step: ActionStep) -> None:
    """The coachee and her coach."""
    if not _works_with(session, viewer, action_step.coachee_id):
        raise NotAllowed(f"Only {action_step.coachee.name} and her coach can add film to this step.")


def may_remove_evidence(viewer: Viewer, evidence: Evidence) -> None:
    """Who added it."""
    if evidence.added_by_id != viewer.person_id:
        raise NotAllowed(f"{evidence.added_by.name} added this, so only she can take it away.")


def may_change_reply(session: Session, viewer: Viewer, reply: Reply, video: Video) -> None:
    """Change or delete a reply: who wrote it, while she may still mark."""
    if reply.author_id != viewer.person_id:
        raise NotAllowed(f"{reply.author.name} wrote this. You can reply to it.")
    may_mark(session, viewer, video)


def may_curate(session: Session, viewer: Viewer) -> None:
    """Change the library: leads, and administrators of the organisation."""
    if not viewer.is_admin and not leads_any_school(session, viewer):
        raise NotAllowed("Only those who lead coaching in a school can change the library.")


def may_curate_step(session: Session, viewer: Viewer, step: Step) -> None:
    """Change a step: the trust's, whoever may curate; a school's own copy, those who lead coaching there."""
    may_curate(session, viewer)
    if not curates_step(session, viewer, step):
        raise NotAllowed("Only those who lead coaching in that school can change its own copy of a step.")


def curates_step(session: Session, viewer: Viewer, step: Step) -> bool:
    """Whether the viewer may change this step, which she sees."""
    if step.school_id is not None:
        return curates_school(session, viewer, step.school_id)
    return viewer.is_admin or leads_any_school(session, viewer)


def curates_school(session: Session, viewer: Viewer, school_id: str) -> bool:
    """Whether the viewer may change this school's own copies of steps."""
    return viewer.is_admin or leads_school(session, viewer, school_id)


def schools_curated(session: Session, viewer: Viewer) -> dict[str, str]:
    """Return, by name, the ids of the schools whose own copies the viewer may change."""
    query = select(School.name, School.id).where(School.organisation_id == viewer.organisation_id)
    if not viewer.is_admin:
        query = query.where(School.id.in_(schools_led(viewer)))
    return dict(session.execute(query).all())


def _works_with(session: Session, viewer: Viewer, person_id: str) -> bool:
    return person_id == viewer.person_id or coaches_person(session, viewer, person_id)
