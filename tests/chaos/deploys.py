"""A new version comes: each process is told to stop and started again, one by one, while people use it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select

from pennydrop.db.session import make_engine, make_readers, transaction
from pennydrop.jobs.models import Job
from pennydrop.moments.models import Moment
from tests.chaos.busy import People, Seen
from tests.chaos.films import a_film_like_no_other
from tests.chaos.losses import losses, settle
from tests.chaos.machines import many_machines
from tests.chaos.report import Report
from tests.chaos.sender import Sent
from tests.support.servers.nginx import an_nginx
from tests.support.trust import Machine, Trust

_SETTLES_WITHIN_S = 300.0
_EVERYBODY = ("api", "api", "transcoder", "transcoder", "worker", "worker")


def long(folder: Path, seed: int) -> Report:
    with many_machines(folder, services=_EVERYBODY) as trust:
        return deploy(folder, trust, seed, times=5, films=8)


def deploy(folder: Path, trust: Trust, seed: int, *, times: int, films: int) -> Report:
    """Restart every machine of `trust`, `times` times, while `films` films come in; tell what came of it."""
    api, *others = (port_of(machine) for machine in trust.of("api"))
    paths = [a_film_like_no_other(folder, number, filler=1_500_000) for number in range(films)]
    watched = _send_one(trust, a_film_like_no_other(folder, 1000))
    with an_nginx(folder / "front", api=api, others=others) as url:
        house = replace(trust.house(), url=url)
        with People(house, watched, paths, bytes_per_s=60_000 * times) as people:
            restarts = 0
            # Films that gain nothing between two restarts would be sent for ever.
            while restarts < times or (people.are_sending() and restarts < 3 * times):
                for machine in trust.machines:
                    machine.stop()
                    machine.start()
                    machine.wait_until_ready()
                restarts += 1
    late = settle(trust.settings, within_s=_SETTLES_WITHIN_S)
    lost = losses(trust.settings, people.sent, marks=False)
    lost.unfinished = late
    return _report(
        trust, seed, restarts, people.seen, people.sent, [*lost.told(), *_besides(trust, watched, people)]
    )


def port_of(machine: Machine) -> int:
    return int(machine.environment["PENNYDROP_PORT"])


def _send_one(trust: Trust, film: Path) -> str:
    house = trust.house()
    with house.as_("ta") as ta:
        video = house.send(ta, film)
        assert house.wait_for(ta, video, "ready")["state"] == "ready"
    return video


def _besides(trust: Trust, watched: str, people: People) -> list[str]:
    """What only a stop that was asked for must not do."""
    with transaction(make_readers(make_engine(trust.settings.database))) as session:
        repeated = session.execute(select(Job.kind, Job.subject_id, Job.attempt).where(Job.attempt > 1)).all()
        marks = session.scalar(select(func.count()).where(Moment.video_id == watched))
    told = [f"an attempt was counted: {kind} of {subject}, {count}" for kind, subject, count in repeated]
    if marks != len(people.seen.marked):
        told.append(f"{len(people.seen.marked)} moments were acknowledged, {marks} are there")
    return (
        told
        + [f"an answer: {one}" for one in people.seen.failed]
        + [f"a stream: {one}" for one in people.seen.torn]
    )


def _report(trust: Trust, seed: int, times: int, seen: Seen, sent: list[Sent], lost: list[str]) -> Report:
    answers = ", ".join(f"{count} × {what}" for what, count in sorted(seen.answers.items()))
    done = [
        f"{len(trust.machines)} processes stopped and started {times} times, one by one, behind nginx",
        f"answers: {answers}; streams of events opened: {seen.streams}",
        f"{len(sent)} films sent meanwhile, whose requests were broken off {seen.broken_off} times",
    ]
    return Report("deploys", seed, done, lost)
