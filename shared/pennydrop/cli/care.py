"""Looking after what is stored: `pennydrop scrub`."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta
from pathlib import Path

from pennydrop.care.backup.vault import Vault
from pennydrop.care.check import Fault
from pennydrop.care.heal import heal
from pennydrop.care.installation import hold_together
from pennydrop.care.repair import repair
from pennydrop.care.scrub import Finding, Places, Report, scrub
from pennydrop.care.tell import Told, tell
from pennydrop.cli.speaking import counted
from pennydrop.db import migrate
from pennydrop.db.session import make_engine, make_sessions, transaction
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store
from pennydrop.storage.sweep import is_too_much, sweep

FAULTS = 3
"""The exit code of a scrub that found something: 1 and 2 mean that it couldn't look."""


def run_scrub(
    settings: Settings,
    *,
    minutes: float | None,
    megabytes_per_s: float,
    grace_minutes: float,
    repairs: bool,
    as_json: bool,
    backups: Path | None,
) -> int:
    """Scrub, say what was found, and return the exit code."""
    migrate.check(settings.database)
    engine, store = make_engine(settings.database, patient=True), open_store(settings)
    hold_together(engine, store)
    places = Places(make_sessions(engine), store)
    report = scrub(
        places,
        bytes_per_s=megabytes_per_s * 1e6,
        limit_s=None if minutes is None else minutes * 60,
        grace=timedelta(minutes=grace_minutes),
    )
    healed: set[str] = set()
    repairing: set[str] = set()
    if repairs:
        if backups is not None:
            vault = Vault(backups)
            with vault.held():
                healed = heal(places.store, vault, report.findings, settings.scratch)
        repairing = repair(places, [one for one in _to_repair(report) if one.key not in healed])
    with transaction(places.sessions) as session:
        told = tell(session, report.findings, repairing=repairing, healed=healed)
    print(_as_json(report, told) if as_json else _in_words(report, told))
    return FAULTS if told else 0


def _to_repair(report: Report) -> list[Finding]:
    """Leave alone what is nobody's where that is so much that the database may be the wrong one."""
    orphans = sum(one.fault is Fault.ORPHAN for one in report.findings)
    if not is_too_much(orphans, report.stored):
        return report.findings
    return [one for one in report.findings if one.fault is not Fault.ORPHAN]


def run_sweep(settings: Settings, *, however_much: bool) -> None:
    """Tidy the store now, and say what was removed. Raises `SweepStopped`, and as `hold_together`."""
    migrate.check(settings.database)
    engine, store = make_engine(settings.database, patient=True), open_store(settings)
    hold_together(engine, store)
    removed = sweep(store, make_sessions(engine), however_much=however_much)
    print(f"{counted(removed, 'stored file')} of nobody's removed.")


def _as_json(report: Report, told: list[Told]) -> str:
    found = {
        "files": report.files,
        "bytes": report.bytes,
        "newly_noted": report.newly_noted,
        "unproven": report.unproven,
        "reached_the_end": report.reached_the_end,
        "findings": [dataclasses.asdict(one) for one in told],
    }
    return json.dumps(found, indent=2, ensure_ascii=False)


def _in_words(report: Report, told: list[Told]) -> str:
    lines = [line for one in told for line in (one.says, f"   {one.to_do}")]
    lines.append(f"{counted(report.files, 'file')} read, {report.bytes / 1e6:,.1f} MB.")
    if report.newly_noted:
        lines.append(f"{counted(report.newly_noted, 'file')} of an earlier version: sha256 noted now.")
    if report.unproven:
        lines.append(
            f"{counted(report.unproven, 'film')} still waiting to be proven: only the size is known."
        )
    if not report.reached_the_end:
        lines.append("The time was up before the end: the next scrub with --minutes goes on from there.")
    counts = ", ".join(f"{sum(one.fault is fault for one in told)} {fault}" for fault in Fault)
    lines.append(f"{counted(len(told), 'fault')}: {counts}." if told else "Nothing is wrong.")
    return "\n".join(lines)
