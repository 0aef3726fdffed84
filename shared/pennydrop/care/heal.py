"""Bringing single files back from the backups: what no job can make anew, above all originals."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from pennydrop.care.backup.vault import Vault
from pennydrop.care.check import Pace, look_at
from pennydrop.care.recorded import StoredFile
from pennydrop.care.scrub import Finding
from pennydrop.ids import new_id
from pennydrop.storage.digest import sha256_of
from pennydrop.storage.port import ObjectStore


def heal(store: ObjectStore, vault: Vault, findings: Iterable[Finding], scratch: Path) -> set[str]:
    """Put back each file that any backup holds whole, and return the keys of those that are sound again."""
    return {finding.key for finding in findings if _heal(store, vault, finding, scratch)}


def _heal(store: ObjectStore, vault: Vault, finding: Finding, scratch: Path) -> bool:
    wanted = _wanted(finding)
    if wanted is None or wanted.sha256 is None or wanted.size is None:
        return False
    if not vault.has(wanted.sha256, wanted.size):
        return False
    scratch.mkdir(parents=True, exist_ok=True)
    copy = scratch / f"heal-{new_id()}"
    try:
        shutil.copyfile(vault.object_path(wanted.sha256), copy)
        if sha256_of(copy) != wanted.sha256:
            return False
        store.put_file(wanted.key, copy)
    finally:
        copy.unlink(missing_ok=True)
    return look_at(store, wanted, Pace()).fault is None


def _wanted(finding: Finding) -> StoredFile | None:
    files = finding.record.files if finding.record else ()
    return next((file for file in files if file.key == finding.key), None)
