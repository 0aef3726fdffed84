"""A crowd that sends films while processes are killed at random, and what came of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.chaos.films import a_film_like_no_other
from tests.chaos.killer import Killer
from tests.chaos.losses import losses, settle
from tests.chaos.report import Report
from tests.chaos.sender import Sent, mark_and_clip, send
from tests.support.house import House, running_house

SETTLES_WITHIN_S = 60.0


def long(folder: Path, seed: int) -> Report:
    return storm(folder, uploads=50, kills=200, seed=seed, pause_s=(0.2, 4.0))


def storm(folder: Path, *, uploads: int, kills: int, seed: int, pause_s: tuple[float, float]) -> Report:
    """Run a Pennydrop in `folder`, let `uploads` films come in while `kills` processes of it are killed."""
    films = [a_film_like_no_other(folder, number) for number in range(uploads)]
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
