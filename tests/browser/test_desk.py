"""A week at the desk in a real browser: what it costs in clicks and keys, and that nothing typed is lost.

Every test works on the one register of these tests, as one who holds all roles; they run in the order of this file.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import Site
from tests.browser.sheets import Sheet
from tests.browser.test_pages import ALL, COLOURS, WIDER_THAN_THE_WINDOW, listed

ITEMS = 85
CHANGED = 15
WORDS = "公开材料显示本周有新的进展。"
SUMMARY = "双方代表团举行了会谈。"


class Hand:
    """Counts what a person does: a click, a key, or a text typed or pasted in one go."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.page = sheet, sheet.page
        self.clicks = self.keys = self.texts = 0

    def click(self, target: str) -> None:
        self.clicks += 1
        self.page.locator(target).first.click()

    def follow(self, link: str) -> None:
        """Until the next page has loaded: a key that is pressed before goes to the page that is left."""
        with self.page.expect_navigation():
            self.click(link)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def type(self, target: str, text: str) -> None:
        """A click into the field and the text."""
        self.clicks += 1
        self.texts += 1
        self.page.locator(target).fill(text)

    def choose(self, target: str, value: str) -> None:
        self.clicks += 2
        self.page.locator(target).select_option(value)

    def acts(self) -> int:
        return self.clicks + self.keys + self.texts

    def __str__(self) -> str:
        return f"{self.clicks} clicks, {self.keys} keys, {self.texts} texts"


@pytest.fixture(scope="module")
def opened(browser: Any, site: Site) -> Iterator[Sheet]:
    with Sheet(browser, site.base) as sheet:
        sign_in(sheet, site)
        yield sheet


@pytest.fixture
def hand(opened: Sheet, site: Site) -> Iterator[Hand]:
    """At the queue; whatever happens there, no console line and no other host."""
    opened.show()
    opened.visit(site.base + "/admin/")
    yield Hand(opened)
    complaints, opened.complaints = opened.complaints, []
    assert (complaints, opened.foreign) == ([], [])


def sign_in(sheet: Sheet, site: Site) -> None:
    sheet.visit(site.base + "/admin/")
    sheet.page.locator("#id_username").fill(site.told["name"])
    sheet.page.locator("#id_password").fill(site.told["password"])
    sheet.page.locator("[type=submit]").click()
    sheet.page.wait_for_selector(".sections")


def waiting(hand: Hand, section: str) -> int:
    return int(hand.page.locator(f".sections a[href*='section={section}'] b").inner_text())


def is_said(hand: Hand) -> str:
    return hand.page.locator(".messagelist .success").inner_text()


# --- Keys


def test_each_key_of_the_queue_does_what_the_list_of_keys_says(hand: Hand, site: Site) -> None:
    hand.follow(".sections a[href*='section=due']")
    ticks = "() => [...document.querySelectorAll('[data-row] input')].map((e) => e.checked)"
    here = "() => [...document.querySelectorAll('[data-row]')].findIndex((e) => e.classList.contains('here'))"
    hand.press("j", "j", "k")
    assert hand.sheet.ask(here) == 0
    hand.press("x")
    assert hand.sheet.ask(ticks).count(True) == 1 and hand.sheet.ask(ticks)[0]
    hand.press("x", "a")
    assert all(hand.sheet.ask(ticks))
    hand.press("a")
    assert not any(hand.sheet.ask(ticks))
    hand.press("?")
    assert hand.sheet.ask("() => document.getElementById('keys').open")
    hand.page.locator("#searched").fill("jkxacos?")
    assert hand.sheet.ask(here) == 0 and not any(hand.sheet.ask(ticks)), "typing is no command"
    hand.page.locator("[data-open]").first.focus()
    hand.press("o")
    hand.page.wait_for_url("**/assess/?section=due")


