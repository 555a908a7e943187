"""The page to try the API on, in a real browser: it draws, it asks, and its strict policy has nothing to forbid."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import Site

VIOLATIONS = """addEventListener("securitypolicyviolation",
  (event) => (window.forbidden ??= []).push(`${event.violatedDirective} ${event.blockedURI}`))"""


@pytest.fixture
def opened(browser: Any, site: Site) -> Iterator[tuple[Any, list[str]]]:
    """A page with its troubles: what the console says, what is asked of another host, what the policy forbids."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(VIOLATIONS)
    page, troubles = context.new_page(), []
    page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((site.base, "data:")) else troubles.append(asked.url))
    yield page, troubles
    assert troubles == [] and not page.evaluate("window.forbidden ?? []")
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_address_is_there_and_one_can_be_tried(opened: tuple[Any, list[str]], site: Site, language: str) -> None:
    page, _troubles = opened
    page.goto(f"{site.base}/api/docs/?lang={language}")
    page.wait_for_selector(".opblock")
    assert page.locator(".opblock").count() == 12
    summary = page.locator("#operations-summary-readSummary")
    summary.locator(".opblock-summary-control").click()
    summary.locator(".try-out__btn").click()
    summary.locator(".execute").click()
    summary.locator(".live-responses-table").wait_for()
    assert "one_off" in summary.locator(".live-responses-table").inner_text()
