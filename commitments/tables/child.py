"""Runs alone, with little memory and time: an untrusted XLSX, CSV or ZIP file on stdin -> its cells, or what is wrong.

Started by reader.py as a script that imports nothing of ours; answers in JSON, dates as {"date": "2026-11-22"}.
"""

import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.parsers import expat

import openpyxl

try:
    import resource
except ImportError:  # not on Windows: there the parent's clock is the only limit
    resource = None  # type: ignore[assignment]

CHUNK = 65_536
XML_PARTS = (".xml", ".rels", ".vml")
MACROS = ("vbaproject.bin", "macrosheets/")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# In this order: GB18030 reads nearly every sequence of bytes.
ENCODINGS = (("UTF-8", "utf-8"), ("GBK", "gb18030"))
BOMS = ((b"\xef\xbb\xbf", "UTF-8", "utf-8-sig"), (b"\xff\xfe", "UTF-16", "utf-16"), (b"\xfe\xff", "UTF-16", "utf-16"))
SMALL = 1_048_576  # inflated bytes below which the ratio says nothing
WORKBOOK = "xl/workbook.xml"
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Bad(Exception):
    """`problem` is a key of reader.PROBLEMS; the words fill in its sentence."""

    def __init__(self, problem: str, **words: Any) -> None:
        super().__init__(problem)
        self.answer = {"problem": problem, "words": words}


def main() -> None:
    limits = json.loads(sys.argv[1])
    _bind(limits)
    content = sys.stdin.buffer.read()
    try:
        answer = read(content, limits)
    except Bad as bad:
        answer = bad.answer
    except MemoryError:
        answer = {"problem": "memory", "words": {}}
    except Exception:  # whatever a parser makes of a forged file, the person gets a sentence
        answer = {"problem": "damaged", "words": {}}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _bind(limits: dict) -> None:
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"], limits["cpu_seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(content: bytes, limits: dict) -> dict:
    """The first table, or as many as `limits["tables"]` allows: {"tables": [{"name", "encoding", "rows"}, …]}."""
    if content.startswith(OLD_OFFICE):
        raise Bad("old_office")
    if not content.startswith(b"PK"):
        encoding, text = decoded(content)
        return {"tables": [{"name": "", "encoding": encoding, "rows": collect(csv_rows(text, limits), limits)[0]}]}
    names = check_archive(content, limits)
    if WORKBOOK in names:
        return {"tables": list(each_within(sheets(content), limits))}
    if limits["tables"] == 1:
        raise Bad("not_a_table")
    return {"tables": list(each_within(members(content, names, limits), limits))}


Rows = Iterator[tuple[int, list]]


def each_within(found: Iterator[tuple[str, str, Rows]], limits: dict) -> Iterator[dict]:
    """What is wrong in one of several says in which; all of them share the limit on text."""
    left = limits["text_bytes"]
    for number, (name, encoding, rows) in enumerate(found, 1):
        if number > limits["tables"]:
            if limits["tables"] == 1:
                return
            raise Bad("tables", most=limits["tables"])
        try:
            kept, used = collect(rows, limits, left)
        except Bad as bad:
            bad.answer["table"] = name if limits["tables"] > 1 else ""
            raise
        left -= used
        yield {"name": name, "encoding": encoding, "rows": kept}


