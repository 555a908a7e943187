"""Sets pages: a template and what it says -> PDF. Reads nothing but the templates and the fonts.

As a program it sets one job in a process of its own, whose memory then returns to the machine:

    python -m commitments.reports.typesetter FOLDER/NAME   reads NAME.job, writes NAME.pdf and NAME.places, JSON both
"""

import json
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TEMPLATES, FONTS = HERE / "typst", HERE / "fonts"


class Setting:
    """What is said goes in as data and is never read as markup."""

    def __init__(self, template: str, said: dict[str, Any], look: dict[str, Any], day: date) -> None:
        import typst  # noqa: PLC0415 - 30 MB of machine code that only this needs

        self._made_at = datetime.combine(day, time.min, UTC)
        self._compiler = typst.Compiler(
            str(TEMPLATES / template),
            root=str(TEMPLATES),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={
                name: json.dumps(value, ensure_ascii=False) for name, value in (("data", said), ("look", look))
            },
        )

    def pdf(self, *, whole: bool) -> bytes:
        """Tagged; `whole` is held to PDF/UA as well, which what goes on in the middle cannot be."""
        standards: Any = ["ua-1"] if whole else []
        made: Any = self._compiler.compile(timestamp=self._made_at, pdf_standards=standards)
        assert isinstance(made, bytes)
        return made

    def places(self) -> Any:
        """How many pages, and where on them the places are, in points from above."""
        return json.loads(self._compiler.query("<places>", field="value", one=True))


def main(path: Path) -> None:
    job = json.loads(path.with_suffix(".job").read_text(encoding="utf-8"))
    setting = Setting(job["template"], job["said"], job["look"], date.fromisoformat(job["day"]))
    path.with_suffix(".pdf").write_bytes(setting.pdf(whole=job["whole"]))
    path.with_suffix(".places").write_text(json.dumps(setting.places()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
