"""Moments in from WebVTT files: all of a file or nothing, and never twice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import webvtt
from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may import may_mark
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.changes.feed import record as record_change
from pennydrop.coaching.models import ActionStep, ActionStepCriterion
from pennydrop.errors import Invalid, TooLarge
from pennydrop.moments import cues
from pennydrop.moments.cues import Cue
from pennydrop.moments.mark import check_room, place
from pennydrop.moments.models import Moment, Reply
from pennydrop.moments.rules import clean_terms, clean_text
from pennydrop.people.models import Person
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.models import Video

MAX_BYTES = 1_000_000
MAX_NAME = 200
# WebVTT, section 4.1: the word, then the end of its line or a space and whatever one likes.
_SIGNATURE = re.compile(r"WEBVTT(?:[ \t\r\n]|$)")


@dataclass(frozen=True, slots=True)
class Problem:
    line: int
    detail: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import added, or would add; with problems it adds nothing."""

    added: int
    already_there: int
    problems: Sequence[Problem]
    moments: Sequence[Moment]


class MomentsUnreadable(Invalid):
    """Some cues of a file can't become moments; the sentence names their lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        shown = " ".join(f"Line {one.line}: {one.detail}" for one in problems[:5])
        more = f" And {len(problems) - 5} more." if len(problems) > 5 else ""
        super().__init__(f"Nothing was imported. {shown}{more}")


def from_vtt(
    session: Session, viewer: Viewer, video_id: str, *, body: bytes, store: ObjectStore, dry_run: bool = False
) -> Imported:
    """Add the moments of a WebVTT file (UTF-8, 1 MB at most) to a video, all of them or none.

    Whoever imports is their author; a name in the file that isn't hers is kept beside it as `credited_to`.
    A cue that is on this video already, because it was exported from here or imported before, is left alone.
    A criterion is found again by its wording among the owner's steps. A dry run reports and changes nothing.
    Raises `MomentsUnreadable`, `Invalid` or `TooLarge`.
    """
    video = get_visible(session, viewer, Video, video_id)
    may_mark(session, viewer, video)
    me = session.get_one(Person, viewer.person_id)
    known, criteria = _known(session, video), _criteria(session, video)
    moments, problems, already = list[Moment](), list[Problem](), 0
    for line, block in _blocks(_decoded(body)):
        try:
            cue = cues.read_block(block)
            key = _key(cue)
            if key in known:
                already += 1
                continue
            known.add(key)
            moments.append(_moment(video, me, cue, key, criteria, store))
        except webvtt.errors.MalformedCaptionError:
            reason = "this isn't a cue: its times should look like 00:01:05.000 --> 00:01:15.000."
            problems.append(Problem(line, reason))
        except Invalid as error:
            problems.append(Problem(line, error.detail))
    if not dry_run:
        if problems:
            raise MomentsUnreadable(problems)
        check_room(session, video, more=len(moments))
        session.add_all(moments)
        session.flush()
        if moments:
            record_change(session, "moment", moments[-1].id, video_id=video.id)
    return Imported(len(moments), already, problems, [] if dry_run else moments)


def _decoded(body: bytes) -> str:
    if len(body) > MAX_BYTES:
        raise TooLarge("That file is larger than 1 MB. The moments of a lesson take far less.")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("That file isn't UTF-8 text. Save it as UTF-8 and try again.") from None
    if not _SIGNATURE.match(text):
        raise Invalid("Line 1: that file doesn't begin with WEBVTT, so it isn't a WebVTT file.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield each cue block with its first line's number; comments, styles and regions are passed over."""
    block, first = list[str](), 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line:
            first = first if block else number
            block.append(line)
        elif block:
            header = first == 1
            about = block[0].split(maxsplit=1)[0] if block[0].strip() else ""
            if not header and about not in ("NOTE", "STYLE", "REGION"):
                yield first, "\n".join(block)
            block = []


def _known(session: Session, video: Video) -> set[str]:
    rows = session.execute(select(Moment.id, Moment.import_key).where(Moment.video_id == video.id))
    return {key for row in rows for key in row if key is not None}


def _criteria(session: Session, video: Video) -> dict[str, str]:
    """The owner's criteria by wording; of equal ones, that of the newest step."""
    query = (
        select(ActionStepCriterion.text, ActionStepCriterion.id)
        .join(ActionStep, ActionStep.id == ActionStepCriterion.action_step_id)
        .where(ActionStep.coachee_id == video.owner_id)
        .order_by(ActionStep.id)
    )
    return dict(session.execute(query).all())


def _key(cue: Cue) -> str:
    """Name a cue: by the id our own exports carry, else by all it holds (`1`, `2`, `3` say nothing)."""
    if cue.identifier and len(cue.identifier) == 26 and cue.identifier.isalnum():
        return cue.identifier
    return hashlib.sha256(repr(cue).encode()).hexdigest()


def _moment(
    video: Video, me: Person, cue: Cue, key: str, criteria: dict[str, str], store: ObjectStore
) -> Moment:
    start_ms, end_ms = place(store, video, cue.start_ms, cue.end_ms)
    return Moment(
        video_id=video.id,
        author_id=me.id,
        author=me,
        start_ms=start_ms,
        end_ms=end_ms,
        kind=cue.kind,
        text=clean_text(cue.text),
        terms=clean_terms(cue.terms),
        criterion_id=criteria.get(cue.criterion or ""),
        credited_to=_credit(cue.author, me),
        import_key=key,
        replies=[
            Reply(
                author_id=me.id,
                author=me,
                text=clean_text(reply.text, "reply"),
                credited_to=_credit(reply.author, me),
            )
            for reply in cue.replies
        ],
    )


def _credit(name: str | None, me: Person) -> str | None:
    return None if name is None or name == me.name else name[:MAX_NAME]
