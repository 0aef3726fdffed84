"""Reading what is stored against what rows know: what is damaged, missing, or nobody's."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from pennydrop.care.adopt import note_beside, note_sha256, sheets_named_in
from pennydrop.care.check import Fault, Pace, look_at
from pennydrop.care.models import ScrubMark
from pennydrop.care.recorded import Kept, Recorded, StoredFile, as_it_is_now, recorded
from pennydrop.clock import utcnow
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.storage.port import ObjectStore
from pennydrop.storage.sweep import Needed

# Tidying removes what nobody needs an hour after it came, every hour: what is older, it has not removed.
GRACE = timedelta(hours=3)
_ROWS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Finding:
    """One file that isn't as it should be."""

    fault: Fault
    key: str
    why: str
    record: Recorded | None
    """What refers to it; None for an orphan."""


@dataclass(slots=True)
class Report:
    """What a run read and found."""

    findings: list[Finding] = field(default_factory=list)
    files: int = 0
    bytes: int = 0
    newly_noted: int = 0
    """Files whose sha256 wasn't known until this run read them."""
    unproven: int = 0
    """Films that came lately and whose proof is still to be made."""
    stored: int = 0
    """How many files there are in the store, whosever they are."""
    reached_the_end: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Where rows and objects are."""

    sessions: SessionMaker
    store: ObjectStore


def scrub(
    places: Places,
    *,
    bytes_per_s: float = 0.0,
    limit_s: float | None = None,
    grace: timedelta = GRACE,
) -> Report:
    """Read stored files and report what is wrong with them.

    Without `limit_s` everything is read. With it, a run goes on where the last one stopped, ends after the
    file at which the time is up, and the one after the last begins anew: nightly runs go through everything
    in turn, and one that is killed costs what it read since its last page of rows. Raises `Unavailable`
    where the database or the store doesn't answer.
    """
    report, pace = Report(), Pace(bytes_per_s)
    ends = None if limit_s is None else time.monotonic() + limit_s
    after, faults_so_far = ("", 0) if ends is None else _mark(places.sessions)
    while True:
        with transaction(places.sessions) as session:
            page = recorded(session, after, _ROWS_AT_ONCE)
        if not page:
            report.reached_the_end = True
            break
        for record in page:
            _look_into(places, record, pace, report)
            after = record.place
            if ends is not None and time.monotonic() >= ends:
                break
        if ends is not None:
            _set_mark(places.sessions, after, faults_so_far + len(report.findings))
            if time.monotonic() >= ends:
                break
    report.bytes = pace.read
    if report.reached_the_end:
        _set_mark(places.sessions, "", faults_so_far + len(report.findings), whole=True)
    report.findings += _orphans(places, grace, report)
    return report


def _look_into(places: Places, record: Recorded, pace: Pace, report: Report) -> None:
    for file in record.files:
        looked = look_at(places.store, file, pace)
        report.files += 1
        if looked.fault is not None:
            if _is_still_so(places.sessions, record, file):
                report.findings.append(Finding(looked.fault, file.key, looked.why, record))
            if file == record.files[0]:
                # What lies beside it is made anew with it.
                return
        elif file.sha256 is None and record.kind is Kept.SOURCE:
            report.unproven += 1
        elif file.sha256 is None:
            report.newly_noted += 1
            with transaction(places.sessions) as session:
                note_sha256(session, record, looked.sha256)
    if not record.knows_all:
        _look_beside(places, record, pace, report)


def _look_beside(places: Places, record: Recorded, pace: Pace, report: Report) -> None:
    beside, whole = sheets_named_in(places.store, record, pace)
    report.files += len(beside)
    if whole:
        report.newly_noted += len(beside)
        with transaction(places.sessions) as session:
            note_beside(session, record, beside)
    elif _is_still_so(places.sessions, record, record.files[0]):
        why = "pictures that it names aren't there any more"
        report.findings.append(Finding(Fault.MISSING, record.files[0].key, why, record))


def _is_still_so(sessions: SessionMaker, record: Recorded, file: StoredFile) -> bool:
    """Whether the row still wants that file: a film may be deleted, a clip cut anew, while we read."""
    with transaction(sessions) as session:
        now = as_it_is_now(session, record)
    return now is not None and any(one.key == file.key for one in now.files)


def _orphans(places: Places, grace: timedelta, report: Report) -> Iterator[Finding]:
    """Find what is older than `grace` and not needed, neither before nor after looking."""
    oldest = utcnow() - grace
    aged = []
    for found in places.store.list():
        report.stored += 1
        if found.modified_at < oldest:
            aged.append(found.key)
    for _ in range(2):
        if aged:
            with transaction(places.sessions) as session:
                needed = Needed(session)
            aged = [key for key in aged if not needed.has(key)]
    for key in sorted(aged):
        yield Finding(Fault.ORPHAN, key, "nothing refers to it", None)


def _mark(sessions: SessionMaker) -> tuple[str, int]:
    """Return where the pass goes on, and how many faults it has found so far."""
    with transaction(sessions) as session:
        mark = session.get(ScrubMark, 1)
        return (mark.after, mark.faults) if mark else ("", 0)


def _set_mark(sessions: SessionMaker, after: str, faults: int, *, whole: bool = False) -> None:
    with transaction(sessions) as session:
        mark = session.get(ScrubMark, 1)
        if mark is None:
            mark = ScrubMark(id=1, faults_before=0)
            session.add(mark)
        mark.after, mark.faults = after, faults
        if whole:
            mark.whole_at, mark.faults_before, mark.faults = utcnow(), faults, 0
