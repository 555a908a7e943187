"""What every sheet to be filled in shares: how its cells look, the page that explains it, lists to choose from."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.conf import settings

from commitments.languages import choose, codes, suffix

WORDS = {"zh": "可填的词", "en": "Words for"}
HEADING_HEIGHT = 32  # points, for two lines
HEADS = {"zh": ("列", "代码", "说明"), "en": ("Column", "Code", "Meaning")}


class Word(NamedTuple):
    """One that a column takes."""

    labels: dict[str, str]
    code: str
    gloss: str = ""


class Explained(NamedTuple):
    """A column as the explaining page has it."""

    name: str
    labels: dict[str, str]
    meaning: dict[str, str]
    words: Sequence[Word] = ()


def looks_of(book: Any) -> dict[str, Any]:
    """Text cells are text whatever is typed into them; those that are ours stand on grey.

    Only what is typed is wrapped: not every program fits the height of a row to what it is given.
    """
    top, grey = {"valign": "top"}, {"bg_color": "#EEF1F3"}
    heading = {**top, "bold": True, "bottom": 1}
    return {
        "heading": book.add_format({**heading, "text_wrap": True}),
        "head": book.add_format(heading),
        "given": book.add_format({**top, **grey, "num_format": "@"}),
        "number": book.add_format({**top, **grey, "num_format": "0"}),
        "text": book.add_format({**top, "text_wrap": True, "num_format": "@"}),
        "word": book.add_format({**top, "num_format": "@"}),
        "day": book.add_format({**top, "num_format": "yyyy-mm-dd"}),
    }


def lay_out(sheet: Any, fixed: int) -> None:
    """Headings stay in view and on every page, with so many columns at the left."""
    sheet.freeze_panes(1, fixed)
    sheet.set_row(0, HEADING_HEIGHT)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def explain(sheet: Any, looks: dict[str, Any], columns: Iterable[Explained], language: str) -> dict[str, str]:
    """Write the page; returns where the words of each column stand that has any."""
    columns = list(columns)
    languages = [language, *(code for code in codes() if suffix(code) != suffix(language))]
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for number, width in enumerate([26] * len(languages) + [18, 90]):
        sheet.set_column(number, number, width, looks["word"])
    row, ranges = 0, {}

    def write(texts: Iterable[str], look: str = "word") -> None:
        nonlocal row
        for number, text in enumerate(texts):
            sheet.write_string(row, number, text, looks[look])
        row += 1

    head, code, meaning = HEADS.get(suffix(language), HEADS["en"])
    write([head, *(str(dict(settings.LANGUAGES)[each]) for each in languages[1:]), code, meaning], "head")
    for column in columns:
        texts = [choose(column.labels, each).text for each in languages]
        write([*texts, column.name, choose(column.meaning, language).text])
    for column in [column for column in columns if column.words]:
        row += 1
        write([f"{choose(WORDS, language).text} · {choose(column.labels, language).text}"], "head")
        ranges[column.name] = f"$A${row + 1}:$A${row + len(column.words)}"
        for word in column.words:
            write([*(choose(word.labels, each).text for each in languages), word.code, word.gloss])
    return ranges


def offer(sheet: Any, names: Iterable[str], ranges: dict[str, str], page: str, last: int) -> None:
    """Drop-down lists warn only: codes are as good as labels. `page`: name of the sheet where the words stand."""
    for number, name in enumerate(names):
        if name in ranges:
            rule = {"validate": "list", "source": f"='{page}'!{ranges[name]}", "error_type": "warning"}
            sheet.data_validation(1, number, max(last, 1), number, rule)
