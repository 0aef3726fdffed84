"""Filming with a real browser's own camera, and what has come of it on the server."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.support.house import BUILT_APP, House, until


def ready(context: BrowserContext, house: House, mailbox: str | None) -> Page:
    """Give a page of this browser, where `mailbox` is logged in; without a countdown before filming."""
    context.set_default_timeout(20_000)
    context.add_init_script("try { localStorage.setItem('pennydrop-no-countdown', 'yes') } catch {}")
    if mailbox:
        log_in(context, house, mailbox)
    return context.pages[0] if context.pages else context.new_page()


def log_in(context: BrowserContext, house: House, mailbox: str) -> None:
    login = {"email": house.email(mailbox), "password": house.password}
    assert context.request.post("/api/v1/session", data=login, headers={"Origin": house.url}).ok


def open_camera(page: Page, step: str) -> None:
    page.goto(f"/film?step={step}")
    page.get_by_role("button", name="Film now").click()
    expect(page.get_by_role("button", name="Start filming")).to_be_enabled()


def film_for(page: Page, seconds: float) -> None:
    """Film with the camera that is open, and leave it filming."""
    page.get_by_role("button", name="Start filming").click()
    expect(page.get_by_role("timer")).to_be_visible()
    page.wait_for_timeout(int(seconds * 1000))


def shown_ms(page: Page) -> int:
    """How long the camera says that it has been filming."""
    minutes, seconds = (page.get_by_role("timer").text_content() or "").split(":")
    return (int(minutes) * 60 + int(seconds)) * 1000


def newest(client: httpx.Client) -> dict[str, Any]:
    """The newest film that this client sees."""
    found: list[dict[str, Any]] = client.get("/api/v1/videos", params={"limit": 1}).json()["items"]
    return found[0] if found else {"id": "", "state": ""}


def arrived(client: httpx.Client, *, after: str) -> dict[str, Any]:
    """Wait until a film newer than `after` can be watched."""

    def look() -> dict[str, Any] | None:
        video = newest(client)
        assert video["state"] != "failed", video
        return video if video["id"] > after and video["state"] in ("watchable", "ready") else None

    return until(look, within_s=60)


def journalled(page: Page) -> list[str]:
    """What lies in the browser's own files."""
    names: list[str] = page.evaluate(
        """async () => {
          const root = await navigator.storage.getDirectory();
          const folder = await root.getDirectoryHandle('filming', { create: true });
          const names = [];
          for await (const name of folder.keys()) names.push(name);
          return names;
        }"""
    )
    return names


def film_until_journalled(page: Page, bytes_wanted: int = 200_000) -> int:
    """Film until so much is on the disk; return how much it is. A busy machine is slow to begin."""
    page.get_by_role("button", name="Start filming").click()
    expect(page.get_by_role("timer")).to_be_visible()
    return until(lambda: size if (size := _journal_size(page)) >= bytes_wanted else None, within_s=30)


def _journal_size(page: Page) -> int:
    size: int = page.evaluate(
        """async () => {
          const root = await navigator.storage.getDirectory();
          const folder = await root.getDirectoryHandle('filming', { create: true });
          let size = 0;
          for await (const file of folder.values()) size += (await file.getFile()).size;
          return size;
        }"""
    )
    return size


def tell_the_worker(page: Page, script: str) -> None:
    """Run a script before the journal's own: workers get no init script.

    The worker is read from the disk: a page that a test closes meanwhile takes what it fetched with it.
    """

    def first(route: Route) -> None:
        worker = BUILT_APP / "assets" / Path(urlsplit(route.request.url).path).name
        route.fulfill(content_type="text/javascript", body=f"{script};{worker.read_text()}")

    page.route("**/assets/worker-*.js", first)


def accessible(page: Page) -> None:
    violations: list[Any] = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations] == []
