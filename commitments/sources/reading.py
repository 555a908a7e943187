"""A program of its own that reads a stranger's file: bytes in, kind, title and text as JSON out.

`python -m commitments.sources.reading MEDIA_TYPE`, with limits on processor time and memory set before any parser is
loaded. It knows no settings, no database and no secret. Raises nothing: what cannot be read has no text.
"""

import contextlib
import io
import json
import sys
import zipfile

from commitments.apart import limit_this_process

SECONDS, MEBIBYTES = 20, 1024
TEXT_MOST = 500_000  # characters
TITLE_MOST = 500
PAGES_MOST = 300
UNPACKED_MOST, ENTRIES_MOST = 50 * 1024 * 1024, 2_000
PIXELS_MOST = 80_000_000
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = ("text/html", "application/xhtml+xml")


def main() -> None:
    limit_this_process(seconds=SECONDS, mebibytes=MEBIBYTES)
    body = sys.stdin.buffer.read()
    with contextlib.redirect_stdout(sys.stderr):  # parsers may talk
        found = read(body, sys.argv[1])
    json.dump(found, sys.stdout)


def read(body: bytes, media_type: str) -> dict[str, str]:
    """`kind`: the media type that the parser confirms; empty where it is another thing or is broken."""
    try:
        if media_type in HTML:
            title, text = _html(body)
        elif media_type == "application/pdf":
            title, text = _pdf(body)
        elif media_type == DOCX:
            title, text = _docx(body)
        elif media_type in PICTURES.values():
            return {"kind": _picture(body), "title": "", "text": ""}
        elif media_type == "text/plain":
            title, text = "", body.decode("utf-8", "replace")
        else:
            return {"kind": "", "title": "", "text": ""}
    except Exception:  # whatever a parser stumbles over: the file keeps its bytes and has no text
        return {"kind": "", "title": "", "text": ""}
    return {"kind": media_type, "title": title[:TITLE_MOST], "text": text[:TEXT_MOST]}


def _html(body: bytes) -> tuple[str, str]:
    import trafilatura

    found = trafilatura.bare_extraction(body, favor_recall=True, with_metadata=True)
    if found is None or isinstance(found, dict):
        return "", ""
    return found.title or "", found.text or ""


def _pdf(body: bytes) -> tuple[str, str]:
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(body))
    title = (reader.metadata and reader.metadata.title) or ""
    pieces, length = [], 0
    for number in range(min(len(reader.pages), PAGES_MOST)):
        pieces.append(reader.pages[number].extract_text())
        length += len(pieces[-1])
        if length > TEXT_MOST:
            break
    return title, "\n".join(pieces)


def _docx(body: bytes) -> tuple[str, str]:
    """Unpacked sizes are counted while they are unpacked: a directory may lie."""
    import docx

    with zipfile.ZipFile(io.BytesIO(body)) as box:
        entries = box.infolist()
        names = {entry.filename for entry in entries}
        if len(entries) > ENTRIES_MOST or len(names) < len(entries) or any(entry.flag_bits & 1 for entry in entries):
            raise ValueError("not a plain archive")
        if "word/document.xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
            raise ValueError("not a document, or one with macros")
        left = UNPACKED_MOST
        for entry in entries:
            with box.open(entry) as part:
                while piece := part.read(65536):
                    left -= len(piece)
                    if left < 0:
                        raise ValueError("too large when unpacked")
                    if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                        raise ValueError("declares entities")
    document = docx.Document(io.BytesIO(body))
    return document.core_properties.title or "", "\n".join(each.text for each in document.paragraphs)


def _picture(body: bytes) -> str:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = PIXELS_MOST
    with Image.open(io.BytesIO(body), formats=list(PICTURES)) as picture:
        if picture.width * picture.height > PIXELS_MOST:
            raise ValueError("too many pixels")
        picture.verify()
        return PICTURES[picture.format or ""]


if __name__ == "__main__":
    main()
