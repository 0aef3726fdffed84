"""Coming in, being sent out, and coming back to where one was."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.support.house import House


def test_whoever_opens_a_link_comes_to_it_by_way_of_the_log_in_and_not_back_to_the_door(
    browser_page: Page, house: House
) -> None:
    page = browser_page
    page.goto("/steps?q=waiting")
    _log_in(page, house, "ta")
    expect(page.get_by_role("searchbox")).to_have_value("waiting")
    page.get_by_role("link", name="Film", exact=True).click()
    expect(page).to_have_url(re.compile("/film$"))
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("waiting")
    page.go_back()
    assert "/login" not in page.url


def test_a_session_that_ended_elsewhere_asks_for_the_password_and_returns_to_the_page(
    browser_page: Page, house: House
) -> None:
    page = browser_page
    page.goto("/steps")
    _log_in(page, house, "coach")
    page.get_by_role("link", name="People").click()
    expect(page.get_by_role("heading", name="People")).to_be_visible()
    page.context.request.delete("/api/v1/session", headers={"Origin": house.url})
    page.get_by_role("link", name="Videos").click()
    expect(page.get_by_text("Nothing is lost")).to_be_visible()
    _log_in(page, house, "coach")
    expect(page.get_by_role("heading", name="Videos")).to_be_visible()


def test_who_forgot_her_password_reads_whom_to_ask(browser_page: Page) -> None:
    browser_page.goto("/login")
    expect(browser_page.get_by_text("Forgotten your password?")).to_contain_text("can send you a new link")


def test_a_link_can_be_copied_where_the_browser_has_no_clipboard(browser_page: Page, house: House) -> None:
    page = browser_page
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto("/settings")
    _log_in(page, house, "admin")
    page.get_by_label("What it is for").fill("A test")
    page.get_by_role("button", name="Make").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()


def test_a_search_for_a_step_that_finds_nothing_says_what_to_try(coach_laptop: Page, house: House) -> None:
    with house.as_("coach") as coach:
        coachee = coach.get("/api/v1/me").json()["coaches"][0]["person"]["id"]
    coach_laptop.goto(f"/people/{coachee}/step")
    coach_laptop.get_by_role("searchbox").fill("zzqqxx")
    expect(coach_laptop.get_by_role("heading", name="Nothing by those words")).to_be_visible()


def test_a_double_click_sends_a_form_once(browser_page: Page, house: House) -> None:
    page = browser_page
    page.goto("/settings")
    _log_in(page, house, "lead")
    page.get_by_label("What it is for").fill("Only one")
    page.get_by_role("button", name="Make").dblclick()
    expect(page.get_by_label("Token")).to_be_visible()
    with house.as_("lead") as lead:
        names = [token["name"] for token in lead.get("/api/v1/me/tokens").json()["items"]]
    assert names.count("Only one") == 1


def test_the_keyboard_comes_back_to_where_a_dialog_was_opened_from(browser_page: Page, house: House) -> None:
    page = browser_page
    page.goto("/school")
    _log_in(page, house, "admin")
    more = page.get_by_role("button", name="More about Tom Wright")
    more.press("Enter")
    page.get_by_role("menuitem", name="Close the account").press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(more).to_be_focused()


def _log_in(page: Page, house: House, mailbox: str) -> None:
    page.get_by_label("Email").fill(house.email(mailbox))
    page.get_by_label("Password", exact=True).fill(house.password)
    page.get_by_role("button", name="Log in").click()


def test_the_menu_of_the_account_opens_by_keyboard_at_the_first_press(ta_phone: Page) -> None:
    page = ta_phone
    page.goto("/")
    me = page.get_by_role("button", name=re.compile("^You: "))
    before = me.bounding_box()
    me.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Settings")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Log out")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menuitem", name="Settings")).to_be_hidden()
    expect(me).to_be_focused()
    # It looks as it did before it was opened for the first time.
    assert me.bounding_box() == before
    # Opened again it stands still, and a press reaches what it says.
    me.click()
    page.get_by_role("menuitem", name="Log out").click()
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
