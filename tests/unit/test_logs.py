"""What the services say of themselves."""

from __future__ import annotations

import json
import subprocess
import sys

from pennydrop import logs


def said(code: str) -> list[str]:
    """Run a few lines in a process of their own, and return what it logged."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stderr.splitlines()


def test_people_get_a_line_each() -> None:
    lines = said(
        "import logging; from pennydrop import logs; logs.start('worker', 'plain');"
        "logging.getLogger('pennydrop.jobs').info('%s took %.1f s', 'clip.file', 0.94);"
        f"logging.getLogger('{logs.REQUESTS}').info('GET / 200')"
    )
    assert len(lines) == 1
    assert lines[0].endswith("worker      clip.file took 0.9 s")


def test_machines_get_an_object_each_with_the_job_in_which_it_happened() -> None:
    lines = said(
        "import logging, structlog; from pennydrop import logs; logs.start('worker', 'json')\n"
        "with structlog.contextvars.bound_contextvars(job='01h', kind='clip.file', attempt=2):\n"
        "    log = logging.getLogger('pennydrop.jobs')\n"
        "    log.info('%s took %.1f s', 'clip.file', 0.94, extra={'ms': 940})\n"
        "try:\n    1 / 0\nexcept ZeroDivisionError:\n"
        "    logging.getLogger('pennydrop.jobs').exception('a slot met trouble')"
    )
    first, second = map(json.loads, lines)
    wanted = {
        "service": "worker",
        "level": "info",
        "logger": "pennydrop.jobs",
        "event": "clip.file took 0.9 s",
        "job": "01h",
        "kind": "clip.file",
        "attempt": 2,
        "ms": 940,
    }
    assert wanted.items() <= first.items()
    assert first["timestamp"].endswith("Z")
    assert "job" not in second
    assert "ZeroDivisionError" in second["exception"]
