"""Backups of a Pennydrop that works, killed and taken again, and a new one that grows from them."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.factories import films
from tests.support.house import House, running_house, until

pytestmark = pytest.mark.media

_COMMAND = (sys.executable, "-m", "pennydrop.cli.main")


def command(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PENNYDROP_DATA": str(data)}
    return subprocess.run([*_COMMAND, *words], capture_output=True, text=True, env=environment, check=False)


def killed_in_the_middle(data: Path, vault: Path) -> None:
    """Take a backup and kill it once some files are copied."""
    environment = {**os.environ, "PENNYDROP_DATA": str(data)}
    process = subprocess.Popen([*_COMMAND, "backup", str(vault)], env=environment, stdout=subprocess.DEVNULL)
    until(lambda: len(list(vault.glob("objects/??/*"))) >= 3 or None, pause_s=0.001)
    process.kill()
    process.wait()


def played(client: httpx.Client, video: dict[str, Any]) -> dict[str, str]:
    """The sha256 of what each quality of a film plays."""
    return {
        quality["name"]: hashlib.sha256(client.get(quality["mp4"]).content).hexdigest()
        for quality in video["qualities"]
    }


def videos_of(house: House, client: httpx.Client) -> dict[str, dict[str, Any]]:
    found = client.get("/api/v1/videos", params={"limit": 100}).json()["items"]
    return {one["id"]: house.video(client, one["id"]) for one in found}


def test_a_backup_taken_while_films_arrive_brings_back_all_but_what_was_erased(tmp_path: Path) -> None:
    vault = tmp_path / "usb" / "backups"
    some = [
        films.a_phone_film(tmp_path / f"{n}.mp4", seconds=2.0 + n, width=160, height=90) for n in range(2)
    ]
    with running_house(tmp_path / "school") as house:
        with house.as_("ta") as ta, house.as_("coach") as coach:
            sent = [house.send(ta, film) for film in some]
            for video in sent:
                assert house.wait_for(ta, video, "ready")["state"] == "ready"
            hers = house.send(coach, some[0])
            house.wait_for(coach, hers, "ready")

            over = threading.Event()

            def keep_sending() -> None:
                with house.as_("ta") as sender:
                    number = 0
                    while not over.is_set():
                        number += 1
                        film = tmp_path / f"late-{number}.mp4"
                        film.write_bytes(some[0].read_bytes() + b"\0\0\0\x08free" * number)
                        house.send(sender, film)

            sending = threading.Thread(target=keep_sending)
            sending.start()
            try:
                killed_in_the_middle(house.data, vault)
                assert list(vault.glob("backups/[0-9]*")) == []
                said = command(house.data, "backup", str(vault))
            finally:
                over.set()
                sending.join()
            assert said.returncode == 0, said.stderr
            assert "copied now" in said.stdout
            before = played(ta, house.video(ta, sent[0]))

            # What happens after the backup: a film goes, and so does somebody.
            assert ta.delete(f"/api/v1/videos/{sent[1]}").status_code == 204
            erased = command(house.data, "person", "erase", "--email", house.email("coach"), "--yes")
            assert erased.returncode == 0, erased.stderr
            older = next(vault.glob("backups/[0-9]*")).name
        assert command(house.data, "backup", str(vault)).returncode == 0

    again = tmp_path / "again" / "data"
    done = command(again, "restore", str(vault), "--backup", older)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "done again" in done.stdout
    refused = command(again, "restore", str(vault))
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert command(again, "scrub").returncode == 0
    with running_house(tmp_path / "again") as new:
        with new.as_("ta") as ta:
            there = videos_of(new, ta)
            assert sent[0] in there
            assert sent[1] not in there
            assert hers not in there
            assert played(ta, there[sent[0]]) == before
        with pytest.raises(Exception, match="No row was found"):
            new.as_("coach")
