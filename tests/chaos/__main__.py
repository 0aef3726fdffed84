"""`python -m tests.chaos [--uploads 50] [--kills 200] [--seed N]`: the long form, with its report."""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
from pathlib import Path

from tests.chaos.storm import storm


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--uploads", type=int, default=50)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = storm(
            Path(folder), uploads=chosen.uploads, kills=chosen.kills, seed=chosen.seed, pause_s=(0.2, 4.0)
        )
    print(outcome)
    return 1 if outcome.unfinished or outcome.lost.any() else 0


if __name__ == "__main__":
    sys.exit(main())
