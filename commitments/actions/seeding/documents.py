"""document.json, its text and provenance.json -> the row of the source document and that of its provenance."""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from commitments.actions.seeding.cells import LANGUAGE, UNPRINTABLE, Cells
from commitments.actions.seeding.files import Folder
from commitments.actions.seeding.registers import Register
from commitments.actions.seeding.rows import Row, noon
from commitments.choices import DocumentKind, Kind, Publication
from commitments.models import Provenance, SourceDocument
from commitments.today import today

FILE = "document.json"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SECTION = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
TEXTS = ("title_en", "short_en", "issuer_zh", "issuer_en", "place_zh", "place_en", "url_note_zh", "url_note_en")
REQUIRED_TEXTS = ("title_zh", "short_zh")
KEYS = (
    *(
        "slug",
        "kind",
        "title_zh",
        "title_en",
        "short_zh",
        "short_en",
        "issuer_zh",
        "issuer_en",
        "issued_on",
        "event_on",
    ),
    *("place_zh", "place_en", "language", "url", "url_note_zh", "url_note_en", "full_text_public", "follow_up_until"),
    *("text_file", "raw_file", "sections", "site_name_zh", "site_name_en"),
)
RUN = {"first_paragraph", "last_paragraph"}


def read_document(folder: Folder) -> tuple[Register | None, list[Row]]:
    """No register without a document that has a slug, a text and sections to find quotes in."""
    cells = folder.record(FILE, KEYS, optional=("kind_labels",))
    provenance = _read_provenance(folder)
    if cells is None:
        return None, []
    values = {**_values(cells), "text": _text(folder, cells)}
    values["sections"] = _sections(cells, values["text"])
    cells.checked(SourceDocument, {**values, "text": values["text"] or "-"}, {"text": "text_file"})
    if {"slug", "text_file", "sections"} & cells.bad:
        return None, []
    reviewed_on = provenance.values["reviewed_on"] if provenance else None
    register = Register(folder, values["slug"], _unsaved(values), noon(reviewed_on) if reviewed_on else None)
    row = Row(SourceDocument, register.key("document"), cells.place, values, once=register.publication())
    if not provenance:
        return register, [row]
    provenance.key, provenance.to = register.key("provenance"), {"document": row.key}
    return register, [row, provenance]


def _values(cells: Cells) -> dict[str, Any]:
    labels = _kind_labels(cells) if "kind_labels" in cells.cells else {}
    return {
        "slug": cells.matching("slug", SLUG, _("A short name of a-z, 0-9 and hyphens")),
        "kind": cells.word("kind", DocumentKind),
        **{name: cells.text(name, required=True) for name in REQUIRED_TEXTS},
        **{name: cells.text(name, nullable=True) for name in (*TEXTS, "site_name_zh", "site_name_en")},
        "issued_on": cells.day("issued_on", latest=today()),
        "event_on": cells.day("event_on", required=False),
        "language": cells.matching("language", LANGUAGE, _("A language code such as zh-Hans")),
        "url": cells.address("url", required=False),
        "kind_labels": labels,
        "full_text_public": cells.flag("full_text_public"),
        "follow_up_until": cells.day("follow_up_until", required=False),
        "publication": Publication.PUBLISHED.value,
    }


def _unsaved(values: dict[str, Any]) -> SourceDocument:
    return SourceDocument(text=values["text"], sections=values["sections"], issued_on=values["issued_on"])


def _text(folder: Folder, cells: Cells) -> str:
    """The text, exactly as the file holds it; the newspaper's own lines are only looked for."""
    for field_ in ("raw_file", "text_file"):
        name = cells.text(field_, required=True)
        if field_ not in cells.bad and ("/" in name or "\\" in name or name.startswith(".")):
            cells.wrong(field_, _("The name of a file in this folder is expected."), name)
    if "raw_file" not in cells.bad:
        folder.text(cells.cells["raw_file"])
    if "text_file" in cells.bad:
        return ""
    content = folder.text(cells.cells["text_file"])
    if content is None:
        cells.bad.add("text_file")
    elif not content.strip() or "\r" in content:
        cells.wrong("text_file", _("The text is empty, or its lines do not end in a plain line feed."))
    return content or ""


def _sections(cells: Cells, text: str) -> dict[str, Any]:
    sections = cells.cells.get("sections")
    if "sections" in cells.bad:
        return {}
    if not isinstance(sections, dict) or not sections:
        cells.wrong("sections", _("An object with named values is expected."), repr(sections))
        return {}
    paragraphs = len(text.removesuffix("\n").split("\n"))
    for name, runs in sections.items():
        if not SECTION.fullmatch(name):
            cells.wrong("sections", _("A section is named with up to 40 of a-z, 0-9, _ and -."), name)
        if not isinstance(runs, list) or not runs or not all(_is_run(run, paragraphs) for run in runs):
            words = {"name": name, "last": paragraphs - 1}
            reason = _(
                "Section %(name)s: runs from first_paragraph to last_paragraph, within 0 and %(last)d, are expected."
            )
            cells.wrong("sections", reason % words, repr(runs))
    return sections


def _is_run(run: Any, paragraphs: int) -> bool:
    if not isinstance(run, dict) or set(run) != RUN or not all(type(n) is int for n in run.values()):
        return False
    return 0 <= run["first_paragraph"] <= run["last_paragraph"] < paragraphs


def _kind_labels(cells: Cells) -> dict[str, Any]:
    labels = cells.cells["kind_labels"]
    if not isinstance(labels, dict) or not all(_is_label(kind, words) for kind, words in labels.items()):
        cells.wrong("kind_labels", _('{"outcome": {"zh": "…", "en": "…"}} is expected.'), repr(labels))
        return {}
    return labels


def _is_label(kind: str, words: Any) -> bool:
    if kind not in set(Kind) or not isinstance(words, dict):
        return False
    return all(isinstance(word, str) and not UNPRINTABLE.search(word) for pair in words.items() for word in pair)


def _read_provenance(folder: Folder) -> Row | None:
    keys = ("title_zh", "title_en", "method_zh", "method_en", "limits_zh", "limits_en", "reviewed_on", "coder")
    cells = folder.record("provenance.json", (*keys, "checked_by_person"))
    if cells is None:
        return None
    values: dict[str, Any] = {
        **{name: cells.text(name, required=True) for name in ("title_zh", "method_zh", "coder")},
        **{name: cells.text(name) for name in ("title_en", "method_en")},
        **{name: cells.texts(name) for name in ("limits_zh", "limits_en")},
        "reviewed_on": _reviewed_on(cells),
        "checked_by_person": cells.flag("checked_by_person"),
    }
    if values["limits_en"] and len(values["limits_zh"]) != len(values["limits_en"]):
        cells.wrong("limits_en", _("There must be as many as in limits_zh, or none."))
    cells.checked(Provenance, values, {})
    return Row(Provenance, "", cells.place, values)


def _reviewed_on(cells: Cells) -> date | None:
    return cells.day("reviewed_on", latest=today())
