"""What was filmed is not lost: not by a reload, not by the browser's end, not by the lack of a network."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import httpx
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.journeys.conftest import LAPTOP, chromium
from tests.support.camera import (
    arrived,
    film_for,
    film_until_journalled,
    journalled,
    log_in,
    newest,
    open_camera,
    ready,
    shown_ms,
    tell_the_worker,
)
from tests.support.house import House, until

# At most a second isn't on the disk yet, and starting and stopping take their time on a busy machine.
SLACK_MS = 2_000
NO_FILES = "delete FileSystemFileHandle.prototype.createSyncAccessHandle"


def test_a_reload_while_filming_loses_at_most_a_second(
    a_phone: Callable[..., Page], ta: httpx.Client, step: str
) -> None:
    before = newest(ta)["id"]
    page = a_phone("ta")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_camera(page, step)
    journal = film_until_journalled(page)
    filmed_ms = shown_ms(page)
    page.reload()
    assert asked == ["beforeunload"]
    video = arrived(ta, after=before)
    assert video["size"] >= journal
    assert filmed_ms - SLACK_MS < video["duration_ms"] < filmed_ms + SLACK_MS
    expect(page.get_by_text("It is here, safe and sound.").first).to_be_visible()
    until(lambda: journalled(page) == [], within_s=5)


def test_a_browser_without_files_keeps_its_journal_in_its_database(
    a_phone: Callable[..., Page], ta: httpx.Client, step: str
) -> None:
    before = newest(ta)["id"]
    page = a_phone("ta")
    tell_the_worker(page, NO_FILES)
    page.on("dialog", lambda dialog: dialog.accept())
    open_camera(page, step)
    film_for(page, 3.5)
    names = page.evaluate("indexedDB.databases().then(all => all.map(({ name }) => name))")
    assert "pennydrop-filming" in names
    page.context.set_offline(True)
    page.wait_for_timeout(1_500)
    page.get_by_role("button", name="Stop filming").click()
    expect(page.get_by_role("dialog").get_by_text("Waiting for the network")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("dialog").get_by_text("It has arrived safely.")).to_be_visible(timeout=30_000)
    page.reload()
    video = arrived(ta, after=before)
    assert video["duration_ms"] > 5_000 - SLACK_MS
    assert journalled(page) == []


def test_a_film_survives_the_browsers_end_without_a_network(
    playwright: Playwright, house: House, ta: httpx.Client, step: str, tmp_path: Path
) -> None:
    before = newest(ta)["id"]
    profile = tmp_path / "profile"

    def open_browser() -> BrowserContext:
        return playwright.chromium.launch_persistent_context(
            profile, **chromium(), base_url=house.url, viewport=LAPTOP, locale="en-GB"
        )

    page = ready(open_browser(), house, "ta")
    page.goto(f"/film?step={step}")
    page.get_by_role("button", name="Film with this laptop").click()
    expect(page.get_by_role("button", name="Start filming")).to_be_enabled()
    page.context.set_offline(True)
    journal = film_until_journalled(page)
    filmed_ms = shown_ms(page)
    for pid in _browsers_with(profile):
        os.kill(pid, signal.SIGKILL)
    assert newest(ta)["id"] == before

    # Browsers write a log-in down only every half a minute.
    page = ready(open_browser(), house, "ta")
    page.goto("/")
    video = arrived(ta, after=before)
    assert video["size"] >= journal
    assert filmed_ms - SLACK_MS < video["duration_ms"] < filmed_ms + SLACK_MS
    assert video["title"].startswith("Rehearsal, ")
    page.context.close()


def _browsers_with(profile: Path) -> list[int]:
    """The process of the one browser that has this profile, which its children end with."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            said = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={profile}".encode() in said and not any(b"--type=" in part for part in said):
            found.append(int(folder.name))
    assert found
    return found


def test_what_one_person_filmed_offline_is_never_sent_as_anothers(
    a_phone: Callable[..., Page], house: House, ta: httpx.Client, step: str
) -> None:
    before = newest(ta)["id"]
    page = a_phone("ta")
    open_camera(page, step)
    page.route("**/api/v1/uploads**", lambda route: route.abort())
    film_for(page, 2.5)
    page.get_by_role("button", name="Stop filming").click()
    page.get_by_role("button", name="Keep it").click()
    page.unroute("**/api/v1/uploads**")
    log_in(page.context, house, "coach")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/film")
    expect(page.get_by_text("Whose film is it?")).to_be_visible()
    page.wait_for_timeout(2_000)
    expect(page.get_by_text("On their way")).to_have_count(0)
    assert newest(ta)["id"] == before
    log_in(page.context, house, "ta")
    page.goto("/film")
    assert arrived(ta, after=before)["filmed_by"]["name"] == "Aisha Khan"
