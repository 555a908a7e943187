"""The code that a page offers, put into a page of another host: the card shows, fits, and asks for nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.browser.conftest import Site
from tests.browser.sheets import Sheet

ISOLATED = {"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin"}
OFFERED = [
    (page, language)
    for page in ("commitment with parts", "commitment without evidence", "proposal", "principle")
    for language in ("zh", "en")
]


@contextmanager
def stranger(body: str, headers: dict[str, str] | None = None) -> Iterator[str]:
    """Another host with one page; its address."""
    page = f"<!doctype html><html lang=en><title>Elsewhere</title><link rel=icon href='data:,'>{body}".encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"  # for a browser another site than 127.0.0.1
    finally:
        server.shutdown()
        server.server_close()


def offered(browser: Any, site: Site, page: str, language: str) -> str:
    with Sheet(browser, site.base) as sheet:
        sheet.visit(site.address(page, language))
        return sheet.page.locator(".embed code").text_content()


def framed(sheet: Sheet) -> Any:
    """The frame within the page, once it has loaded."""
    return next(frame for frame in sheet.page.frames if frame != sheet.page.main_frame)


@pytest.mark.parametrize(
    ("page", "language", "headers"),
    [*((page, language, {}) for page, language in OFFERED), ("proposal", "en", ISOLATED)],
)
def test_the_offered_code_shows_the_card_on_another_site(
    browser: Any, site: Site, page: str, language: str, headers: dict[str, str]
) -> None:
    code = offered(browser, site, page, language)
    with stranger(code, headers) as address, Sheet(browser, site.base) as sheet:
        asked: list[str] = []
        sheet.page.on("request", lambda request: asked.append(request.url))
        sheet.visit(address)
        frame = framed(sheet)
        frame.wait_for_load_state("load")
        assert frame.locator("h1").is_visible() and frame.locator(".status").first.is_visible()
        assert frame.evaluate("() => getComputedStyle(document.body).display") == "flex", "its style sheet has come"
        room = frame.evaluate("() => [document.documentElement.scrollHeight, window.innerHeight, window.innerWidth]")
        assert room[0] <= room[1] and room[2] == 480, room
        assert sheet.page.locator("iframe").get_attribute("title").strip()
        assert {url.partition("/embed/")[0] for url in asked if "/static/" not in url} <= {
            *(f"{address}/", site.base, f"{site.base}/en"),
        }
        assert all(url.startswith((site.base + "/", address + "/")) for url in asked)
        assert sheet.context.cookies() == []
        assert sheet.complaints == []


def test_its_links_open_the_site_in_a_window_of_its_own(browser: Any, site: Site) -> None:
    with stranger(offered(browser, site, "proposal", "en")) as address, Sheet(browser, site.base) as sheet:
        sheet.visit(address)
        with sheet.context.expect_page() as opened:
            framed(sheet).locator("h1 a").click()
        opened.value.wait_for_load_state()
        assert opened.value.url == site.address("proposal", "en")
        assert opened.value.evaluate("() => window.opener") is None


def test_it_stands_in_a_frame_that_may_do_nothing(browser: Any, site: Site) -> None:
    code = offered(browser, site, "proposal", "zh").replace("<iframe", "<iframe sandbox")
    with stranger(code) as address, Sheet(browser, site.base) as sheet:
        sheet.visit(address)
        assert framed(sheet).locator("h1").is_visible()
        assert sheet.complaints == []


@pytest.mark.parametrize("page", ["proposal", "overview"])
def test_no_other_page_shows_in_a_frame(browser: Any, site: Site, page: str) -> None:
    """The control: the browser does look at the header."""
    with stranger(f'<iframe src="{site.address(page)}"></iframe>') as address, Sheet(browser, site.base) as sheet:
        sheet.visit(address)
        assert framed(sheet).locator("main").count() == 0
        assert any("frame-ancestors" in line for line in sheet.complaints)
