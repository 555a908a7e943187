"""The labelled texts of tests/data/extraction, and what extraction makes of them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from commitments.extraction.extract import extract

FOLDER = Path(__file__).resolve().parents[1] / "data" / "extraction"
NAMES = sorted(path.stem for path in (FOLDER / "texts").glob("*.txt"))


def text_of(name: str) -> str:
    return (FOLDER / "texts" / f"{name}.txt").read_bytes().decode("utf-8")


def gold_of(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / "gold" / f"{name}.json").read_text(encoding="utf-8"))


@cache
def drafted(name: str) -> dict[str, Any]:
    return extract(text_of(name)).as_data()
