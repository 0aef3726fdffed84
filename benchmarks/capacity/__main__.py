"""What a school, a trust and all of England would need: measured costs, times what people are assumed to do.

Without options: print the tables from the kept measurement. `--measure` measures anew and keeps it, `--page`
writes `docs/capacity.md`.
"""

from __future__ import annotations

import argparse

from benchmarks.capacity.assumptions import Assumptions
from benchmarks.capacity.measure import Run, measure
from benchmarks.capacity.page import PAGE, tables, written


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--seconds", type=int, default=120, help="how long a film it is measured with")
    parser.add_argument("--page", action="store_true")
    options = parser.parse_args()
    if options.measure:
        measure(options.seconds).keep()
    run, assumed = Run.kept(), Assumptions()
    print("\n\n".join(tables(run, assumed).values()))
    if options.page:
        PAGE.write_text(written(PAGE.read_text(), run, assumed))


if __name__ == "__main__":
    main()
