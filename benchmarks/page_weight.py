"""The gzipped bytes of each page's first load, in Chromium with an empty cache, beside those of brotli.

Run: `python -m benchmarks.page_weight`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support.every_page import furnish, wait_for_workers
from tests.support.house import running_house
from tests.support.page_weight import LIMIT, Scales


def main() -> int:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_house(Path(folder)) as house,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        visits = furnish(house, Path(folder))
        wait_for_workers(house)
        scales = Scales(browser, house)
        heaviest = 0
        print(f"{'':8}{'page':44}{'gzip KB':>8}{'brotli':>8}{'files':>7}{'API':>7}{'media':>8}")
        for visit in visits:
            (one,) = scales.weigh(visit)
            heaviest = max(heaviest, one.code)
            print(
                f"{visit.who or '':8}{visit.path:44}{one.code / 1000:8.1f}{one.sent / 1000:8.1f}{one.files:7}"
                f"{one.api / 1000:7.1f}{one.media / 1000:8.1f}",
                flush=True,
            )
        browser.close()
    print(f"the heaviest takes {heaviest / 1000:.1f} KB of {LIMIT / 1000:.0f}")
    return 0 if heaviest <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