def test_c_checks_the_row_and_s_what_is_ticked(hand: Hand) -> None:
    before = waiting(hand, "due")
    hand.follow(".sections a[href*='section=due']")
    hand.page.locator("#searched").fill("各方官网")
    hand.page.locator("h2#section-title").click()
    hand.press("j", "c")
    hand.page.wait_for_selector(".messagelist .success")
    assert waiting(hand, "due") == before - 1
    hand.press("j", "x", "j", "x", "s")
    hand.page.wait_for_function(f"() => document.querySelector('[aria-current] b').textContent == '{before - 3}'")
    assert "2" in is_said(hand)


# --- What work costs


def test_a_first_status_with_two_new_pages_is_submitted_in_one_form(hand: Hand) -> None:
    """From the start page on, by what the pages say alone: two minutes are some sixty acts."""
    hand.follow(".sections a[href*='section=due']")
    hand.click("[data-row] [data-open]")
    hand.page.wait_for_selector("#assess_form")
    hand.click("label.status-underway")
    hand.click("#id_momentum input[value=advancing]")
    hand.click("#id_confidence input[value=medium]")
    hand.type("#id_rationale_zh", WORDS)
    for number in (0, 1):
        if number:
            hand.click("details.found:nth-of-type(2) summary")
        hand.type(f"#id_new-{number}-url", f"https://www.mfa.gov.cn/browser-test/{number}?utm_source=x#top")
        hand.choose(f"#id_new-{number}-bears", "progress")
        hand.choose(f"#id_new-{number}-kind", "official")
        hand.type(f"#id_new-{number}-publisher", publisher(hand))
        hand.type(f"#id_new-{number}-published_on", "2024-06-01")
        hand.type(f"#id_new-{number}-summary_zh", SUMMARY)
    hand.click("button[value=in_review]")
    hand.page.wait_for_selector(".messagelist .success")
    print(f"\nfirst status with two new pages: {hand}")  # noqa: T201
    assert hand.acts() <= 40


def publisher(hand: Hand) -> str:
    return str(hand.page.locator("#publishers option").first.get_attribute("value"))


def test_a_week_s_round_over_the_register_stays_within_an_hour(hand: Hand, site: Site) -> None:
    """Fifteen of 85 changed, each with its words; the others in one act. An act every five seconds is 720 an hour."""
    hand.follow(".sections a[href*='section=due']")
    due = waiting(hand, "due")
    hand.press("j", "o")
    for number in range(CHANGED):
        hand.page.wait_for_selector("#assess_form")
        was = hand.page.url
        hand.click("label.status-initiated")
        hand.click("#id_momentum input[value=advancing]")
        hand.click("#id_confidence input[value=medium]")
        hand.type("#id_rationale_zh", WORDS)
        hand.type("#id_new-0-url", f"https://weekly.example.org/{number}?utm_source=x#top")
        hand.choose("#id_new-0-bears", "progress")
        hand.choose("#id_new-0-kind", "media")
        hand.type("#id_new-0-published_on", "2024-06-01")
        hand.type("#id_new-0-summary_zh", SUMMARY)
        if not number:  # from then on the host says whose page it is
            hand.type("#id_new-0-publisher", publisher(hand))
        hand.press("Control+Enter")
        hand.page.wait_for_selector(".messagelist .success, .errorlist")
        assert hand.page.url != was, hand.page.locator(".errorlist").all_inner_texts()
    hand.follow("#site-name a")
    hand.follow(".sections a[href*='section=due']")
    hand.type("#searched", "各方官网与新华社")
    hand.page.locator("h2#section-title").click()
    hand.press("a", "s")
    hand.page.wait_for_selector(".messagelist .success")
    print(f"\na week's round, {CHANGED} changed and {due} checked: {hand}")  # noqa: T201
    assert waiting(hand, "due") == 0
    assert hand.acts() <= 300


# --- Nothing typed is lost


