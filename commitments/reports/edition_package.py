"""datapackage.json of an edition (Frictionless v2): every table with types, words, keys and what they mean."""

import hashlib
import json
from typing import Any

from commitments.catalogue.edition_changes import CHANGE
from commitments.catalogue.edition_tables import TABLES, Table
from commitments.catalogue.records import Field
from commitments.languages import codes, suffix
from commitments.reports.release import Release

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
CHANGES = Table(
    "changes",
    {"zh": "与上一版相比的变化", "en": "Changes since the edition before"},
    (),
    CHANGE,
    {},
)


def datapackage(release: Release, tables: dict[str, bytes]) -> bytes:
    """`tables`: path of each CSV file -> its bytes."""
    frozen = release.frozen
    described = {table.name: table for table in (*TABLES, CHANGES)}
    package = {
        "$schema": PROFILE,
        "name": f"commitments-edition-{frozen.number}",
        "title": _in_all(release.names),
        "version": str(frozen.number),
        "created": f"{frozen.day.isoformat()}T00:00:00Z",
        "provisional": frozen.is_provisional,
        "contentHash": f"sha256:{frozen.sha256}",
        "licenses": [LICENCE],
        "contributors": [{"title": _in_all(release.names), "roles": ["creator"]}],
        "sources": [_source(row) for row in frozen.tables["documents"]],
        "resources": [
            _resource(described[path.rpartition("/")[2].removesuffix(".csv")], path, content)
            for path, content in tables.items()
        ],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _in_all(words: dict[str, str]) -> str:
    return " / ".join(dict.fromkeys(words[suffix(code)] for code in codes() if words.get(suffix(code))))


def _source(row: dict[str, Any]) -> dict[str, Any]:
    title = {suffix(code): row.get(f"title_{suffix(code)}") or "" for code in codes()}
    return {"title": _in_all(title), **({"path": row["url"]} if row["url"] else {})}


def _resource(table: Table, path: str, content: bytes) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": path,
        "title": _in_all(table.labels),
        "labels": table.labels,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(table, field) for field in table.fields], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": [field], "reference": _reference(table, target)} for field, target in table.refers.items()
        ]
    return schema


def _reference(table: Table, target: str) -> dict[str, Any]:
    """A reference to the same table names none."""
    key = next(each.key[0] for each in TABLES if each.name == target)
    return {"resource": "" if target == table.name else target, "fields": [key]}


def _field(table: Table, field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": field.datatype,
        "title": field.labels[suffix(codes()[0])],
        "description": _in_all(field.labels),
        "labels": field.labels,
    }
    if field.datatype == "array":
        described |= {"type": "list", "delimiter": "|", "itemType": "string"}
    constraints: dict[str, Any] = {}
    if field.name in table.key:
        constraints["required"] = True
    if field.words:
        constraints["enum"] = [word.value for word in field.words]
        described["valueLabels"] = {word.value: word.labels for word in field.words}
    return {**described, "constraints": constraints} if constraints else described
