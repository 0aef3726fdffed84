"""The gzipped bytes of each page's first load, in Chromium with an empty cache, beside those of brotli.

Run: `python -m benchmarks.page_weight`.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.factories.films import a_phone_film
from tests.support.house import running_house
from tests.support.page_weight import LIMIT, Scales, furnish, pages_of


def main() -> int:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_house(Path(folder)) as house,
        house.as_("ta") as ta,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        film = house.send(
            ta, a_phone_film(Path(folder) / "lesson.mp4", seconds=24.0, width=640, height=360), "Lesson"
        )
        house.wait_for(ta, film, "watchable", "ready")
        clip = furnish(house, film)
        scales = Scales(browser, house)
        heaviest = 0
        print(f"{'':8}{'page':44}{'gzip KB':>8}{'brotli':>8}{'files':>7}{'API':>7}{'media':>8}")
        for who, path in pages_of(house, clip, film):
            one = scales.weigh(who, path)
            heaviest = max(heaviest, one.code)
            print(
                f"{who or '':8}{path:44}{one.code / 1000:8.1f}{one.sent / 1000:8.1f}{one.files:7}"
                f"{one.api / 1000:7.1f}{one.media / 1000:8.1f}",
                flush=True,
            )
        browser.close()
    print(f"the heaviest takes {heaviest / 1000:.1f} KB of {LIMIT / 1000:.0f}")
    return 0 if heaviest <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
