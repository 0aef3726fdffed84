"""The trials of `python -m tests.chaos`, in the order in which they run.

Each lives in a module of its own, with a long form, `long(folder, seed)`, which is named here, and a short
one that a test runs by a fixed seed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.chaos import away, deploys, disk, network, storm
from tests.chaos.report import Report


@dataclass(frozen=True, slots=True)
class Trial:
    name: str
    about: str
    run: Callable[[Path, int], Report]
    """In an empty folder, by a seed."""


TRIALS = (
    Trial("kills", "kill -9 of everything at random while films come in", storm.long),
    Trial(
        "deploys", "every process of many machines restarted one by one while people use them", deploys.long
    ),
    Trial("redis", "Redis is emptied, stopped and killed", away.long_redis),
    Trial("s3", "the bucket's server is stopped and killed", away.long_s3),
    Trial("postgresql", "the database is restarted, also after crashes", away.long_postgresql),
    Trial("network", "the network between machines and servers is cut", network.long),
    Trial("disk", "a school's disk is full to the last byte", disk.long),
)
