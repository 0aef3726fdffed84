"""A crowd that sends films while processes are killed at random, and what came of it."""

from __future__ import annotations

import secrets
import struct
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.chaos.killer import Killer
from tests.chaos.losses import losses, settle
from tests.chaos.report import Report
from tests.chaos.sender import Sent, mark_and_clip, send
from tests.factories.films import a_phone_film, an_old_phone_film
from tests.support.house import House, running_house

SETTLES_WITHIN_S = 60.0
_EVERY_OTHER = 4
"""One film of so many doesn't play as it is, so that its copies are somebody's wait."""


def long(folder: Path, seed: int) -> Report:
    return storm(folder, uploads=50, kills=200, seed=seed, pause_s=(0.2, 4.0))


def storm(folder: Path, *, uploads: int, kills: int, seed: int, pause_s: tuple[float, float]) -> Report:
    """Run a Pennydrop in `folder`, let `uploads` films come in while `kills` processes of it are killed."""
    films = [_film(folder, number) for number in range(uploads)]
    with running_house(folder) as house:
        killer = Killer(house.process.pid, kills=kills, pause_s=pause_s, seed=seed)
        killer.start()
        with ThreadPoolExecutor(4) as crowd:
            sent = list(crowd.map(lambda film: _go_through(house, film), films))
        killer.join()
        late = settle(house.settings, within_s=SETTLES_WITHIN_S)
        # A loss is what never comes, not what comes late: that is told apart from it.
        never = settle(house.settings, within_s=4 * SETTLES_WITHIN_S)
    lost = losses(house.settings, sent)
    lost.unfinished = never
    killed = ", ".join(f"{count} × {role}" for role, count in sorted(killer.killed.items()))
    done = [
        f"{uploads} films sent, marked and clipped; killed: {killed}",
        f"jobs not done {SETTLES_WITHIN_S:.0f} s after the last kill: {len(late)}",
        *(f"  {job}" for job in late),
        f"objects that killed attempts left and the sweep removed: {lost.swept}",
    ]
    return Report("kills", seed, done, lost.told())


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
