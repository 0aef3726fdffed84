"""Films that show two people: there is one owner to say yes, so such a film never becomes an example."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pennydrop.clips.models import Clip
from pennydrop.errors import Conflict
from pennydrop.exemplars.models import Exemplar
from pennydrop.meetings.models import Meeting, MeetingKind
from pennydrop.terms.models import TermExample
from pennydrop.videos.models import Purpose, Video


class ShowsTwoPeople(Conflict):
    """The film of a meeting shows coach and coachee, and only one of them could permit it."""

    def __init__(self, video: Video) -> None:
        super().__init__(
            f"“{video.title}” is the film of a meeting and shows two people, so it can't be shown to others. "
            "Film the model by itself, and propose that."
        )


class ShownToOthers(Conflict):
    """A film that stands as an example is to become the film of a meeting."""

    def __init__(self, video: Video) -> None:
        super().__init__(
            f"“{video.title}” is a model for others, or waits to become one. Remove it there first: "
            "what a meeting shows stays between the two of you."
        )


def must_show_one(session: Session, video: Video) -> None:
    """Raise `ShowsTwoPeople` for the film of a meeting; a drop-in's film is a lesson like any other."""
    of_a_meeting = select(Meeting.id).where(
        Meeting.film_video_id == video.id, Meeting.kind != MeetingKind.DROP_IN
    )
    if video.purpose is Purpose.MEETING or session.scalar(of_a_meeting.limit(1)) is not None:
        raise ShowsTwoPeople(video)


def must_not_be_an_example(session: Session, video: Video) -> None:
    """Raise `ShownToOthers` where the film, or a clip of it, was proposed as an example."""
    clips = select(Clip.id).where(Clip.video_id == video.id)
    model = select(Exemplar.id).where(or_(Exemplar.video_id == video.id, Exemplar.clip_id.in_(clips)))
    example = select(TermExample.id).where(TermExample.clip_id.in_(clips))
    if session.scalar(model.limit(1)) is not None or session.scalar(example.limit(1)) is not None:
        raise ShownToOthers(video)
