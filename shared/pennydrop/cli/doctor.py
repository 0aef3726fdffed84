"""`pennydrop doctor`: what is missing or misconfigured, in plain words."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from enum import Enum
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pennydrop.cli.speaking import counted
from pennydrop.sentences import sentence_of
from pennydrop.settings import GIB, NO_SETTINGS, Settings, names_of_settings

if TYPE_CHECKING:
    from pennydrop.care.standing import Standing


class Verdict(Enum):
    FINE = "ok"
    ODD = "--"
    """Works, though not as well as it could."""
    BROKEN = "!!"


@dataclass(frozen=True, slots=True)
class Finding:
    verdict: Verdict
    subject: str
    sentence: str


_API = "pennydrop_api"
_OPEN_FILMS = ("pennydrop_transcoder", "pennydrop_worker")

Check = Callable[[Settings], Iterator[Finding]]


def report(settings: Settings) -> int:
    """Print what every check found; return 1 when something is broken, else 0."""
    findings = [finding for check in _checks(settings) for finding in _run(check, settings)]
    for finding in findings:
        print(f"{finding.verdict.value:<3} {finding.subject:<11} {finding.sentence}")
    broken = sum(finding.verdict is Verdict.BROKEN for finding in findings)
    print("\nEverything needed is there." if not broken else f"\n{broken} to put right, marked !! above.")
    return 1 if broken else 0


def _checks(settings: Settings) -> tuple[Check, ...]:
    """Return what can be looked at: without a data folder only the machine, for the doctor makes none."""
    if not settings.data.is_dir():
        return (*OF_THE_MACHINE, _no_data)
    return (*OF_THE_MACHINE, *OF_THE_DATA, *(OF_THE_ROWS if _has_rows(settings) else ()))


def _has_rows(settings: Settings) -> bool:
    """Whether there are rows to ask. Where there aren't, `_database` says why."""
    from sqlalchemy import inspect

    from pennydrop.db.migrate import demand
    from pennydrop.db.session import make_engine
    from pennydrop.db.tables import Base

    try:
        demand(settings.database)
        there = inspect(make_engine(settings.database)).get_table_names()
    except Exception:  # as above
        return False
    return Base.metadata.tables.keys() <= set(there)


def _run(check: Check, settings: Settings) -> list[Finding]:
    try:
        return list(check(settings))
    except Exception as error:  # whatever is wrong is what the doctor is asked about
        why = sentence_of(error) or f"{type(error).__name__}: {error}".splitlines()[0]
    return [Finding(Verdict.BROKEN, (check.__name__).strip("_"), why)]


def _version(settings: Settings) -> Iterator[Finding]:
    yield Finding(Verdict.FINE, "Pennydrop", version("pennydrop"))