def test_text_that_was_typed_and_left_is_offered_back(hand: Hand, site: Site) -> None:
    address = f"{site.base}/admin/commitments/commitment/{site.told['row']}/assess/"
    hand.sheet.visit(address)
    assert not hand.page.locator("[data-typed]").is_visible()
    hand.page.locator("#id_rationale_zh").fill("一段还没有保存的文字。")
    hand.click("label.status-underway")
    hand.page.wait_for_function(
        "() => Object.keys(localStorage).some((key) => localStorage[key].includes('还没有保存'))"
    )
    hand.sheet.visit(site.base + "/admin/")
    hand.sheet.visit(address)
    assert hand.page.locator("#id_rationale_zh").input_value() == ""
    hand.click("[data-bring-back]")
    assert hand.page.locator("#id_rationale_zh").input_value() == "一段还没有保存的文字。"
    assert hand.page.locator("label.status-underway input").is_checked()
    hand.click("#id_confidence input[value=low]")
    hand.click("button[value=draft]")
    hand.page.wait_for_selector(".messagelist .success")
    hand.sheet.visit(address)
    assert not hand.page.locator("[data-typed]").is_visible(), "what is saved is not offered again"


def test_a_form_sent_after_the_session_ended_is_saved_once_signed_in(hand: Hand, site: Site) -> None:
    hand.sheet.visit(f"{site.base}/admin/commitments/commitment/{site.told['row']}/assess/")
    hand.click("label.status-underway")
    hand.click("#id_confidence input[value=low]")
    hand.type("#id_rationale_zh", "会话结束之前写的文字。")
    hand.sheet.context.clear_cookies(name="sessionid")
    hand.click("button[value=draft]")
    hand.page.locator("#id_sign-in-username").fill(site.told["name"])
    hand.page.locator("#id_sign-in-password").fill(site.told["password"])
    hand.click("button.default")
    hand.page.wait_for_selector(".messagelist .success")
    assert "会话结束之前写的文字。" in hand.page.content()


# --- The rules of every page


PAGES = {
    "queue": "/",
    "section of commitments": "/?section=due",
    "section of assessments": "/?section=drafts",
    "assess": "/commitments/commitment/{row}/assess/?section=due",
    "correct": "/commitments/assessment/{judged}/correct/",
    "assessment": "/commitments/assessment/{judged}/change/",
    "reason": "/commitments/commitment/{row}/withdraw/",
}
STATES = [(1280, "light", ALL), (390, "light", ALL), (1280, "dark", COLOURS)]


def assert_accessible(sheet: Sheet) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found: list[Any] = []
    said = list(sheet.complaints)
    for width, scheme, rules in STATES:
        page = sheet.show(width, scheme)
        for violation in axe.run(page, options=rules).response["violations"]:
            nodes = [(node["html"][:160], node["failureSummary"]) for node in violation["nodes"][:3]]
            found.append((width, scheme, violation["id"], len(violation["nodes"]), nodes))
        if wide := sheet.ask(WIDER_THAN_THE_WINDOW):
            found.append((width, scheme, "wider than the window", wide))
    sheet.complaints = said  # axe itself tries inline styles, and is refused
    assert not found, listed(found)


@pytest.mark.parametrize("language", ["", "/en"], ids=["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    hand: Hand, site: Site, name: str, language: str
) -> None:
    hand.sheet.visit(f"{site.base}{language}/admin{PAGES[name].format(**site.told)}")
    assert hand.sheet.status == 200
    assert_accessible(hand.sheet)


def test_the_pages_between_keep_the_same_rules(hand: Hand, site: Site) -> None:
    """Asking where one looked, and signing in again: both answer a form that was sent."""
    hand.sheet.visit(f"{site.base}/admin/commitments/commitment/")
    hand.page.locator("input[name=_selected_action]").first.check()
    hand.page.locator("select[name=action]").select_option("check_selected")
    hand.click("#changelist-form button[name=index], #changelist-form .actions button")
    hand.page.wait_for_selector("#searched")
    assert_accessible(hand.sheet)
    hand.sheet.visit(f"{site.base}/admin/commitments/commitment/{site.told['row']}/assess/")
    hand.sheet.context.clear_cookies(name="sessionid")
    hand.click("button[value=draft]")
    hand.page.wait_for_selector("#id_sign-in-password")
    assert_accessible(hand.sheet)
    sign_in(hand.sheet, site)
