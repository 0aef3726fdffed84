"""Having what was made from a film made anew, where the film's original is sound; removing orphans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from pennydrop.care.check import Pace, look_at
from pennydrop.care.recorded import Kept, StoredFile
from pennydrop.care.scrub import Finding, Places
from pennydrop.clips.files import file_job, original_job
from pennydrop.clips.models import Clip
from pennydrop.db.session import transaction
from pennydrop.jobs.ledger import enqueue_orders, order
from pennydrop.jobs.models import Queue
from pennydrop.storage.sweep import Needed, forget
from pennydrop.videos.models import Rendition, RenditionName, Source, Video
from pennydrop.videos.progress import CLIP_FILE, CLIP_ORIGINAL, EXTRAS, INGEST, POSTER, PROXIES, job_key

# Nobody waits for it more than for a film that has just come.
_PRIORITY = 200
_MADE_BY = {
    RenditionName.FRAMES: INGEST,
    RenditionName.VIRTUAL: INGEST,
    RenditionName.REMUX: INGEST,
    RenditionName.POSTER: POSTER,
    RenditionName.P720: PROXIES,
    RenditionName.P360: PROXIES,
    RenditionName.STORYBOARD: EXTRAS,
    RenditionName.WAVEFORM: EXTRAS,
    RenditionName.SPEECH: EXTRAS,
}
_QUEUES = {
    INGEST: Queue.INTERACTIVE,
    POSTER: Queue.INTERACTIVE,
    PROXIES: Queue.TRANSCODE,
    EXTRAS: Queue.BULK,
}

Order = dict[str, Any]


@dataclass(slots=True)
class _Wanted:
    """What is to be made anew of one video."""

    kinds: set[str] = field(default_factory=set)
    clips: list[Order] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def repair(places: Places, findings: Iterable[Finding]) -> set[str]:
    """Do what can be done about findings, and return the keys of those about which something is done.

    What was made from a film is made anew by jobs, in the order in which one thing is made from another, if
    the film's original reads back sound. Orphans are removed. A damaged original is left as it is.
    """
    wanted: dict[str, _Wanted] = {}
    done = set()
    with transaction(places.sessions) as session:
        needed = Needed(session)
        for finding in findings:
            if finding.record is None:
                if not needed.has(finding.key):
                    forget(places.store, [finding.key])
                    done.add(finding.key)
            else:
                _want(session, finding, wanted)
    for video_id, one in wanted.items():
        if _original_is_sound(places, video_id):
            with transaction(places.sessions) as session:
                enqueue_orders(session, _orders(video_id, one))
            done |= {finding.key for finding in one.findings}
    return done


def _want(session: Session, finding: Finding, wanted: dict[str, _Wanted]) -> None:
    record = finding.record
    if record is None or record.kind is Kept.SOURCE:
        return
    if record.kind is Kept.RENDITION:
        rendition = session.get(Rendition, record.id)
        if rendition is not None:
            one = wanted.setdefault(rendition.video_id, _Wanted())
            one.kinds.add(_MADE_BY[rendition.name])
            one.findings.append(finding)
        return
    clip = session.get(Clip, record.id)
    if clip is not None:
        one = wanted.setdefault(clip.video_id, _Wanted())
        one.clips.append(_clip_order(clip, full_quality=record.kind is Kept.CLIP_ORIGINAL))
        one.findings.append(finding)


def _clip_order(clip: Clip, *, full_quality: bool) -> Order:
    return order(
        CLIP_ORIGINAL if full_quality else CLIP_FILE,
        queue=Queue.INTERACTIVE,
        unique_key=original_job(clip) if full_quality else file_job(clip),
        payload={"clip_id": clip.id, "revision": clip.revision},
        subject_id=clip.id,
        priority=_PRIORITY,
    )


def _orders(video_id: str, wanted: _Wanted) -> list[Order]:
    """Everything hangs on the first look, and storyboard and clips on the copies they may be made from."""
    orders = list(wanted.clips)
    if EXTRAS in wanted.kinds:
        orders.append(_video_order(EXTRAS, video_id))
    if PROXIES in wanted.kinds:
        orders = [_video_order(PROXIES, video_id, then=orders)]
    if POSTER in wanted.kinds:
        orders.append(_video_order(POSTER, video_id))
    if INGEST in wanted.kinds:
        orders = [_video_order(INGEST, video_id, then=orders)]
    return orders


def _video_order(kind: str, video_id: str, then: Iterable[Order] = ()) -> Order:
    return order(
        kind,
        queue=_QUEUES[kind],
        unique_key=job_key(kind, video_id),
        payload={"video_id": video_id},
        subject_id=video_id,
        priority=_PRIORITY,
        then=list(then),
    )


def _original_is_sound(places: Places, video_id: str) -> bool:
    with transaction(places.sessions) as session:
        video = session.get(Video, video_id)
        source = session.get(Source, video.source_id) if video and video.source_id else None
    if source is None:
        return False
    return look_at(places.store, StoredFile(source.key, source.size, source.sha256), Pace()).fault is None
