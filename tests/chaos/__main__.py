"""`python -m tests.chaos [--only kills,…] [--seed N]`: the trials at length, each with its report."""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.trials import TRIALS


def main() -> int:
    names = [trial.name for trial in TRIALS]
    listed = "\n".join(f"  {trial.name:12} {trial.about}" for trial in TRIALS)
    options = argparse.ArgumentParser(
        description=__doc__,
        epilog=f"trials:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument("--only", default=",".join(names), help="which trials, with commas in between")
    options.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    chosen = options.parse_args()
    wanted = chosen.only.split(",")
    if unknown := set(wanted) - set(names):
        options.error(f"there is no trial called {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    whole = True
    for trial in (trial for trial in TRIALS if trial.name in wanted):
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix=f"pennydrop-{trial.name}-") as folder:
            report = trial.run(Path(folder), chosen.seed)
        print(f"{report}\n  took {time.monotonic() - began:.0f} s", flush=True)
        whole = whole and not report.lost
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
