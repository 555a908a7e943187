"""A DOCX -> the text of its paragraphs and tables in order; packed bombs, macros and old formats are refused."""

import io
import zipfile
from collections.abc import Iterator

import docx
from django.utils.translation import gettext as _
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from commitments.extraction.files.refusals import LARGEST_UNPACKED, LARGEST_XML, MEBIBYTE, MOST_PARTS, UnreadableFile


def read_docx(data: bytes) -> str:
    _check_package(data)
    try:
        document = docx.Document(io.BytesIO(data))
        return "\n".join(_lines(document))
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        KeyError,
        ValueError,
        AttributeError,
    ) as error:
        raise UnreadableFile(_("The DOCX file is damaged and cannot be read.")) from error


def _check_package(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableFile(_("The DOCX file is damaged and cannot be read.")) from error
    if len(parts) > MOST_PARTS:
        raise UnreadableFile(_("The DOCX file has more than %(limit)d parts.") % {"limit": MOST_PARTS})
    parsed = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
    for measured, limit in ((parts, LARGEST_UNPACKED), (parsed, LARGEST_XML)):
        if sum(part.file_size for part in measured) > limit:
            words = {"limit": limit // MEBIBYTE}
            raise UnreadableFile(_("Unpacked, the DOCX file is larger than %(limit)d MB.") % words)
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise UnreadableFile(_("The DOCX file holds macros. Save it without them and try again."))
    if not any(part.filename == "word/document.xml" for part in parts):
        raise UnreadableFile(_("The file is a ZIP archive but no DOCX document."))


def _lines(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield _with_number(block)
        elif isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)  # a merged cell comes once per column
                yield "　".join(cell for cell in cells if cell)


def _with_number(paragraph: Paragraph) -> str:
    """Word counts lists itself and leaves the numbers out of the text; a bullet keeps the items apart."""
    properties = paragraph._p.pPr
    is_item = (
        properties is not None
        and properties.numPr is not None
        or "List" in (paragraph.style.name if paragraph.style else "")
    )
    return f"• {paragraph.text}" if is_item and paragraph.text.strip() else paragraph.text
