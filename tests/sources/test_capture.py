"""WARC files that other archives read, and readers of strangers' files that are kept apart."""

import gzip
import io
import subprocess
import sys
import zipfile

import docx
import pypdf
import pytest
from PIL import Image
from urllib3._collections import HTTPHeaderDict
from warcio.archiveiterator import ArchiveIterator

from commitments.sources import capture
from commitments.sources.capture import NOTHING, read_apart, warc
from commitments.sources.reading import DOCX
from tests.sources.answers import PAGE, answer

OLD_PAGE = PAGE.replace("<head>", '<head><meta charset="gb18030">')


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (20, 20)).save(file, kind)
    return file.getvalue()


def document(text: str = "双方签署协议。") -> bytes:
    file, made = io.BytesIO(), docx.Document()
    made.core_properties.title = "通知"
    made.add_paragraph(text)
    made.save(file)
    return file.getvalue()


def pdf(title: str = "通知") -> bytes:
    file, made = io.BytesIO(), pypdf.PdfWriter()
    made.add_blank_page(100, 100)
    made.add_metadata({"/Title": title})
    made.write(file)
    return file.getvalue()


def rezipped(body: bytes, **parts: bytes) -> bytes:
    """The same archive with other parts besides."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(f"word/{name}", content)
    return file.getvalue()


def test_a_capture_passes_the_check_of_the_warc_tools(tmp_path):
    file = tmp_path / "capture.warc.gz"
    file.write_bytes(warc(answer()))
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(file)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "digest pass" in done.stdout
    assert "fail" not in done.stdout


def test_what_went_in_comes_out():
    headers = HTTPHeaderDict([("Content-Type", "text/html"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
    headers.add("Transfer-Encoding", "chunked")
    headers.add("X-Title", "通知".encode().decode("latin-1"))
    file = warc(answer(headers=headers, reason="\xe6\x9c"))
    assert [record.rec_type for record in ArchiveIterator(io.BytesIO(file))] == ["warcinfo", "response", "request"]
    response = next(record for record in ArchiveIterator(io.BytesIO(file)) if record.rec_type == "response")
    assert response.rec_headers["WARC-Target-URI"] == "https://example.org/1"
    assert response.rec_headers["WARC-Date"] == "2024-03-01T04:00:00Z"
    assert response.http_headers.get_statuscode() == "200"
    assert [value for name, value in response.http_headers.headers if name == "Set-Cookie"] == ["a=1", "b=2"]
    assert response.http_headers["X-Title"] == "%E9%80%9A%E7%9F%A5"
    assert response.http_headers["X-Archive-Orig-Transfer-Encoding"] == "chunked"
    assert response.content_stream().read() == PAGE.encode()


def test_a_compressed_body_is_kept_as_it_came():
    packed = gzip.compress(PAGE.encode())
    headers = HTTPHeaderDict({"Content-Type": "text/html", "Content-Encoding": "gzip"})
    file = io.BytesIO(warc(answer(headers=headers, raw=packed)))
    response = next(record for record in ArchiveIterator(file) if record.rec_type == "response")
    assert response.raw_stream.read() == packed


def test_the_same_answer_makes_the_same_file():
    assert warc(answer()) == warc(answer())


@pytest.mark.parametrize(
    ("body", "kind", "title", "text"),
    [
        (PAGE.encode(), "text/html", "合作协议签署", "设立联合秘书处"),
        (
            PAGE.encode("gb18030").replace(b"<head>", b'<head><meta charset="gb18030">'),
            "text/html",
            "合作协议签署",
            "联合",
        ),
        (pdf(), "application/pdf", "通知", ""),
        (document(), DOCX, "通知", "双方签署协议。"),
        (picture("PNG"), "image/png", "", ""),
        (picture("JPEG"), "image/jpeg", "", ""),
        (picture("WEBP"), "image/webp", "", ""),
        ("双方签署".encode(), "text/plain", "", "双方签署"),
    ],
)
def test_title_and_text_of(body, kind, title, text):
    found = read_apart(body, kind)
    assert (found.kind, found.title) == (kind, title)
    assert text in found.text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        *((b"%PDF-1.4 broken", "application/pdf"), (b"PK\x03\x04", DOCX), (picture("PNG")[:40], "image/png")),
        *((rezipped(document(), vbaProject=b"")[:-30], DOCX), (b"\x00" * 99, "image/webp"), (b"x", "video/mp4")),
        (rezipped(document(), **{"bomb.xml": bytes(60 * 1024 * 1024)}), DOCX),
        (rezipped(document(), **{"vbaProject.bin": b"x"}), DOCX),
        (rezipped(document(), **{"x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]>'}), DOCX),
        (rezipped(document(), **{f"{n}.xml": b"" for n in range(2_001)}), DOCX),
    ],
)
def test_what_cannot_be_read_has_no_kind(body, kind):
    assert read_apart(body, kind) == NOTHING


def test_a_picture_of_another_kind_is_named_by_its_parser():
    assert read_apart(picture("PNG"), "image/jpeg").kind == "image/png"


def test_a_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(capture, "WAIT", 0.01)
    assert read_apart(PAGE.encode(), "text/html") == NOTHING


def test_signs_that_break_pages_are_left_out_of_the_text():
    assert read_apart("a\x00b\u202ec\r\nd".encode(), "text/plain").text == "abc\nd"


def test_no_parser_is_loaded_where_the_site_runs():
    heavy = "trafilatura, pypdf, docx, PIL, jieba"
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tracker.settings'; django.setup();"
        "import tracker.urls, commitments.actions.captures;"
        f"print([name for name in '{heavy}'.split(', ') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
