"""One server over the shipped register and one Chromium for all of these tests; they talk to each other over HTTP.

Without playwright or a Chromium the tests are skipped; `.ci/run` installs both.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.browser.sheets import PAGES, Sheet

CHROMIUM = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 60  # seconds until the server must have answered


class Site:
    """Where the server stands, and what stands where in its register."""

    def __init__(self, base: str, told: dict[str, str]) -> None:
        self.base = base
        self.told = told

    def address(self, page: str, language: str = "zh") -> str:
        path = PAGES[page].format_map({name.replace(" ", "_"): value for name, value in self.told.items()})
        return self.base + ("/en" if language == "en" else "") + path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.path == here / "test_import_desk.py")  # publishes a second document: last


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """Closed with these tests: while it is open its event loop keeps Django from the database."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs requirements-browser.txt")
    if not CHROMIUM:
        pytest.skip("needs a Chromium on PATH or in CHROMIUM_PATH")
    with playwright.sync_playwright() as driver:
        alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=alone)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def site(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'register.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DEBUG": "0",
        "TRACKER_CONTACT": "contact@example.org",
        "TRACKER_HTTPS": "0",
    }
    here: dict[str, Any] = {"cwd": settings.BASE_DIR, "env": environment}
    fill = [sys.executable, "-m", "tests.browser.register"]
    told = json.loads(subprocess.run(fill, **here, stdout=subprocess.PIPE, check=True).stdout)
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--no-access-log", "--log-level", "warning", "tracker.wsgi:application"]
    server = subprocess.Popen(command, **here)
    try:
        _wait(server, port)
        yield Site(f"http://127.0.0.1:{port}", told)
    finally:
        server.terminate()
        server.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(server: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not start (code {server.poll()})")


@pytest.fixture(scope="module")
def sheet(request: pytest.FixtureRequest, browser: Any, site: Site) -> Iterator[Sheet]:
    """One page in one language, opened once for all tests of it; parametrized with (page, language)."""
    page, language = request.param
    with Sheet(browser, site.base) as opened:
        opened.visit(site.address(page, language))
        yield opened