def collect(rows: Rows, limits: dict, left: int | None = None) -> tuple[list, int]:
    """Rows that hold something, within the limits, as [number, cells]; and the bytes of their text."""
    found: list[tuple[int, list]] = []
    total, most = 0, limits["text_bytes"] if left is None else left
    for number, cells in rows:
        while cells and cells[-1] == "":
            cells.pop()
        if not cells:
            continue
        if len(found) > limits["rows"]:  # one more is the heading
            raise Bad("rows", most=limits["rows"])
        if len(cells) > limits["columns"]:
            raise Bad("columns", most=limits["columns"], cell=place(number, len(cells)))
        total += check_row(number, cells, limits["cell_bytes"])
        if total > most:
            raise Bad("text", most=limits["text_bytes"] // 1_000_000)
        found.append((number, cells))
    return found, total


def check_row(number: int, cells: list, most: int) -> int:
    total = 0
    for column, cell in enumerate(cells, 1):
        length = len(cell.encode("utf-8", "surrogatepass")) if isinstance(cell, str) else 0
        if length > most:
            raise Bad("cell", most=most, cell=place(number, column))
        total += length
    return total


def place(row: int, column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


# XLSX: the archive is looked through before anything reads its parts.
def check_archive(content: bytes, limits: dict) -> list[str]:
    """The names of its parts."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise Bad("damaged") from None
    entries = archive.infolist()
    _check_entries(entries, limits)
    inflated = 0
    for entry in entries:
        inflated += _inflate(archive, entry, limits["inflated_bytes"] - inflated)
    if inflated > SMALL and inflated > limits["ratio"] * len(content):
        raise Bad("ratio", most=limits["ratio"])
    return archive.namelist()


def _check_entries(entries: list[zipfile.ZipInfo], limits: dict) -> None:
    names = [entry.filename.lower() for entry in entries]
    if len(names) > limits["entries"]:
        raise Bad("entries", most=limits["entries"])
    if len(set(names)) < len(names):
        raise Bad("duplicate_entries")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Bad("encrypted")
    if any(mark in name for name in names for mark in MACROS):
        raise Bad("macros")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Bad("damaged")
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Bad("overlapping_entries")
        end = entry.header_offset + 30 + len(entry.orig_filename.encode()) + entry.compress_size


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> int:
    """Real bytes, counted as they come; XML on the way must have no document type and no macro content type."""
    is_xml = entry.filename.lower().endswith(XML_PARTS)
    parser = _parser() if is_xml else None
    size, tail = 0, b""
    try:
        with archive.open(entry) as part:
            while chunk := part.read(CHUNK):
                size += len(chunk)
                if size > most:
                    raise Bad("inflated")
                if parser:
                    parser.Parse(chunk, False)
                if entry.filename == "[Content_Types].xml" and b"macroenabled" in (tail + chunk).lower():
                    raise Bad("macros")
                tail = chunk[-20:]
        if parser:
            parser.Parse(b"", True)
    except (zipfile.BadZipFile, expat.ExpatError, EOFError, NotImplementedError):
        raise Bad("damaged") from None
    return size


def _parser() -> Any:
    def refuse(*_given: Any) -> None:
        raise Bad("doctype")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    return parser


def sheets(content: bytes) -> Iterator[tuple[str, str, Rows]]:
    """Name, no encoding, rows."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    if not book.worksheets:
        raise Bad("not_a_table")
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file says about its size is not believed
        yield sheet.title, "", sheet_rows(sheet)


def sheet_rows(sheet: Any) -> Rows:
    """One row at a time."""
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, [_value(cell, number, column) for column, cell in enumerate(row, 1)]


def _value(cell: Any, row: int, column: int) -> Any:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise Bad("formula", cell=place(row, column))
    if cell.data_type == "e":
        raise Bad("error_value", cell=place(row, column), value=str(value))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return {"date": value.date().isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value.isoformat() if isinstance(value, time) else text_of(unescaped(str(value)))


def unescaped(text: str) -> str:
    """XLSX writes a character that XML forbids as _x000D_, and such a spelling itself as _x005F_x000D_."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def text_of(value: str) -> str:
    """Line ends as LF."""
    return value.replace("\r\n", "\n").replace("\r", "\n")


# CSV
def members(content: bytes, names: list[str], limits: dict) -> Iterator[tuple[str, str, Rows]]:
    """The CSV files of an archive; whatever else it holds, archives too, is not opened."""
    found = [name for name in names if name.lower().endswith(".csv")]
    if not found:
        raise Bad("not_a_table")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in found:
            encoding, text = decoded(archive.read(name))
            yield name, encoding, csv_rows(text, limits)


def decoded(content: bytes) -> tuple[str, str]:
    for bom, name, codec in BOMS:
        if content.startswith(bom):
            return name, _decode(content, codec)
    if b"\x00" in content:
        raise Bad("not_a_table")
    for name, codec in ENCODINGS:
        try:
            return name, content.decode(codec)
        except UnicodeDecodeError:
            continue
    raise Bad("encoding")


def _decode(content: bytes, codec: str) -> str:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        raise Bad("encoding") from None
    if "\x00" in text:
        raise Bad("not_a_table")
    return text


def csv_rows(text: str, limits: dict) -> Rows:
    """The separator is the one that the first line has most of: a comma, a semicolon or a tab."""
    heading = text.partition("\n")[0]
    separator = max(",;\t", key=heading.count)
    csv.field_size_limit(4 * limits["cell_bytes"])
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            yield number, [text_of(cell) for cell in cells]
    except csv.Error as error:
        raise Bad("cell" if "field limit" in str(error) else "csv", most=limits["cell_bytes"], cell="?") from None


if __name__ == "__main__":
    main()
