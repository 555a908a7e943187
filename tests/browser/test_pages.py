"""Every public page in a real browser, in both languages."""

from collections.abc import Iterable

import pytest

from tests.browser.sheets import ANSWERS, EVERY, WIDTHS, Sheet

pytestmark = pytest.mark.parametrize("sheet", EVERY, indirect=True, ids=lambda each: " ".join(each), scope="module")

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Dark has the same boxes and words in other colours: there only what looks at colours is asked again.
ALL = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
STATES = [(1280, "light", ALL), (390, "light", ALL), (1280, "dark", COLOURS), (390, "dark", COLOURS)]

WIDER_THAN_THE_WINDOW = """() => {
  const root = document.documentElement, room = root.clientWidth;
  if (root.scrollWidth <= room) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > room + 0.5);
  return [root.scrollWidth, ...wide.slice(0, 5).map((e) => e.outerHTML.slice(0, 120))];
}"""
CHINESE_NOT_SAID_TO_BE = r"""() => {
  const han = /\p{Script=Han}/u, found = [];
  // A title or an attribute cannot mark a part of itself: a name quoted in brackets may stand there.
  const unbracketed = (words) => words.replace(/\([^()]*\)/g, "");
  const said = (node) => /^(zh|ja)\b/.test(node.closest("[lang]")?.lang ?? "");  // Japanese is written in them too
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (["SCRIPT", "STYLE"].includes(parent.tagName)) continue;
    const words = parent.tagName === "TITLE" ? unbracketed(node.data) : node.data;
    if (han.test(words) && !said(parent)) found.push(node.data.trim());
  }
  for (const element of document.querySelectorAll("*"))
    for (const name of ["title", "aria-label", "alt", "placeholder", "aria-description", "data-label"])
      if (han.test(unbracketed(element.getAttribute(name) ?? "")) && !said(element))
        found.push(`${element.tagName} ${name}: ${element.getAttribute(name)}`);
  return found;
}"""
TWICE_OR_LOST = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  const twice = ids.filter((id, place) => ids.indexOf(id) !== place), lost = [];
  for (const name of ["for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"])
    for (const element of document.querySelectorAll(`[${name}]`))
      for (const id of element.getAttribute(name).split(/\\s+/))
        if (!ids.includes(id)) lost.push(`${name}=${id}`);
  for (const link of document.querySelectorAll("a[href^='#'], svg use"))
    { const id = decodeURIComponent(link.getAttribute("href").slice(1));
      if (id && !ids.includes(id)) lost.push(`#${id}`); }
  return [...twice, ...lost];
}"""
SEEN = "(query) => [...document.querySelectorAll(query)].filter((e) => e.getClientRects().length).length"


def listed(found: Iterable[object]) -> str:
    """Whole: pytest shortens what it compares itself."""
    return "\n".join(str(each) for each in found)


def test_it_answers_as_it_should_without_a_complaint_and_asks_no_other_host(
    sheet: Sheet, request: pytest.FixtureRequest
) -> None:
    (page, _language) = request.node.callspec.params["sheet"]
    assert sheet.status == ANSWERS.get(page, 200)
    assert sheet.complaints == []
    assert sheet.foreign == []


def test_it_stores_nothing_that_outlives_the_tab(sheet: Sheet) -> None:
    """For the tab, htmx notes the address of the list, so that Back works."""
    assert sheet.context.cookies() == []
    assert sheet.ask("() => localStorage.length") == 0
    assert set(sheet.ask("() => Object.keys(sessionStorage)")) <= {"htmx-current-path-for-history"}


def test_it_has_one_heading_a_title_and_says_its_language(sheet: Sheet, request: pytest.FixtureRequest) -> None:
    (_page, language) = request.node.callspec.params["sheet"]
    assert sheet.ask("() => document.querySelectorAll('h1').length") == 1
    assert sheet.ask("() => document.title").strip()
    assert sheet.ask("() => document.documentElement.lang") == {"zh": "zh-Hans", "en": "en"}[language]


def test_an_english_page_holds_no_chinese_that_is_not_said_to_be(sheet: Sheet, request: pytest.FixtureRequest) -> None:
    (_page, language) = request.node.callspec.params["sheet"]
    if language == "en":
        assert not (found := sheet.ask(CHINESE_NOT_SAID_TO_BE)), listed(found)


def test_every_id_stands_once_and_every_reference_finds_its_own(sheet: Sheet) -> None:
    assert not (found := sheet.ask(TWICE_OR_LOST)), listed(found)


def test_nothing_is_wider_than_the_window(sheet: Sheet) -> None:
    found = {}
    for width in WIDTHS:
        sheet.show(width)
        if wide := sheet.ask(WIDER_THAN_THE_WINDOW):
            found[width] = wide
    assert not found, listed(found.items())


def test_print_leaves_the_furniture_out(sheet: Sheet) -> None:
    sheet.show(media="print")
    assert sheet.ask(SEEN, "main h1") == 1
    assert sheet.ask(SEEN, "header nav, nav.pager, .languages, .skip, button") == 0


def test_axe_finds_nothing(sheet: Sheet) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = []
    for width, scheme, rules in STATES:
        answer = axe.run(sheet.show(width, scheme), options=rules).response
        for violation in answer["violations"]:
            nodes = [(node["html"][:160], node["failureSummary"]) for node in violation["nodes"][:3]]
            found.append((width, scheme, violation["id"], len(violation["nodes"]), nodes))
    assert not found, listed(found)
