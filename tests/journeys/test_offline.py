"""Pennydrop without a network: its own files are on the device."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

_IN_CHARGE = """async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
    return navigator.serviceWorker.controller.state;
}"""


def test_pages_that_were_never_opened_are_there_without_a_network(ta_phone: Page) -> None:
    page = ta_phone
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate(_IN_CHARGE) in {"activating", "activated"}
    page.context.set_offline(True)
    page.get_by_role("link", name="Film", exact=True).tap()
    expect(page).to_have_url(re.compile("/film$"))
    expect(page.get_by_role("heading", name="Film", level=1)).to_be_visible()
    # Opened anew it says what is the matter; the browser's own page would not.
    page.goto("/settings")
    expect(page.get_by_text("We can’t reach Pennydrop just now.")).to_be_visible()
    page.context.set_offline(False)
