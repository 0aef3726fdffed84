"""Findings in plain words: what is wrong with what of whom, and what to do."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.care.check import Fault
from pennydrop.care.recorded import Kept, Recorded
from pennydrop.care.scrub import Finding
from pennydrop.clips.models import Clip
from pennydrop.videos.models import Purpose, Rendition, RenditionName, Source, Video

_RENDITIONS = {
    RenditionName.VIRTUAL: "The header by which the original plays",
    RenditionName.REMUX: "The copy that plays as it was filmed",
    RenditionName.P720: "The 720p copy",
    RenditionName.P360: "The 360p copy",
    RenditionName.FRAMES: "The table of frames",
    RenditionName.POSTER: "The picture for lists",
    RenditionName.STORYBOARD: "The storyboard",
    RenditionName.WAVEFORM: "The waveform",
    RenditionName.SPEECH: "The map of speech",
}
_PURPOSES = {
    Purpose.LESSON: "a lesson",
    Purpose.MODEL: "a model",
    Purpose.REHEARSAL: "a rehearsal",
    Purpose.MEETING: "a meeting",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One finding as a technician reads it. Titles of films are nobody's business here."""

    fault: Fault
    key: str
    what: str
    """What file it is, of which film of whom."""
    says: str
    to_do: str
    repairing: bool
    """Whether something was done about it."""


def tell(
    session: Session, findings: Sequence[Finding], *, repairing: Set[str], healed: Set[str]
) -> list[Told]:
    """Put findings into words. One whose film was deleted meanwhile isn't one any more.

    `repairing` and `healed` are the keys of those that are being made anew and that came from a backup.
    """
    lost = {
        one.record.id
        for one in findings
        if one.record is not None and one.record.kind is Kept.SOURCE and one.key not in healed
    }
    told = []
    for one in findings:
        if one.record is None:
            told.append(_orphan(one, removed=one.key in repairing))
            continue
        part, video = _part(session, one.record)
        if video is not None:
            what = f"{part} of {_film(video)}"
            to_do = _to_do(one, video, repairing, healed, original_is_lost=video.source_id in lost)
            says = f"{what} is {one.fault}: {one.why}."
            told.append(Told(one.fault, one.key, what, says, to_do, one.key in repairing | healed))
    return told


def _orphan(finding: Finding, *, removed: bool) -> Told:
    what = f"The stored file {finding.key} belongs to no film"
    to_do = "Removed." if removed else "It does no harm. To remove it, type: pennydrop scrub --repair"
    return Told(finding.fault, finding.key, what, f"{what}: {finding.why}.", to_do, removed)


def _part(session: Session, record: Recorded) -> tuple[str, Video | None]:
    if record.kind is Kept.SOURCE:
        query = select(Video).join(Source, Video.source_id == Source.id).where(Source.id == record.id)
        return "The original", session.scalars(query.order_by(Video.id).limit(1)).one_or_none()
    if record.kind is Kept.RENDITION:
        rendition = session.get(Rendition, record.id)
        video = session.get(Video, rendition.video_id) if rendition else None
        return _RENDITIONS[RenditionName(record.name or "")], video
    clip = session.get(Clip, record.id)
    quality = " in full quality" if record.kind is Kept.CLIP_ORIGINAL else ""
    return f"The file of a clip{quality}", clip.video if clip else None


def _film(video: Video) -> str:
    owner = video.owner
    day = f"{video.created_at:%d %B %Y}".lstrip("0")
    return f"{_PURPOSES[video.purpose]} of {owner.name} ({owner.school.name}), sent on {day} ({video.id})"


def _to_do(
    finding: Finding, video: Video, repairing: Set[str], healed: Set[str], *, original_is_lost: bool
) -> str:
    if finding.key in healed:
        return "It was brought back from a backup and is sound again."
    if finding.key in repairing:
        return "It is being made anew from the original."
    from_backup = "pennydrop scrub --repair --from FOLDER-OF-BACKUPS"
    if finding.record is not None and finding.record.kind is Kept.SOURCE:
        return (
            f"An original can't be made anew. Bring it back from a backup by typing {from_backup}, or ask "
            f"{video.owner.name} whether the film is still on the phone. Copies made from it go on playing."
        )
    if original_is_lost:
        return f"It can't be made anew, for the original isn't sound either. Type: {from_backup}"
    return "It can be made anew from the original. Type: pennydrop scrub --repair"
