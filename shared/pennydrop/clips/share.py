"""The coachee permits somebody to see one clip, and takes that back; and what ends it by itself."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may import may_share_clip, may_share_with
from pennydrop.access.may_show_meeting import may_show_meeting
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.audit.record import record as record_audit
from pennydrop.care.erasures import note_erased
from pennydrop.care.models import Erased
from pennydrop.changes.feed import record as record_change
from pennydrop.clips.models import Clip, ClipShare
from pennydrop.clips.seen import hold_as_seen
from pennydrop.errors import NotFound
from pennydrop.timeline import Span


def share_clip(session: Session, viewer: Viewer, clip_id: str, *, person_id: str) -> ClipShare:
    """Permit a person of one's organisation to see a clip of oneself. Twice is the same as once.

    Raises `StaysBetweenTheTwo` for a clip of a meeting's film, `CutAnew`.
    """
    clip = _mine(session, viewer, clip_id)
    hold_as_seen(session, clip)
    person = may_share_with(session, viewer, person_id)
    may_show_meeting(session, clip.video, person)
    share = _find(session, clip, person.id)
    if share is None:
        share = ClipShare(clip_id=clip.id, person_id=person.id)
        session.add(share)
        session.flush()
        _note(session, viewer, clip, "clip.shared", person.name)
    return share


def list_clip_shares(session: Session, viewer: Viewer, clip_id: str) -> Sequence[ClipShare]:
    """Return whom the coachee permitted, in the order she did."""
    clip = _mine(session, viewer, clip_id)
    return session.scalars(select(ClipShare).where(ClipShare.clip_id == clip.id).order_by(ClipShare.id)).all()


def withdraw_clip(session: Session, viewer: Viewer, clip_id: str, *, person_id: str) -> None:
    """Take a permission back: from the next request on that person doesn't find the clip."""
    clip = _mine(session, viewer, clip_id)
    share = _find(session, clip, person_id)
    if share is None:
        raise NotFound("This clip isn't shared with that person.")
    end_clip_share(session, viewer, share)


def end_clip_share(
    session: Session, viewer: Viewer | None, share: ClipShare, action: str = "clip.unshared"
) -> None:
    """End a permission as `withdraw_clip` does, where it was decided elsewhere that it has to end."""
    clip, person = session.get_one(Clip, share.clip_id), share.person
    session.delete(share)
    session.flush()
    note_erased(session, Erased.CLIP_SHARE, share.id)
    _note(session, viewer, clip, action, person.name)
    # By the clip's own name she wouldn't hear of it any more: her page asks again and finds it gone.
    record_change(session, "clip", clip.id, person_id=person.id)


def end_shares_of_more(session: Session, viewer: Viewer, clip: Clip, *, before: Span) -> None:
    """Let the permissions end of a clip that somebody else cut anew, where it shows what it didn't `before`.

    Its owner permitted what she had seen; only she can permit more.
    """
    if viewer.person_id == clip.video.owner_id or clip.span.is_part_of(before):
        return
    for share in session.scalars(select(ClipShare).where(ClipShare.clip_id == clip.id)).all():
        end_clip_share(session, viewer, share, "clip.cut_anew")


def _mine(session: Session, viewer: Viewer, clip_id: str) -> Clip:
    clip = get_visible(session, viewer, Clip, clip_id)
    may_share_clip(session, viewer, clip)
    return clip


def _find(session: Session, clip: Clip, person_id: str) -> ClipShare | None:
    return session.scalar(
        select(ClipShare).where(ClipShare.clip_id == clip.id, ClipShare.person_id == person_id)
    )


def _note(session: Session, viewer: Viewer | None, clip: Clip, action: str, name: str) -> None:
    owner_id = clip.video.owner_id
    record_audit(
        session, viewer, action, owner_id=owner_id, subject_id=clip.id, detail=f"{clip.title}: {name}"
    )
    record_change(session, "clip", clip.id, video_id=clip.video_id, person_id=owner_id)
