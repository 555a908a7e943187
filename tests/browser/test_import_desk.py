"""A document of our own goes from file to published reader page, by the keys and buttons of the import desk alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Site
from tests.browser.sheets import Sheet
from tests.browser.test_desk import Hand, assert_accessible, sign_in

FILE = Path(__file__).resolve().parents[1] / "data" / "imports" / "linhu-2026.txt"
FOUND = 13
PATIENCE = 120_000  # milliseconds: a document is read by two processes of their own
FACTS = {
    "slug": "linhu-2026",
    "title_zh": "临湖市支持青年创业行动方案",
    "short_zh": "临湖方案",
    "issued_on": "2026-03-01",
}


@pytest.fixture(scope="module")
def opened(browser: Any, site: Site) -> Iterator[Sheet]:
    with Sheet(browser, site.base) as sheet:
        sheet.page.set_default_timeout(PATIENCE)
        sign_in(sheet, site)
        yield sheet


@pytest.fixture
def hand(opened: Sheet) -> Iterator[Hand]:
    opened.show()
    yield Hand(opened)
    complaints, opened.complaints = opened.complaints, []
    assert (complaints, opened.foreign) == ([], [])


def row(hand: Hand, code: str) -> Any:
    return hand.page.locator("[data-candidate]").filter(has=hand.page.get_by_text(code, exact=True)).first


def counted(hand: Hand, decision: str) -> int:
    return hand.page.locator(f"[data-candidate].is-{decision}").count()


def pressed(hand: Hand, *keys: str) -> None:
    """The last key sends the form."""
    hand.press(*keys[:-1])
    with hand.page.expect_navigation():
        hand.press(keys[-1])


def at_desk(hand: Hand, site: Site) -> None:
    hand.sheet.visit(f"{site.base}/admin/commitments/draftregister/")
    hand.page.locator("#result_list tbody th a").first.click()
    hand.page.wait_for_selector("[data-text]")


def test_a_file_is_brought_and_its_candidates_stand_beside_it(hand: Hand, site: Site) -> None:
    hand.sheet.visit(site.base + "/admin/")
    hand.follow("a[href*='draftregister/add']")
    hand.page.locator("#id_file").set_input_files(FILE)
    for name, value in FACTS.items():
        hand.type(f"#id_{name}", value)
    hand.choose("#id_kind", "plan")
    hand.click("#id_full_text_public")
    hand.click(".submit-row button")
    hand.page.wait_for_selector("[data-text]")
    print(f"\nbringing a document: {hand}")  # noqa: T201
    assert counted(hand, "open") == FOUND


def test_a_candidate_and_its_words_point_at_each_other(hand: Hand, site: Site) -> None:
    at_desk(hand, site)
    marked = "() => [...document.querySelectorAll('.text .marked')].map((e) => e.textContent).join('')"
    hand.press("j", "j")
    assert hand.sheet.ask(marked) == "新建青年创业园2个"
    hand.page.locator(".text a", has_text="设立青年创业引导基金").hover()
    assert row(hand, "2.1").evaluate("(one) => one.classList.contains('marked')")
    hand.page.locator(".text a", has_text="设立青年创业引导基金").click()
    assert hand.page.url.endswith(str(row(hand, "2.1").get_attribute("id")))


def test_keys_accept_refuse_undo_and_merge(hand: Hand, site: Site) -> None:
    at_desk(hand, site)
    pressed(hand, "j", "f")  # the first proposal with its four measures
    assert counted(hand, "accepted") == 5
    hand.page.locator("#reason").fill("太笼统")
    hand.page.locator("h1").click()
    row(hand, "2").locator("[data-open]").focus()
    pressed(hand, "c")  # the proposal alone; the page goes on at its first measure
    assert counted(hand, "accepted") == 6
    hand.page.locator("#reason").fill("太笼统")
    hand.page.locator("h1").click()
    pressed(hand, "j", "r")
    assert "太笼统" in hand.page.locator("li.is-refused").inner_text()
    hand.page.locator("li.is-refused [data-key=u]").click()
    hand.page.wait_for_function("() => !document.querySelector('li.is-refused')")
    row(hand, "2.1").locator("[data-key=m]").click()
    hand.page.wait_for_function(f"() => document.querySelectorAll('[data-candidate]').length == {FOUND - 1}")
    assert "每年举办创业项目路演12场" in row(hand, "2.1").inner_text()
    row(hand, "2.1").locator("[data-key=u]").click()
    hand.page.wait_for_function(f"() => document.querySelectorAll('[data-candidate]').length == {FOUND}")


def test_words_marked_in_the_text_become_the_quote(hand: Hand, site: Site) -> None:
    at_desk(hand, site)
    row(hand, "2.2").locator("[data-open]").click()
    hand.page.wait_for_selector("#candidate_form")
    place = hand.page.locator(".text a", has_text="每年举办创业项目路演12场")
    place.scroll_into_view_if_needed()
    hand.sheet.ask(
        """() => {
          const words = [...document.querySelectorAll('.text a')].find((e) => e.textContent.startsWith('每年举办创业'));
          const range = document.createRange();
          range.setStart(words.firstChild, 2);
          range.setEnd(words.firstChild, 12);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          document.querySelector('[data-text]').dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
        }"""
    )
    hand.page.wait_for_function("() => document.querySelector('#id_quote').value == '举办创业项目路演12'")
    with hand.page.expect_navigation():
        hand.press("Control+Enter")
    at_desk(hand, site)
    assert "is-accepted" in str(row(hand, "2.2").get_attribute("class"))
    assert "举办创业项目路演12" in row(hand, "2.2").inner_text()


def test_what_the_summit_said_before_is_offered_and_linked(hand: Hand, site: Site) -> None:
    at_desk(hand, site)
    row(hand, "3").locator("[data-act=row]").click()
    hand.page.wait_for_selector(".messagelist .success")
    row(hand, "3.3").locator("[data-open]").click()
    offered = hand.page.locator("[data-takes='xian-2023/2.1']")
    offered.click()
    assert hand.page.locator("#id_earlier_id").input_value() == "xian-2023/2.1"
    hand.click("button[value=restate]")
    hand.page.wait_for_selector(".messagelist .success")
    at_desk(hand, site)
    assert "xian-2023/2.1" in row(hand, "3.3").locator(".decided").inner_text()


@pytest.mark.parametrize("language", ["", "/en"], ids=["zh", "en"])
@pytest.mark.parametrize("name", ["bring", "desk", "candidate"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    hand: Hand, site: Site, name: str, language: str
) -> None:
    at_desk(hand, site)
    desk = hand.page.url.removeprefix(site.base).partition("#")[0]
    one = str(row(hand, "3.1").locator("[data-open]").get_attribute("href"))
    address = {"bring": "/admin/commitments/draftregister/add/", "desk": desk, "candidate": one}[name]
    hand.sheet.visit(site.base + language + address)
    assert hand.sheet.status == 200
    assert_accessible(hand.sheet)


def test_without_scripts_everything_can_be_done(hand: Hand, browser: Any, site: Site) -> None:
    with Sheet(browser, site.base, java_script_enabled=False) as plain:
        sign_in(plain, site)
        at_desk(Hand(plain), site)
        row(Hand(plain), "3.1").locator("button[name=accept]").click()
        assert counted(Hand(plain), "accepted") == 9
        row(Hand(plain), "3.1").locator(".words a, [data-open]").first.click()
        assert plain.status == 200


def test_it_is_published_and_the_reader_page_works_at_once(hand: Hand, site: Site) -> None:
    assert hand.page.request.get(f"{site.base}/documents/linhu-2026/").status == 404
    at_desk(hand, site)
    accepted = counted(hand, "accepted")
    hand.click(".publishing button")
    hand.page.wait_for_selector(".messagelist .success")
    assert str(accepted) in hand.page.locator(".messagelist .success").inner_text()
    hand.sheet.visit(f"{site.base}/documents/linhu-2026/")
    assert hand.sheet.status == 200
    shown = hand.page.locator("main").inner_text()
    assert "完善创业空间" in shown and "改造老旧厂房5处" in shown
    hand.sheet.visit(f"{site.base}/commitments/xian-2023/2.1/")
    assert "推动贸易自由化便利化" in hand.page.locator("main").inner_text()
    assert "临湖方案" in hand.page.locator("main").inner_text()
    hand.sheet.visit(f"{site.base}/commitments/?document=linhu-2026")
    assert "新建青年创业园2个" in hand.page.locator("main").inner_text()
