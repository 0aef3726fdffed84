"""The beginning of every sandboxed Python child: import, lock down, then work on the film."""

from __future__ import annotations

import fcntl
import importlib
import json
import os
import sys
from typing import Any

from pennydrop.media.failures import MediaFailure
from pennydrop.media.lockdown import lock_down

# Each task is a function `task(arguments) -> JSON-able dict` in a module that imports all it needs at once:
# after the lock nothing more can be imported.
TASKS = {
    "cut_needs": "pennydrop.media.inside.cut_needs",
    "inspect": "pennydrop.media.inside.inspect_film",
    "measure": "pennydrop.media.inside.measure",
    "pieces": "pennydrop.media.inside.pieces",
    "storyboard": "pennydrop.media.inside.storyboard",
    "smart_cut": "pennydrop.media.inside.smart_cut",
}


def main(request: dict[str, Any]) -> None:
    """Do what `run_inside` asks for and print the report as one JSON object."""
    module = importlib.import_module(TASKS[request["task"]])
    # High up: the lock puts the sources at 3 and after.
    report = fcntl.fcntl(1, fcntl.F_DUPFD_CLOEXEC, 64)
    # Libraries that write to stdout must not break the report.
    os.dup2(2, 1)
    said: dict[str, Any] = {"level": lock_down(request["policy"])}
    try:
        said["value"] = module.task(request["arguments"])
    except MediaFailure as failure:
        said["failure"] = failure.to_json()
    except MemoryError:
        said["failure"] = MediaFailure("too_demanding", technical="out of memory").to_json()
    with os.fdopen(report, "w") as out:
        json.dump(said, out)
    sys.stdout.flush()
    # Decoders' threads and destructors have nothing left to do for us.
    os._exit(0)
