"""A phone without a log-in joins by a code: it may send rehearsals of one step, and do nothing else.

The code holds a secret of 256 random bits, which can't be guessed, so there is nothing to throttle in trying;
what is limited is how many links a person makes and how many films come by one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pennydrop.access.may_meet import may_run
from pennydrop.access.may_rehearse import may_add_round
from pennydrop.access.ties import coaches_person
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.audit.record import record as record_audit
from pennydrop.clock import utcnow
from pennydrop.coaching.models import ActionStep
from pennydrop.errors import Gone, NotSignedIn, TooManyRequests
from pennydrop.meetings.models import Meeting, MeetingState
from pennydrop.people.secrets import fingerprint, new_secret
from pennydrop.rounds.add import MeetingNotRunning, NoStepAgreed
from pennydrop.rounds.models import RoundKind
from pennydrop.uploads.models import JoinedUpload, JoinLink, Upload
from pennydrop.videos.models import Video

PREFIX = "pdj_"
# Long enough to pick the phone up; each film that is begun opens it for as long again.
LIVES = timedelta(minutes=15)
# No meeting is longer: a code left on a whiteboard is worth nothing after it.
AT_MOST = timedelta(hours=2)
# A film that was begun in time may take its way home on a slow network.
GOES_ON = timedelta(hours=24)
MAX_LINKS = 20
MAX_FILMS = 40


class JoinLinkEnded(Gone):
    def __init__(self) -> None:
        super().__init__(
            "This code has ended. Please scan the new one on the laptop; films that were begun go on."
        )


class TooManyLinks(TooManyRequests):
    def __init__(self) -> None:
        super().__init__(
            "That were many codes in a short time. Please use one of them, or wait a quarter of an hour.",
            retry_after_s=int(LIVES.total_seconds()),
        )


class TooManyFilms(TooManyRequests):
    def __init__(self) -> None:
        super().__init__(
            "A great many films came by this code. Please scan a new one on the laptop.",
            retry_after_s=int(LIVES.total_seconds()),
        )


def link_for_step(session: Session, viewer: Viewer, action_step_id: str) -> tuple[JoinLink, str]:
    """Let a phone send rehearsals of this step. Returns the link and its secret, shown once."""
    step = get_visible(session, viewer, ActionStep, action_step_id)
    return _make(session, viewer, step, None)


def link_for_meeting(session: Session, viewer: Viewer, meeting_id: str) -> tuple[JoinLink, str]:
    """The same for the step that a meeting agreed, while it goes on: what comes is a round of the meeting.

    Raises `NoStepAgreed`, `MeetingNotRunning`.
    """
    meeting = get_visible(session, viewer, Meeting, meeting_id)
    may_run(viewer, meeting)
    if meeting.action_step_id is None:
        raise NoStepAgreed
    if meeting.state is not MeetingState.RUNNING:
        raise MeetingNotRunning
    step = get_visible(session, viewer, ActionStep, meeting.action_step_id)
    return _make(session, viewer, step, meeting)


def get_link(session: Session, viewer: Viewer, join_link_id: str) -> tuple[JoinLink, list[Video]]:
    """Return a link of her own or of a step of hers, and the films that came by it, newest first."""
    link = get_visible(session, viewer, JoinLink, join_link_id)
    came = select(Upload.video_id).join(JoinedUpload).where(JoinedUpload.join_link_id == link.id)
    films = select(Video).where(Video.id.in_(came), visible_to(viewer, Video)).order_by(Video.id.desc())
    return link, list(session.scalars(films))


def end_link(session: Session, viewer: Viewer, join_link_id: str) -> None:
    """End a link: who made it, and the coachee. Films that were begun still arrive."""
    link = get_visible(session, viewer, JoinLink, join_link_id)
    link.ended_at = link.ended_at or utcnow()
    session.flush()


def is_join_secret(bearer: str) -> bool:
    return bearer.startswith(PREFIX)


def open_link(session: Session, secret: str) -> JoinLink:
    """Return the living link of a secret. Raises `NotSignedIn`, `JoinLinkEnded`."""
    link = _link_of(session, secret)
    check_living(link)
    return link


def viewer_by_link(session: Session, secret: str) -> Viewer:
    """Return the viewer a phone is: whose link it is, bound to what came by it.

    For a day after the link was made, so that what was begun goes on. Raises `NotSignedIn`, `JoinLinkEnded`.
    """
    link = _link_of(session, secret)
    if link.created_at + AT_MOST + GOES_ON <= utcnow():
        raise JoinLinkEnded
    return replace(Viewer.of(link.made_by), join_link_id=link.id)


def begin_film(session: Session, link: JoinLink) -> None:
    """Take note that another film is begun. Raises `JoinLinkEnded`, `TooManyFilms`."""
    check_living(link)
    sent = select(func.count()).select_from(JoinedUpload).where(JoinedUpload.join_link_id == link.id)
    if (session.scalar(sent) or 0) >= MAX_FILMS:
        raise TooManyFilms
    link.expires_at = min(utcnow() + LIVES, link.created_at + AT_MOST)


def check_living(link: JoinLink) -> None:
    if not is_living(link):
        raise JoinLinkEnded


def is_living(link: JoinLink) -> bool:
    """Whether new films can be begun by it."""
    return link.ended_at is None and link.expires_at > utcnow()


def _make(
    session: Session, viewer: Viewer, step: ActionStep, meeting: Meeting | None
) -> tuple[JoinLink, str]:
    may_add_round(session, viewer, step, RoundKind.REHEARSAL, meeting)
    now = utcnow()
    lately = (JoinLink.made_by_id == viewer.person_id, JoinLink.created_at > now - LIVES)
    if (session.scalar(select(func.count()).select_from(JoinLink).where(*lately)) or 0) >= MAX_LINKS:
        raise TooManyLinks
    secret = new_secret(PREFIX)
    link = JoinLink(
        made_by_id=viewer.person_id,
        action_step_id=step.id,
        meeting_id=meeting.id if meeting else None,
        secret_hash=fingerprint(secret),
        expires_at=now + LIVES,
    )
    session.add(link)
    session.flush()
    session.refresh(link)
    record_audit(
        session, viewer, "join_link.made", owner_id=step.coachee_id, subject_id=link.id, detail=step.wording
    )
    return link, secret


def _link_of(session: Session, secret: str) -> JoinLink:
    """Who made it must still be allowed to film for the coachee: a link ends with the pairing."""
    link = session.scalar(select(JoinLink).where(JoinLink.secret_hash == fingerprint(secret)))
    if link is None or link.made_by.disabled_at is not None:
        raise NotSignedIn("This code isn't one of ours. Please scan it again on the laptop.")
    coachee_id = link.action_step.coachee_id
    if link.made_by_id != coachee_id and not coaches_person(session, Viewer.of(link.made_by), coachee_id):
        raise JoinLinkEnded
    return link
