"""Takes every public page as a picture: 1280 and 390 pixels wide, light, dark and as printed, Chinese and English.

    python3 dev.py serve                                      # in another window
    .venv/bin/python -m pip install --require-hashes -r requirements-browser.txt
    .venv/bin/python docs/screenshots.py --base http://127.0.0.1:8000 --out var/pictures

Needs playwright, and a Chromium on PATH or in CHROMIUM_PATH. `--only overview` takes the pages with that word.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

# Name -> path in Chinese.
PAGES = {
    "overview": "/",
    "overview-2023": "/?as_of=2023-12-31",
    "list": "/commitments/",
    "list-filtered": "/commitments/?status=underway&evidence=any",
    "list-error": "/commitments/?status=nonsense",
    "proposal": "/commitments/xian-2023/1/",
    "commitment": "/commitments/xian-2023/4.2/",
    "commitment-parts": "/commitments/xian-2023/1.1/",
    "commitment-bare": "/commitments/xian-2023/2.4/",
    "principle": "/commitments/xian-2023/P1/",
    "embed": "/embed/xian-2023/4.2/",
    "embed-proposal": "/embed/xian-2023/2/",
    "documents": "/documents/",
    "reader": "/documents/xian-2023/",
    "evidence-list": "/evidence/",
    "evidence": "/evidence/E001/",
    "changes": "/changes/",
    "reports": "/reports/",
    "report": "/reports/?document=xian-2023&from=2025-01-01&to=2025-12-31",
    "editions": "/editions/",
    "edition": "/editions/1/",
    "edition-commitment": "/editions/1/xian-2023/4.2/",
    "methodology": "/methodology/",
    "about": "/about/",
    "data": "/data/",
    "404": "/nothing-here/",
}
LANGUAGES = {"zh": "", "en": "/en"}
STATES = [
    ("1280-light", 1280, {"color_scheme": "light", "media": "screen"}),
    ("1280-dark", 1280, {"color_scheme": "dark", "media": "screen"}),
    ("390-light", 390, {"color_scheme": "light", "media": "screen"}),
    ("390-dark", 390, {"color_scheme": "dark", "media": "screen"}),
    ("print", 794, {"color_scheme": "light", "media": "print"}),  # A4 at 96 dots an inch
]


def take(page: Any, base: str, out: Path, name: str, path: str) -> None:
    for language, prefix in LANGUAGES.items():
        page.goto(base + prefix + path)
        for state, width, media in STATES:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(**media)
            page.screenshot(path=out / f"{name}-{language}-{state}.png", full_page=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    chromium = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("No Chromium found: install one, or set CHROMIUM_PATH.")
    given.out.mkdir(parents=True, exist_ok=True)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"] if is_root else [])
        page = browser.new_page()
        for name, path in PAGES.items():
            if given.only in name:
                take(page, given.base.rstrip("/"), given.out, name, path)
        browser.close()


if __name__ == "__main__":
    main()
