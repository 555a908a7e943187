"""Spreadsheets as honest people and hostile ones make them: each function returns the bytes of a file."""

import io
import struct
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Any

import openpyxl
import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def xlsx(*rows: Iterable[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


HONEST = (("id", "day"), ("xian-2023/4.2", date(2026, 11, 20)))


def with_parts(content: bytes | None = None, /, **changed: str | bytes) -> bytes:
    """The workbook with parts replaced or added; `__` in a name stands for a slash, `_DOT_` for a dot."""
    given = {name.replace("__", "/").replace("_DOT_", "."): text for name, text in changed.items()}
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content or xlsx(*HONEST))) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, given.pop(name) if name in given else old.read(name))
        for name, text in given.items():
            new.writestr(name, text)
    return file.getvalue()


def with_sheet(body: str, opening: str = "") -> bytes:
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{opening}<worksheet {NS}><sheetData>{body}</sheetData></worksheet>'
    return with_parts(**{"xl__worksheets__sheet1_DOT_xml": xml})


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def million_rows() -> bytes:
    """Rows that compress to nearly nothing."""
    return with_sheet("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 1_000_001)))


def many_rows(rows: int) -> bytes:
    return xlsx(*[("id",)] + [(f"x/{n}",) for n in range(rows)])


def one_late_row() -> bytes:
    """As LibreOffice saves a sheet whose columns are formatted to their end, with a value there."""
    return with_sheet(f'<row r="1">{text_cell("A1", "id")}</row><row r="1048576">{text_cell("A1048576", "late")}</row>')


def shared_text_many_times(times: int) -> bytes:
    """One long text, named from many cells."""
    strings = f'<sst {NS} count="1" uniqueCount="1"><si><t>{"长" * 3000}</t></si></sst>'
    cells = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{chr(65 + c)}{n}" t="s"><v>0</v></c>' for c in range(20)) + "</row>"
        for n in range(1, times + 1)
    )
    xml = f"<worksheet {NS}><sheetData>{cells}</sheetData></worksheet>"
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:  # openpyxl writes no shared texts
        book.add_worksheet().write_string(0, 0, "x")
    return with_parts(file.getvalue(), **{"xl__worksheets__sheet1_DOT_xml": xml, "xl__sharedStrings_DOT_xml": strings})


def styled_empty_cells(rows: int) -> bytes:
    """No value anywhere, only work for the parser; noise keeps the ratio low."""
    cells = "".join(f'<row r="{n}"><c r="XFD{n}" s="0"/></row>' for n in range(1, rows + 1))
    return with_sheet(f'<row r="1">{text_cell("A1", "id")}</row>' + cells)


def external_entity() -> bytes:
    doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return with_sheet(f'<row r="1">{text_cell("A1", "&e;")}</row>', doctype)


def external_entity_in_utf16() -> bytes:
    xml = (
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        f"<worksheet {NS}><sheetData/></worksheet>"
    )
    return with_parts(**{"xl__worksheets__sheet1_DOT_xml": xml.encode("utf-16")})


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    return with_sheet(f'<row r="1">{text_cell("A1", "&e9;")}</row>', f"<!DOCTYPE x [{entities}]>")


def macros() -> bytes:
    return with_parts(**{"xl__vbaProject_DOT_bin": b"\x00" * 100})


def macro_content_type() -> bytes:
    with zipfile.ZipFile(io.BytesIO(xlsx(*HONEST))) as book:
        types = book.read("[Content_Types].xml").decode()
    forged = types.replace("spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroEnabled.main+xml")
    return with_parts(**{"[Content_Types]_DOT_xml": forged})


def many_entries(count: int = 2_100) -> bytes:
    return with_parts(**{f"xl__media__{n}_DOT_bin": b"" for n in range(count)})


def repeated_entry() -> bytes:
    """The same name twice: programs differ on which one they read."""
    with_other = with_parts(**{"xl__worksheets__sheetZ_DOT_xml": "<worksheet/>"})
    return with_other.replace(b"xl/worksheets/sheetZ.xml", SHEET.encode())


def overlapping_entries() -> bytes:
    """Two names in the directory for one place in the file."""
    content = bytearray(with_parts(**{"xl__worksheets__sheet9_DOT_xml": "<worksheet/>"}))
    offsets = {}
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", content, at + 28)[0]
        offsets[bytes(content[at + 46 : at + 46 + length])] = at
        at = content.find(b"PK\x01\x02", at + 46)
    here, there = offsets[b"xl/worksheets/sheet9.xml"], offsets[SHEET.encode()]
    content[here + 42 : here + 46] = content[there + 42 : there + 46]
    return bytes(content)


def encrypted_entry() -> bytes:
    content = bytearray(xlsx(*HONEST))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def lying_about_its_size() -> bytes:
    """The directory says 10 bytes, the part holds millions."""
    content = bytearray(million_rows())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", content, at + 28)[0]
        if content[at + 46 : at + 46 + length] == SHEET.encode():
            struct.pack_into("<I", content, at + 24, 10)
        at = content.find(b"PK\x01\x02", at + 46)
    return bytes(content)


def cut_off() -> bytes:
    return xlsx(*HONEST)[:-100]


def csv_text(*rows: Iterable[str], codec: str = "utf-8", separator: str = ",") -> bytes:
    return "\r\n".join(separator.join(row) for row in rows).encode(codec)


def archive(**members: bytes) -> bytes:
    """A ZIP of files; `_DOT_` in a name stands for a dot."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("_DOT_", "."), content)
    return file.getvalue()


def nested_archives(depth: int = 6) -> bytes:
    """Archives in archives; what is innermost is big."""
    content = archive(a_DOT_csv=b"a,b\n" * 1_000_000)
    for _level in range(depth):
        content = archive(a_DOT_zip=content, b_DOT_zip=content)
    return content


def many_sheets(count: int) -> bytes:
    book = openpyxl.Workbook()
    for _number in range(count - 1):
        book.create_sheet()
    for sheet in book.worksheets:
        sheet.append(["id"])
    return saved(book)
