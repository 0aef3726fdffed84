"""`make bench`: every measurement, one after the other, each beside a baseline of the same run."""

from __future__ import annotations

import argparse
import subprocess
import sys

ALL = (
    "idle",
    "job_start",
    "uploads",
    "watchable",
    "transcode",
    "chunks",
    "analysis",
    "library_import",
    "library_search",
    "scale",
    "clip_cut",
    "clip_far",
    "clip_file",
    "clip_press",
    "filming",
    "page_weight",
    "compare_sync",
)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("names", nargs="*", help=f"which ones: {', '.join(ALL)}")
    failed = []
    for name in options.parse_args().names or ALL:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"Missed their figure: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
