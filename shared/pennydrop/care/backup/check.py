"""Reading a whole backup before anything is restored from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pennydrop.care.backup.progress import Progress, Say, quiet
from pennydrop.care.backup.vault import BackupDamaged, Listing, Manifest, Vault
from pennydrop.storage.digest import sha256_of


@dataclass(frozen=True, slots=True)
class Checked:
    """What a backup holds that can be used."""

    manifest: Manifest
    damaged: list[str] = field(default_factory=list)
    """Keys of files that can't be restored from it."""
    rotten: list[str] = field(default_factory=list)
    """The sha256s that those should have."""


def check_backup(vault: Vault, name: str | None, *, say: Say = quiet) -> Checked:
    """Read one backup, by default the newest, against its own sha256s.

    Raises `BackupDamaged` where its rows or its list of files can't be trusted, and as `Vault.manifest`.
    """
    manifest = vault.manifest(name)
    folder = vault.folder(manifest.name)
    for listing in (manifest.database, manifest.objects):
        if not _is_sound(folder / listing.file, listing):
            raise BackupDamaged(folder)
    # Some keys may share their bytes: those are read once.
    sound: dict[str, bool] = {}
    damaged = []
    progress = Progress(say, "of the backup read", manifest.files)
    for file in vault.files(manifest):
        progress.count(file.size)
        if file.sha256 not in sound:
            path = vault.object_path(file.sha256)
            sound[file.sha256] = _is_sound(path, Listing(path.name, file.size, file.sha256))
        if not sound[file.sha256]:
            damaged.append(file.key)
    return Checked(manifest, damaged, [sha256 for sha256, whole in sound.items() if not whole])


def _is_sound(path: Path, expected: Listing) -> bool:
    try:
        return path.stat().st_size == expected.size and sha256_of(path) == expected.sha256
    except OSError:
        return False
