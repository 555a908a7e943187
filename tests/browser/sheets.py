"""The public pages, and one of them opened in a browser that notes what it asks for and complains about."""

from types import TracebackType
from typing import Any, Self

# Name -> path in Chinese; the words in braces come from tests/browser/register.py.
PAGES = {
    "overview": "/",
    "overview of a past day": "/?as_of=2024-12-31",
    "list": "/commitments/",
    "list with filters": "/commitments/?status=underway&party=KZ&evidence=any",
    "list with an error": "/commitments/?status=nonsense&as_of=2024-13-01",
    "commitment with parts": "{commitment_with_parts}",
    "commitment without evidence": "{commitment_without_evidence}",
    "proposal": "{proposal}",
    "principle": "{principle}",
    "card": "{card}",
    "card of a proposal": "{card_of_a_proposal}",
    "documents": "/documents/",
    "reader": "{reader}",
    "evidence list": "/evidence/",
    "evidence": "{evidence}",
    "changes": "/changes/",
    "reports": "/reports/",
    "report": "/reports/?from=2000-01-01",
    "brief report": "/reports/?from=2000-01-01&length=brief",
    "editions": "/editions/",
    "edition": "/editions/2/",
    "commitment in an edition": "/editions/1/xian-2023/4.2/",
    "editions compared": "/editions/1/compare/2/",
    "methodology": "/methodology/",
    "about": "/about/",
    "data": "/data/",
    "404": "/nothing-here/",
    "410": "{withdrawn}",
}
ANSWERS = {"404": 404, "410": 410}
EVERY = [(page, language) for page in PAGES for language in ("zh", "en")]
WIDTHS = (320, 360, 390, 768, 1280)
HEIGHT = 900


class Sheet:
    """A page in a context of its own: nothing was stored before, nothing is shared after."""

    def __init__(self, browser: Any, base: str, **options: Any) -> None:
        self.base = base
        self.context = browser.new_context(viewport={"width": 1280, "height": HEIGHT}, **options)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        self.page.on("console", lambda said: self._hear(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._see(request.url))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.context.close()

    def _hear(self, kind: str, words: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(words)

    def _see(self, url: str) -> None:
        if not url.startswith((self.base + "/", "data:")):
            self.foreign.append(url)

    def visit(self, address: str) -> None:
        self.status = self.page.goto(address, wait_until="load").status
        # The browser's own line about a failure that is meant to be one.
        if self.status >= 400:
            self.complaints = [line for line in self.complaints if f"status of {self.status}" not in line]

    def show(self, width: int = 1280, scheme: str = "light", media: str = "screen") -> Any:
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.emulate_media(color_scheme=scheme, media=media, reduced_motion="reduce")
        return self.page

    def ask(self, script: str, *given: Any) -> Any:
        return self.page.evaluate(script, *given)
