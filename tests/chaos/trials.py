"""The trials of `python -m tests.chaos`, in the order in which they run.

Each lives in a module of its own, with a long form, `long(folder, seed)`, which is named here, and a short
one that a test runs by a fixed seed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.chaos import away, damage, deploys, disk, freezes, network, poison, storm
from tests.chaos.report import Report


@dataclass(frozen=True, slots=True)
class Trial:
    name: str
    about: str
    run: Callable[[Path, int], Report]
    """In an empty folder, by a seed."""


TRIALS = (
    Trial("kills", "kill -9 of everything at random while films come in", storm.long),
    Trial("kills-many", "the same on many machines that share servers", storm.long_on_many_machines),
    Trial("deploys", "every process of many machines restarted, one by one, under load", deploys.long),
    Trial("freezes", "workers frozen past their leases, then thawed", freezes.long),
    Trial("poison", "a job that kills its worker each time, beside clips that are waited for", poison.long),
    Trial("damage", "truncated and bit-flipped films", damage.long),
    Trial("redis", "Redis is emptied, stopped and killed", away.long_redis),
    Trial("s3", "the bucket's server is stopped and killed", away.long_s3),
    Trial("postgresql", "the database is restarted, also after crashes", away.long_postgresql),
    Trial("network", "the network between machines and servers is cut", network.long),
    Trial("disk", "a school's disk is full to the last byte", disk.long),
)
