"""Importing a library of 1,500 steps, dry run and in earnest, beside merely parsing the file."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

import yaml

from benchmarks.libraries import a_database, many_steps
from pennydrop.db.session import transaction
from pennydrop.library.contents import contents
from pennydrop.library.documents import Document
from pennydrop.library.export import to_csv
from pennydrop.library.load import LoadReport, load

MOST_S = 10.0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=1500)
    steps = parser.parse_args().steps
    text = yaml.safe_dump(many_steps(steps), allow_unicode=True, sort_keys=False).encode()
    print(f"{steps} steps, {len(text) / 1e6:.1f} MB of YAML")
    parsed = timed(lambda: yaml.load(text, yaml.CSafeLoader))
    with a_database() as (sessions, viewer):

        def imported(name: str, content: bytes, *, dry_run: bool = False) -> LoadReport:
            with transaction(sessions) as session:
                return load(session, viewer.organisation_id, [Document(name, content)], dry_run=dry_run)

        tried = timed(lambda: imported("library.yaml", text, dry_run=True))
        done = timed(lambda: imported("library.yaml", text))
        again = timed(lambda: imported("library.yaml", text))
        with transaction(sessions) as session:
            table = to_csv(contents(session, viewer.organisation_id)).encode()
        as_table = timed(lambda: imported("library.csv", table))
    print(f"parsing alone {parsed:.2f} s, dry run {tried:.2f} s")
    print(f"import {done:.2f} s (must be within {MOST_S:.0f} s)")
    print(f"again {again:.2f} s, as CSV {as_table:.2f} s")
    return 0 if done <= MOST_S else 1


def timed(what: Callable[[], object]) -> float:
    begun = time.perf_counter()
    what()
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
