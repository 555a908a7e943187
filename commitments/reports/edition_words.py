"""The papers of an edition: release notes in each language, CITATION.cff and the notice of the licence."""

import json

from django.utils.translation import gettext as _
from django.utils.translation import override

from commitments.catalogue.edition_changes import Change
from commitments.catalogue.edition_detail import FrozenRow
from commitments.catalogue.edition_rows import Row
from commitments.catalogue.edition_tables import TABLES
from commitments.choices import Difference
from commitments.languages import choose, codes, suffix
from commitments.reports.release import Release

NOTICE = {
    "zh": "本发布版中我们自己的数据（承诺清单、评估、备注、摘要）按知识共享署名4.0国际许可协议（CC BY 4.0）提供。"
    "许可不涵盖来源文件的原文摘录和作为证据列出的网页；它们的权利归各自的发布机构和发布方所有。"
    "许可全文：https://creativecommons.org/licenses/by/4.0/legalcode.zh-hans",
    "en": "Our own data in this edition (the register, assessments, notes and summaries) are licensed under Creative "
    "Commons Attribution 4.0 International (CC BY 4.0). "
    "The licence does not cover the passages quoted from the sources, nor the pages listed as evidence; "
    "the rights in those stay with their issuers and publishers. "
    "The licence in full: https://creativecommons.org/licenses/by/4.0/legalcode.en",
}


def licence() -> bytes:
    return ("\n\n".join(NOTICE.values()) + "\n").encode()


def citation(release: Release) -> bytes:
    """CFF 1.2.0; texts are written as JSON strings, which YAML reads."""
    frozen = release.frozen
    site = " / ".join(dict.fromkeys(release.names.values()))
    lines = [
        "cff-version: 1.2.0",
        "message: " + _quoted("If you use these data, please cite this edition. 引用数据时请注明本发布版。"),
        "type: dataset",
        f"title: {_quoted(f'{site}, edition {frozen.number}')}",
        "authors:",
        f"  - name: {_quoted(site)}",
        f"version: {_quoted(str(frozen.number))}",
        f"date-released: {frozen.day.isoformat()}",
        "license: CC-BY-4.0",
        "identifiers:",
        "  - type: other",
        f"    value: {_quoted(f'sha256:{frozen.sha256}')}",
        f"    description: {_quoted('SHA-256 of edition.json')}",
    ]
    return ("\n".join(lines) + "\n").encode()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def release_notes(release: Release, code: str) -> bytes:
    """Markdown in one language."""
    with override(code):
        parts = [*_head(release, code), *_since(release), *_files(), *_reading(), choose(NOTICE).text]
    return ("\n\n".join(parts) + "\n").encode()


def _head(release: Release, code: str) -> list[str]:
    frozen = release.frozen
    counted = {name: len(rows) for name, rows in frozen.tables.items()}
    sentence = _("%(commitments)d commitments, %(assessments)d judgements, %(evidence)d pieces of evidence.")
    said = [
        f"# {choose(release.names).text} · " + _("Edition %(number)d") % {"number": frozen.number},
        _("The register as it stood on %(day)s, as this site knew it then.") % {"day": frozen.day.isoformat()},
        sentence % {name: counted[name] for name in ("commitments", "assessments", "evidence")},
        f"SHA-256 (edition.json): `{frozen.sha256}`",
    ]
    if frozen.is_provisional:
        said.insert(1, _("**Provisional.** This is a trial edition; do not take it for a finding."))
    if own := choose(frozen.notes, code).text:
        said.append(own)
    return said


def _since(release: Release) -> list[str]:
    previous = release.frozen.previous
    if previous is None:
        return [_("There is no edition before this one.")]
    head = "## " + _("Changes since edition %(number)d") % {"number": previous["number"]}
    rows = release.frozen.commitments
    changed = [one for one in release.changes if one.table == "commitments"]
    steps = [_step(one, rows[one.id]) for one in changed if one.field == "status"]
    added = [f"- {one.id} {FrozenRow(rows[one.id]).words('title')}" for one in changed if one.what == Difference.ADDED]
    removed = [f"- {one.id}" for one in changed if one.what == Difference.REMOVED]
    lists = ((_("Status"), steps), (Difference.ADDED.label, added), (Difference.REMOVED.label, removed))
    said = [f"### {label}\n\n" + "\n".join(lines) for label, lines in lists if lines]
    everything = _("%(count)d differences in all; changes.csv lists each.") % {"count": len(release.changes)}
    return [head, *said, everything]


def _step(change: Change, row: Row) -> str:
    """The status before is read in the light of the wording of today, as everywhere."""
    before, after = (FrozenRow({**row, "status": status}) for status in (change.before, change.after))
    words = {"what": f"{change.id} {after.words('title')}", "before": before.label, "after": after.label}
    return "- " + _("%(what)s: %(before)s → %(after)s") % words


def _files() -> list[str]:
    tables = "\n".join(f"- `{table.name}` – {choose(table.labels).text}" for table in TABLES)
    forms = [
        _(
            "- `csv/`, `jsonl/`: each table for spreadsheets and for programs; "
            "`tables.xlsx`: all of them as one workbook"
        ),
        _("- `edition.json`: everything as canonical JSON (RFC 8785); its hash is the edition's"),
        _("- `datapackage.json`: types, words and meaning of every column (Frictionless, version 2)"),
        _("- `changes.csv`: what differs from the edition before"),
        _("- `sha256sums.txt`: the hash of every file"),
    ]
    return ["## " + _("Files"), "\n".join(forms), "## " + _("Tables"), tables]


def _reading() -> list[str]:
    lines = [
        _(
            "All text is UTF-8. The CSV file begins with a byte order mark, so that spreadsheet programs "
            "recognise Chinese text."
        ),
        _(
            "In CSV, a cell that a spreadsheet could take for a formula begins with an apostrophe. "
            "Remove one leading apostrophe to get the value back."
        ),
        _("A value that does not exist is null in JSON and an empty cell in CSV."),
        _("Lists are arrays in JSON and joined by | in CSV."),
    ]
    return ["## " + _("How to read the files"), "\n".join(f"- {line}" for line in lines), "## " + _("Licence")]


def languages() -> list[tuple[str, str]]:
    """Code of each language and how its files are named."""
    return [(code, suffix(code)) for code in codes()]
