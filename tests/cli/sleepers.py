"""A supervisor of two services that only sleep: `python -m tests.cli.sleepers`; `… sleep` is a service."""

from __future__ import annotations

import os
import sys
import time

from pennydrop import process
from pennydrop.cli.supervisor import Supervised, Supervisor


def main() -> None:
    if process.PARENT in os.environ:
        process.end_with_parent()
        time.sleep(600)
    services = [Supervised(name, "tests.cli.sleepers", dict(os.environ)) for name in ("one", "two")]
    sys.exit(Supervisor(services).run())


if __name__ == "__main__":
    main()
