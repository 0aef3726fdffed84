"""A crowd that sends films while processes are killed at random, and what came of it."""

from __future__ import annotations

import secrets
import struct
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.killer import Killer
from tests.chaos.losses import Losses, losses, settle
from tests.chaos.sender import Sent, mark_and_clip, send
from tests.factories.films import a_phone_film, an_old_phone_film
from tests.support.house import House, running_house

SETTLES_WITHIN_S = 60.0
_EVERY_OTHER = 4
"""One film of so many doesn't play as it is, so that its copies are somebody's wait."""


@dataclass
class Outcome:
    """What was done, and what was lost."""

    seed: int
    uploads: int
    killed: dict[str, int]
    unfinished: list[str]
    """Jobs that weren't done a minute after the last kill."""
    lost: Losses

    def __str__(self) -> str:
        killed = ", ".join(f"{count} × {role}" for role, count in sorted(self.killed.items()))
        lines = [
            f"seed {self.seed}: {self.uploads} films sent, marked and clipped; killed: {killed}",
            f"late: jobs not done {SETTLES_WITHIN_S:.0f} s after the last kill: {len(self.unfinished)}",
            f"objects that killed attempts left and the sweep removed: {self.lost.swept}",
            *(f"  {job}" for job in self.unfinished),
        ]
        for name, found in vars(self.lost).items():
            if isinstance(found, list):
                lines.append(f"{name.replace('_', ' ')}: {len(found)}")
                lines += [f"  {one}" for one in found]
        return "\n".join(lines)


def storm(folder: Path, *, uploads: int, kills: int, seed: int, pause_s: tuple[float, float]) -> Outcome:
    """Run a Pennydrop in `folder`, let `uploads` films come in while `kills` processes of it are killed."""
    films = [_film(folder, number) for number in range(uploads)]
    with running_house(folder) as house:
        killer = Killer(house.process.pid, kills=kills, pause_s=pause_s, seed=seed)
        killer.start()
        with ThreadPoolExecutor(4) as crowd:
            sent = list(crowd.map(lambda film: _go_through(house, film), films))
        killer.join()
        unfinished = settle(house.settings, within_s=SETTLES_WITHIN_S)
        # A loss is what never comes, not what comes late: that is told apart from it.
        never = settle(house.settings, within_s=4 * SETTLES_WITHIN_S)
    lost = losses(house.settings, sent)
    lost.unfinished = never
    return Outcome(seed, uploads, dict(killer.killed), unfinished, lost)


def _go_through(house: House, film: Path) -> Sent:
    sent = send(house, "ta", film, film.stem)
    mark_and_clip(house, "ta", sent)
    return sent


def _film(folder: Path, number: int) -> Path:
    """A film like no other: the same bytes would be stored once."""
    path = folder / f"Film {number}.mp4"
    if number % _EVERY_OTHER == _EVERY_OTHER - 1:
        an_old_phone_film(path)
    else:
        a_phone_film(path, seconds=6.0, width=640, height=360)
    filler = secrets.token_bytes(300_000)
    with path.open("ab") as file:
        file.write(struct.pack(">I4s", len(filler) + 8, b"free") + filler)
    return path
