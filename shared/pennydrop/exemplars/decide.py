"""Permitting an example, publishing it, and taking either back. Hers counts at once, whatever a lead said.

Whoever decides holds the example first: two who decide at the same moment do so one after the other.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may_exemplars import may_permit, may_publish, may_remove, may_unpublish
from pennydrop.access.viewer import Viewer
from pennydrop.care.erasures import note_erased
from pennydrop.care.models import Erased
from pennydrop.clips.models import Clip
from pennydrop.clips.seen import hold_as_seen
from pennydrop.clock import utcnow
from pennydrop.db.hold import hold
from pennydrop.exemplars.consent import NeedsConsent, PublicationState
from pennydrop.exemplars.models import Exemplar
from pennydrop.exemplars.tell import tell
from pennydrop.exemplars.two_people import must_show_one
from pennydrop.terms.models import TermExample
from pennydrop.videos.models import Video

Example = Exemplar | TermExample


def permit(session: Session, viewer: Viewer, example: Example) -> None:
    """Let one's own film be shown as this example. Saying so twice changes nothing. Raises `CutAnew`."""
    may_permit(viewer, example)
    if example.clip is not None:
        hold_as_seen(session, example.clip)
    hold(session, example)
    must_show_one(session, _film(example))
    if example.permitted_at is None:
        example.permitted_at, example.declined_at = utcnow(), None
        tell(session, viewer, example, "permitted")


def decline(session: Session, viewer: Viewer, example: Example) -> None:
    """Say no, or take a permission back: from now on nobody is shown it who doesn't work with her.

    A lead's word for it ends as well, so that permitting it again asks her again.
    """
    may_permit(viewer, example)
    hold(session, example)
    if example.declined_at is not None:
        return
    withdrawn, was_shown = example.permitted_at is not None, example.is_shown
    end_permission(example)
    note_erased(session, Erased.PERMISSION, example.id)
    tell(session, viewer, example, "withdrawn" if withdrawn else "declined", was_shown=was_shown)


def end_permission(example: NeedsConsent) -> None:
    """Let nobody be shown it any more who doesn't work with her."""
    example.permitted_at, example.declined_at = None, utcnow()
    _back_to_proposed(example)


def publish(session: Session, viewer: Viewer, example: Example) -> None:
    """Show it. Raises `NotAllowed`, and `PermissionMissing` until its owner has permitted it."""
    hold(session, example)
    may_publish(session, viewer, example)
    must_show_one(session, _film(example))
    if not example.is_shown:
        example.state = PublicationState.PUBLISHED
        example.published_at, example.published_by_id = utcnow(), viewer.person_id
        tell(session, viewer, example, "published")


def unpublish(session: Session, viewer: Viewer, example: Example) -> None:
    """Take it back. Its owner's permission stays as it is, so that a lead can publish it again."""
    may_unpublish(session, viewer, example)
    hold(session, example)
    if example.state is PublicationState.PUBLISHED:
        was_shown = example.is_shown
        end_publication(example)
        note_erased(session, Erased.PUBLICATION, example.id)
        tell(session, viewer, example, "unpublished", was_shown=was_shown)


def end_publication(example: NeedsConsent) -> None:
    """Show it no more, until it is published anew."""
    example.state = PublicationState.UNPUBLISHED


def remove(session: Session, viewer: Viewer, example: Example) -> None:
    """Remove the example. The film and the clip stay."""
    hold(session, example)
    may_remove(session, viewer, example)
    note_erased(session, Erased.EXAMPLE, example.id)
    was_shown = example.is_shown
    _back_to_proposed(example)
    tell(session, viewer, example, "removed", was_shown=was_shown)
    session.delete(example)
    session.flush()


def ask_again(session: Session, viewer: Viewer, clip: Clip) -> None:
    """Let the permission end of a clip that somebody else cut anew: its owner said yes to another one."""
    if viewer.person_id == clip.video.owner_id:
        return
    examples: list[Example] = [
        *session.scalars(select(Exemplar).where(Exemplar.clip_id == clip.id)),
        *session.scalars(select(TermExample).where(TermExample.clip_id == clip.id)),
    ]
    for example in examples:
        hold(session, example)
        if example.permitted_at is not None:
            was_shown, example.permitted_at = example.is_shown, None
            _back_to_proposed(example)
            tell(session, viewer, example, "cut_anew", was_shown=was_shown)


def _film(example: Example) -> Video:
    return example.video if isinstance(example, Exemplar) else example.clip.video


def _back_to_proposed(example: NeedsConsent) -> None:
    example.state = PublicationState.PROPOSED
    example.published_at = example.published_by_id = None
