"""A crowd that sends films while processes are killed at random, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pennydrop.db.session import make_engine, make_readers
from tests.chaos.films import a_film_like_no_other
from tests.chaos.killer import Killer, Services, services_of_a_house, services_of_a_trust
from tests.chaos.losses import losses, settle, settle_slowly
from tests.chaos.machines import kept_alive, many_machines
from tests.chaos.report import Report
from tests.chaos.sender import Sent, mark_and_clip, send
from tests.support.house import House, running_house

SETTLES_WITHIN_S = 60.0
_PAUSE_S = (0.2, 4.0)
_CROWD = 4


def long(folder: Path, seed: int) -> Report:
    return storm(folder, uploads=50, kills=200, seed=seed, pause_s=_PAUSE_S)


def long_on_many_machines(folder: Path, seed: int) -> Report:
    return storm_on_many_machines(folder, uploads=50, kills=200, seed=seed, pause_s=_PAUSE_S)


def storm_on_many_machines(
    folder: Path, *, uploads: int, kills: int, seed: int, pause_s: tuple[float, float]
) -> Report:
    """The same as `storm`, on two of each service that share only servers and start again when killed."""
    everybody = ("api", "api", "transcoder", "transcoder", "worker", "worker")
    with many_machines(folder, services=everybody) as trust, kept_alive(trust):
        houses = [trust.house(number) for number in range(2)]
        services = services_of_a_trust(trust)
        report = _storm(folder, houses, services, uploads=uploads, kills=kills, seed=seed, pause_s=pause_s)
    report.trial = "kills-many"
    return report


def storm(folder: Path, *, uploads: int, kills: int, seed: int, pause_s: tuple[float, float]) -> Report:
    """Run a Pennydrop in `folder`, let `uploads` films come in while `kills` processes of it are killed."""
    with running_house(folder) as house:
        services = services_of_a_house(house.process.pid)
        return _storm(folder, [house], services, uploads=uploads, kills=kills, seed=seed, pause_s=pause_s)


def _storm(
    folder: Path,
    houses: Sequence[House],
    services: Services,
    *,
    uploads: int,
    kills: int,
    seed: int,
    pause_s: tuple[float, float],
) -> Report:
    films = [a_film_like_no_other(folder, number) for number in range(uploads)]
    settings = houses[0].settings
    readers = make_readers(make_engine(settings.database))
    killer = Killer(services, readers, kills=kills, pause_s=pause_s, seed=seed)
    killer.start()
    with ThreadPoolExecutor(_CROWD) as crowd:
        sent = list(
            crowd.map(lambda number: _go_through(houses[number % len(houses)], films[number]), range(uploads))
        )
    killer.join()
    late = settle(settings, within_s=SETTLES_WITHIN_S)
    # A loss is what never comes, not what comes late: that is told apart from it.
    never = settle_slowly(settings, patience_s=4 * SETTLES_WITHIN_S) if late else []
    lost = losses(settings, sent)
    lost.unfinished = never
    killed = ", ".join(f"{count} × {role}" for role, count in sorted(killer.killed.items()))
    done = [
        f"{uploads} films sent, marked and clipped; killed: {killed}",
        f"let live because of a job's third attempt: {killer.spared}",
        f"jobs not done {SETTLES_WITHIN_S:.0f} s after the last kill: {len(late)}",
        *(f"  {job}" for job in late),
        f"objects that killed attempts left and the sweep removed: {lost.swept}",
    ]
    return Report("kills", seed, done, lost.told())


def _go_through(house: House, film: Path) -> Sent:
    sent = send(house, "ta", film, film.stem)
    mark_and_clip(house, "ta", sent)
    return sent
