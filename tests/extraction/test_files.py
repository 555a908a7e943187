"""Files -> text: what is read, how, and what is refused with which sentence."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from django.utils.translation import override

from commitments.apart import ROOT
from commitments.extraction.files import apart, pdf, reading, refusals
from commitments.extraction.files.apart import read_bytes_apart, read_file_apart
from commitments.extraction.files.reading import read_bytes
from commitments.extraction.files.refusals import UnreadableFile

TEXT = "我宣布以下举措：\r\n第一，中方将建设中心。\r\n第二，中方将举办论坛。\r\n"
PAGE = (
    "<html><head><meta charset='gbk'><title>讲话</title></head><body><nav>首页</nav>"
    "<article><h1>讲话</h1>{}</article><script>x()</script></body></html>"
)


def paragraphs() -> str:
    return "".join(f"<p>{line}各方对此表示欢迎，期待早日见到成果。</p>" for line in TEXT.splitlines())


def one_page_pdf(text: str) -> bytes:
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(body),
    )


def blank_pdf(password: str = "") -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def word_file() -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("一、重点任务")
    document.add_paragraph("建设中心", style="List Bullet")
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "任务", "举办论坛"
    document.save(out)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (("\ufeff" + TEXT).encode(), "utf-8"),
        (TEXT.encode("gbk"), "gb18030"),
        (("\ufeff" + TEXT).encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_a_text_file_is_its_characters_with_line_ends_and_mark(data: bytes, encoding: str) -> None:
    read = read_bytes(data, "讲话.txt")
    assert (read.text.lstrip("\ufeff"), read.encoding, read.is_as_given) == (TEXT, encoding, True)
    assert len(read.text) == len(data.decode(encoding))


def test_a_page_gives_its_article_without_menu_and_script() -> None:
    read = read_bytes(PAGE.format(paragraphs()).encode("gbk"), "page.html")
    assert "第一，中方将建设中心。" in read.text
    assert "x()" not in read.text
    assert not read.is_as_given


def test_a_page_without_an_article_gives_all_its_blocks() -> None:
    assert "建设中心" in read_bytes("<div>第一</div><div>建设中心</div>".encode(), "page.htm").text


def test_a_pdf_gives_the_text_of_its_pages() -> None:
    assert read_bytes(one_page_pdf("We will build a road."), "plan.pdf").text.strip() == "We will build a road."


def test_a_word_file_gives_paragraphs_list_items_and_tables_in_order() -> None:
    assert read_bytes(word_file(), "plan.docx").text.splitlines() == ["一、重点任务", "• 建设中心", "任务　举办论坛"]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.doc", b"x", "of no known type"),
        ("a.txt", b"%PDF-1.4", "is called txt but is pdf"),
        ("a.pdf", b"hello", "is called pdf but is something else"),
        ("a.docx", b"hello", "is called docx but is something else"),
        ("a.docx", b"\xd0\xcf\x11\xe0 old", "is called docx but is doc"),
        ("a.txt", b"\x00\x01\x02\x03" * 50, "not a text file"),
        ("a.txt", b" \n ", "holds no text"),
        ("a.html", b"<html><body></body></html>", "holds no text"),
        ("a.pdf", b"%PDF-1.4 broken", "damaged"),
        ("a.pdf", blank_pdf(), "without text"),
        ("a.pdf", blank_pdf("secret"), "encrypted"),
        ("a.docx", b"PK\x03\x04broken", "damaged"),
        ("a.docx", archive(a=b"x"), "no DOCX document"),
        ("a.docx", archive(word__document_xml=b"x", word__vbaProject=b"x") + b"", "no DOCX document"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(name: str, data: bytes, sentence: str) -> None:
    with override("en"), pytest.raises(UnreadableFile, match=sentence):
        read_bytes(data, name)


def test_macros_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", b"<x/>")
        package.writestr("word/vbaProject.bin", b"x")
    with override("en"), pytest.raises(UnreadableFile, match="macros"):
        read_bytes(out.getvalue(), "a.docx")


@pytest.mark.parametrize(
    ("part", "limit"), [("word/media/a.png", refusals.LARGEST_UNPACKED), ("word/document.xml", refusals.LARGEST_XML)]
)
def test_a_file_that_unpacks_beyond_the_limit_is_refused_unopened(part: str, limit: int) -> None:
    bomb = archive(**{part.replace("/", "__"): b"0" * (limit + 1)})
    with override("en"), pytest.raises(UnreadableFile, match=f"larger than {limit // refusals.MEBIBYTE} MB"):
        read_bytes(bomb, "a.docx")


def test_entities_in_a_word_file_are_not_expanded() -> None:
    xml = b'<!DOCTYPE x [<!ENTITY e "boom">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>'
    good = zipfile.ZipFile(io.BytesIO(word_file()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for part in good.namelist():
            package.writestr(part, xml if part == "word/document.xml" else good.read(part))
    with override("en"), pytest.raises(UnreadableFile):
        read_bytes(out.getvalue(), "a.docx")


@pytest.mark.parametrize(("limit", "value"), [("LARGEST_FILE", 10), ("LONGEST_TEXT", 10)])
def test_too_much_is_refused(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, limit, value)
    with override("en"), pytest.raises(UnreadableFile, match="larger than|longer than"):
        read_bytes(TEXT.encode(), "a.txt")


@pytest.mark.parametrize(
    ("limit", "value", "sentence"),
    [("MOST_PAGES", 0, "more than 0 pages"), ("LONGEST_TEXT", 3, "longer than"), ("MOST_SECONDS", -1.0, "seconds")],
)
def test_a_pdf_beyond_the_limits_is_refused(
    limit: str, value: float, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, limit, value)
    with override("en"), pytest.raises(UnreadableFile, match=sentence):
        read_bytes(one_page_pdf("We will build a road."), "plan.pdf")


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with override("en"), pytest.raises(UnreadableFile, match=path.name):
            read_file_apart(path)


def test_a_file_read_apart_is_the_same_and_is_refused_in_the_same_words() -> None:
    assert read_bytes_apart(TEXT.encode(), "a.txt") == read_bytes(TEXT.encode(), "a.txt")
    with override("en"), pytest.raises(UnreadableFile, match="encrypted"):
        read_bytes_apart(blank_pdf("secret"), "a.pdf")


def test_a_reader_that_dies_of_its_limits_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commitments.apart.sys.executable", "/bin/false")
    with override("en"), pytest.raises(UnreadableFile, match="too much time or memory"):
        read_bytes_apart(TEXT.encode(), "a.txt")


def test_a_file_over_the_limit_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LARGEST_FILE", 10)
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    with override("en"), pytest.raises(UnreadableFile, match="larger than"):
        read_file_apart(path)


def test_the_parsers_are_loaded_by_the_child_alone() -> None:
    code = (
        "import sys, commitments.extraction.files.apart, commitments.extraction.extract\n"
        "print([name for name in ('pypdf', 'docx', 'trafilatura', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
