"""`pennydrop backups`: what a folder of backups holds."""

from __future__ import annotations

from pathlib import Path

from pennydrop.care.backup.vault import Vault
from pennydrop.cli.speaking import counted

INCOMPLETE = 3
"""The exit code where a backup lacks files of its own."""


def tell(folder: Path) -> int:
    """List the backups, oldest first, and return the exit code. Raises `NoBackupThere`, `BackupNewer`.

    A backup is whole where each of its files is there with its size; what is in them isn't read.
    """
    vault = Vault(folder)
    names = vault.names()
    vault.manifest()  # says so where there is none
    lacking = 0
    for name in names:
        manifest = vault.manifest(name)
        missing = sum(not vault.has(file.sha256, file.size) for file in vault.files(manifest))
        lacking += bool(missing)
        state = f"NOT whole: {counted(missing, 'file')} missing" if missing else "whole"
        print(
            f"{name}  {counted(manifest.rows, 'row')}, {counted(manifest.files, 'file')}, "
            f"{manifest.bytes / 1e6:,.1f} MB, {state}"
        )
    print("To read all of one type: pennydrop restore DIR --backup NAME --check")
    return INCOMPLETE if lacking else 0
