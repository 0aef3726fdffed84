"""What `pennydrop up` costs when nobody does anything: CPU time of all its processes, and their memory.

The baseline is one process that wakes twenty times a second to look into an empty folder: what any program
that polls costs on this machine. Run: `python benchmarks/idle.py`.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time

import psutil

TARGET_PERCENT = 2.0
SETTLE_SECONDS = 8

POLLER = "import os, sys, time\nwhile True:\n    os.listdir(sys.argv[1])\n    time.sleep(0.05)"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PENNYDROP_KEEP_FREE_BYTES": "0"}
        command = [sys.executable, "-m", "pennydrop.cli.main", "up", "--data", folder]
        with subprocess.Popen(
            [*command, "--port", "0", "--no-open"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        ) as up:
            assert up.stdout is not None
            next(line for line in up.stdout if "ready: " in line)
            poller = subprocess.Popen([sys.executable, "-c", POLLER, folder])
            time.sleep(SETTLE_SECONDS)
            whole = psutil.Process(up.pid)
            family = [whole, *whole.children(recursive=True)]
            used, baseline = measure(family, psutil.Process(poller.pid), seconds)
            for process in family:
                name = process.cmdline()[2] if process is not whole else "supervisor"
                print(f"  {name:<22} {process.memory_info().rss / 2**20:6.0f} MB")
            poller.kill()
            poller.wait()
            up.send_signal(signal.SIGINT)
    print(f"  idle: {used:.2f} % of one core (at most {TARGET_PERCENT} %), ", end="")
    print(f"{used / max(baseline, 0.01):.1f} x one polling process ({baseline:.2f} %)")
    return 0 if used <= TARGET_PERCENT else 1


def measure(family: list[psutil.Process], poller: psutil.Process, seconds: float) -> tuple[float, float]:
    """Return what the family and the poller use, in percent of one core."""
    before, before_poller = cpu(family), cpu([poller])
    time.sleep(seconds)
    return (
        100 * (cpu(family) - before) / seconds,
        100 * (cpu([poller]) - before_poller) / seconds,
    )


def cpu(processes: list[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes]
    return sum(time.user + time.system for time in times)


if __name__ == "__main__":
    sys.exit(main())
