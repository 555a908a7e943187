"""What a reader does: keys alone, filters with and without scripts; and the desk under the same rules."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import Site
from tests.browser.sheets import Sheet

# Where Tab should stop, in this order; radio buttons of one name are one stop, what is folded away is none.
# A date is one stop whose parts Tab passes one by one.
STOPS = """() => {
  const query = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const seen = (e) => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true});
  const radio = (e) => e.type === "radio" && !e.checked && document.querySelector(`[name=${e.name}]:checked`);
  const stops = [...document.querySelectorAll(query)].filter(
    (e) => seen(e) && !e.disabled && e.type !== "hidden" && e.tabIndex >= 0 && !radio(e));
  window.reached = [];
  document.addEventListener("focusin", ({target}) => {
    const style = getComputedStyle(target), box = target.getBoundingClientRect();
    const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 && box.width > 1;
    window.reached.push([stops.indexOf(target), shown, target.outerHTML.slice(0, 120)]);
  });
  return [stops.length, stops.filter((e) => e.type === "date").length];
}"""
USED = ["overview", "list", "commitment with parts", "reader", "changes"]


@pytest.fixture
def sheet(browser: Any, site: Site) -> Iterator[Sheet]:
    with Sheet(browser, site.base) as opened:
        yield opened


@pytest.fixture
def plain(browser: Any, site: Site) -> Iterator[Sheet]:
    """No scripts."""
    with Sheet(browser, site.base, java_script_enabled=False) as opened:
        yield opened


def hits(sheet: Sheet) -> int:
    return int(sheet.page.locator(".tally b").first.inner_text())


@pytest.mark.parametrize("name", USED)
def test_tab_reaches_everything_in_order_and_shows_where_it_is(sheet: Sheet, site: Site, name: str) -> None:
    sheet.visit(site.address(name))
    stops, days = sheet.ask(STOPS)
    for _ in range(stops + 3 * days):
        sheet.page.keyboard.press("Tab")
    reached = sheet.ask("() => window.reached")[:stops]
    assert [place for place, _shown, _html in reached] == list(range(stops)), json.dumps(reached[-3:])
    hidden = [html for _place, shown, html in reached if not shown]
    assert not hidden, "\n".join(hidden)


def test_the_first_stop_skips_to_the_content(sheet: Sheet, site: Site) -> None:
    sheet.visit(site.address("overview"))
    sheet.page.keyboard.press("Tab")
    assert sheet.page.locator(".skip:focus").bounding_box()["y"] >= 0
    sheet.page.keyboard.press("Enter")
    assert sheet.ask("() => document.activeElement.id") == "main"


def test_a_filter_refines_the_list_without_loading_the_page_again(sheet: Sheet, site: Site) -> None:
    sheet.visit(site.address("list"))
    before = hits(sheet)
    sheet.ask("() => { window.stayed = true; document.querySelector('details.filters').open = true; }")
    sheet.page.locator("input[name=status][value=underway]").check()
    sheet.page.wait_for_url("**status=underway**")
    sheet.page.wait_for_function("before => document.querySelector('.tally b').textContent != before", arg=str(before))
    assert sheet.ask("() => window.stayed") is True
    assert 0 < hits(sheet) < before
    assert sheet.page.locator(".chips a").count() == 1
    assert (sheet.complaints, sheet.foreign) == ([], [])
    refined = hits(sheet)
    sheet.page.reload()
    assert hits(sheet) == refined


def test_back_brings_the_whole_list_again(sheet: Sheet, site: Site) -> None:
    sheet.visit(site.address("list"))
    before = hits(sheet)
    sheet.ask("() => { document.querySelector('details.filters').open = true; }")
    sheet.page.locator("input[name=status][value=underway]").check()
    sheet.page.wait_for_url("**status=underway**")
    sheet.page.go_back()
    sheet.page.wait_for_function("before => document.querySelector('.tally b').textContent == before", arg=str(before))
    assert not sheet.page.locator("input[name=status][value=underway]").is_checked()


def test_the_list_refines_without_scripts(plain: Sheet, site: Site) -> None:
    plain.visit(site.address("list"))
    before = hits(plain)
    plain.show(390)
    plain.page.locator("details.filters > summary").click()
    plain.page.locator("input[name=status][value=underway]").check()
    plain.page.locator("details.filters button.primary").click()
    plain.page.wait_for_url("**status=underway**")
    assert 0 < hits(plain) < before
    plain.page.locator(".chips a").first.click()
    plain.page.wait_for_url(lambda url: "status" not in url)
    assert hits(plain) == before


def test_the_desk_keeps_to_the_same_rules(sheet: Sheet, site: Site) -> None:
    row = site.told["row"]
    sheet.visit(site.base + "/admin/")
    sheet.page.locator("#id_username").fill(site.told["name"])
    sheet.page.locator("#id_password").fill(site.told["password"])
    sheet.page.locator("[type=submit]").click()
    sheet.page.wait_for_url("**/admin/")
    desk = site.base + "/admin/commitments/commitment/"
    for address in (desk, f"{desk}{row}/change/", f"{desk}{row}/assess/", f"{desk}{row}/history/"):
        sheet.visit(address)
        assert sheet.status == 200, address
    assert (sheet.complaints, sheet.foreign) == ([], [])