def _settings(settings: Settings) -> Iterator[Finding]:
    for name in sorted(name for name in os.environ if name.startswith("PENNYDROP_")):
        if name in names_of_settings() | NO_SETTINGS:
            continue
        near = get_close_matches(name, names_of_settings(), 1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        yield Finding(Verdict.BROKEN, "settings", f"{name} is no setting{hint}.")
    if "example" in (urlsplit(settings.public_url).hostname or "").split("."):
        advice = "Set PENNYDROP_PUBLIC_URL to the address people type: links in invitations begin with it."
        yield Finding(Verdict.BROKEN, "settings", f"{settings.public_url} is only an example. {advice}")


def _python(settings: Settings) -> Iterator[Finding]:
    found = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= (3, 11)
    yield _judge(good, "Python", found, f"{found} is too old: Pennydrop needs 3.11 or newer.")


def _ffmpeg(settings: Settings) -> Iterator[Finding]:
    if not _here(*_OPEN_FILMS):
        return
    from pennydrop.media.tools import demand_tools

    demand_tools()
    first = _ask_ffmpeg("-version").splitlines()[0]
    yield Finding(Verdict.FINE, "ffmpeg", " ".join(first.split()[:3]))
    encoders, filters = _ask_ffmpeg("-encoders"), _ask_ffmpeg("-filters")
    missing = [name for name in ("libx264", "aac", "mjpeg") if f" {name} " not in encoders]
    missing += [name for name in ("scale", "yadif", "tonemap", "zscale") if f" {name} " not in filters]
    complaint = f"was built without {', '.join(missing)}. On Debian or Ubuntu type: apt-get install ffmpeg"
    yield _judge(not missing, "ffmpeg", "has the encoders and filters that films need", complaint)


def _ask_ffmpeg(question: str) -> str:
    return subprocess.run(
        ["ffmpeg", "-hide_banner", question], capture_output=True, text=True, check=True, timeout=20
    ).stdout


def _pyav(settings: Settings) -> Iterator[Finding]:
    if not _here(*_OPEN_FILMS):
        return
    yield Finding(Verdict.FINE, "PyAV", version("av"))


def _sandbox(settings: Settings) -> Iterator[Finding]:
    if not _here(*_OPEN_FILMS):
        return
    from pennydrop.media.sandbox import sandbox_report

    found = sandbox_report()
    yield Finding(Verdict.FINE, "sandbox", f"films are opened with {found.level}")
    worse = Verdict.BROKEN if settings.sandbox == "required" else Verdict.ODD
    for sentence in found.sentences:
        yield Finding(worse, "sandbox", sentence)


def _no_data(settings: Settings) -> Iterator[Finding]:
    from pennydrop.db.migrate import NoPennydropHere

    yield Finding(Verdict.BROKEN, "data folder", NoPennydropHere(settings.data.absolute()).detail)


def _storage(settings: Settings) -> Iterator[Finding]:
    from pennydrop.storage import keys
    from pennydrop.storage.open import open_store

    store = open_store(settings)
    store.put_bytes(keys.PROBE, b"pennydrop")
    good = store.read(keys.PROBE) == b"pennydrop"
    store.delete(keys.PROBE)
    yield _judge(good, "storage", "can be written and read", "doesn't give back what was written to it.")
    settings.scratch.mkdir(parents=True, exist_ok=True)
    yield _room(settings, "disk", shutil.disk_usage(settings.scratch).free)
    if settings.room_folder is not None and (free := store.free_bytes()) is not None:
        yield _room(settings, "bucket's disk", free)


def _room(settings: Settings, disk: str, free: int) -> Finding:
    room, keep = f"{free / GIB:.1f} GiB free", settings.keep_free_bytes
    complaint = f"{room}; uploads stop below {keep / GIB:.1f} GiB. Please make room, or set PENNYDROP_DATA."
    return _judge(free > keep, disk, room, complaint)


def _database(settings: Settings) -> Iterator[Finding]:
    from pennydrop.db.migrate import current, demand, newest
    from pennydrop.db.session import make_engine

    demand(settings.database)
    with make_engine(settings.database).connect() as connection:
        kind, revision = connection.dialect.name, current(connection)
    yield Finding(Verdict.FINE, "database", f"{kind} answers")
    complaint = f"is at revision {revision or 'none'}, not {newest()}. Type: pennydrop migrate"
    yield _judge(revision == newest(), "database", f"is at revision {newest()}", complaint)


def _films(settings: Settings) -> Iterator[Finding]:
    from pennydrop.care.installation import demand_together
    from pennydrop.db.session import make_engine, make_sessions
    from pennydrop.storage.open import open_store

    demand_together(make_sessions(make_engine(settings.database)), open_store(settings))
    yield Finding(Verdict.FINE, "films", "belong to the database")


def _sweeps(settings: Settings) -> Iterator[Finding]:
    from sqlalchemy import select

    from pennydrop.db.session import make_engine, make_readers
    from pennydrop.jobs.models import Job, JobState
    from pennydrop.storage.sweep import SWEEP

    with make_readers(make_engine(settings.database))() as session:
        stopped = select(Job.error_detail).where(Job.kind == SWEEP, Job.state == JobState.FAILED)
        for why in session.scalars(stopped):
            yield Finding(Verdict.BROKEN, "tidying", str(why))


def _broker(settings: Settings) -> Iterator[Finding]:
    from pennydrop.jobs.broker import make_celery

    where = settings.broker_url.rpartition("@")[2] or "the data folder"
    try:
        with make_celery("pennydrop.doctor", settings).connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=3)
    except Exception as error:  # each broker's client has its own
        why = f"{where} doesn't answer: {error} Work is done all the same, only seconds later."
        yield Finding(Verdict.BROKEN, "broker", why)
    else:
        yield Finding(Verdict.FINE, "broker", f"{where} takes messages")


def _services(settings: Settings) -> Iterator[Finding]:
    from pennydrop.db.session import make_engine, make_readers
    from pennydrop.jobs import beats

    with make_readers(make_engine(settings.database))() as session:
        alive = beats.alive(session)
    for service in beats.SERVICES:
        if service in alive:
            yield Finding(Verdict.FINE, service, "is running")
        else:
            # Not broken: the doctor may be asked before anything is started.
            yield Finding(Verdict.ODD, service, f"isn't running. Type: pennydrop up (or pennydrop {service})")


def _care(settings: Settings) -> Iterator[Finding]:
    from pennydrop.care.standing import standing
    from pennydrop.db.session import make_engine, make_readers

    with make_readers(make_engine(settings.database))() as session:
        now = standing(session)
    yield _backup(now)
    if now.same_disk:
        yield Finding(Verdict.ODD, "backup", "lies on the films' own disk: when that breaks, it is gone too")
    if now.scrub_faults:
        found = f"{counted(now.scrub_faults, 'file')} found damaged or missing. Type: pennydrop scrub"
        yield Finding(Verdict.BROKEN, "scrub", found)
    if now.scrub_age is None:
        yield Finding(Verdict.ODD, "scrub", "what is stored was never read through. Type: pennydrop scrub")
    else:
        yield Finding(Verdict.FINE, "scrub", f"all that is stored was read {_ago(now.scrub_age)}")


def _backup(now: Standing) -> Finding:
    if now.backup_age is None:
        return Finding(Verdict.ODD, "backup", "no whole one was ever taken. Type: pennydrop backup DIR")
    said = f"the last whole one was taken {_ago(now.backup_age)}"
    if now.is_late:
        return Finding(Verdict.BROKEN, "backup", f"{said}. Type: pennydrop backup DIR")
    if not now.latest_is_whole:
        return Finding(Verdict.ODD, "backup", f"{said}; a later one lacks files. Type: pennydrop scrub")
    return Finding(Verdict.FINE, "backup", said)


def _ago(age: timedelta) -> str:
    return f"{counted(age.days, 'day')} ago" if age.days else "within the last day"


def _put_aside(settings: Settings) -> Iterator[Finding]:
    from pennydrop.care.backup.restore import put_aside

    for path in put_aside(settings.database):
        sentence = f"{path} was put aside by a restore; what is erased now stays in it. Delete it soon."
        yield Finding(Verdict.ODD, "old rows", sentence)


def _web(settings: Settings) -> Iterator[Finding]:
    root = settings.web_root
    if not _here(_API):
        return
    if root is not None and not (root / "index.html").is_file():
        yield Finding(Verdict.BROKEN, "web app", f"there is no index.html in {root} (PENNYDROP_WEB_ROOT).")


def _here(*packages: str) -> bool:
    """Say whether any of these services is installed here: an image holds one of them."""
    return any(find_spec(package) is not None for package in packages)


def _judge(good: bool, subject: str, praise: str, complaint: str) -> Finding:
    return Finding(Verdict.FINE if good else Verdict.BROKEN, subject, praise if good else complaint)


OF_THE_MACHINE: tuple[Check, ...] = (_version, _python, _settings, _ffmpeg, _pyav, _sandbox, _web)
OF_THE_DATA: tuple[Check, ...] = (_storage, _database, _broker, _put_aside)
OF_THE_ROWS: tuple[Check, ...] = (_films, _sweeps, _services, _care)
