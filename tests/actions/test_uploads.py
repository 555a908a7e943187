"""Files as evidence: what the name says, the first bytes say and a parser says must be one and the same."""

import pytest

from commitments.actions.uploads import hold_file
from commitments.models import Evidence
from commitments.rules.refusal import Refused
from commitments.rules.uploads import KINDS, MOST
from commitments.storage import files
from tests.sources.answers import PAGE
from tests.sources.test_capture import document, pdf, picture

FILES = {
    "a.pdf": pdf(),
    "a.docx": document(),
    "a.png": picture("PNG"),
    "a.jpg": picture("JPEG"),
    "a.JPEG": picture("JPEG"),
    "a.webp": picture("WEBP"),
    "a.html": PAGE.encode(),
    "a.htm": b"\xef\xbb\xbf\n" + PAGE.encode(),
}
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
STRANGERS = {"svg": SVG, "exe": b"MZ" + bytes(99), "zip": b"PK\x03\x04" + bytes(99), "text": b"text", "empty": b""}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_an_allowed_kind_is_kept_under_a_name_of_our_own(name):
    row = Evidence()
    hold_file(row, f"../../etc/C:\\x\\报告 {name}", FILES[name])
    assert row.file.startswith("uploads/")
    assert "报告" not in row.file
    assert row.file_name == f"报告 {name}"
    with files().open(row.file) as file:
        assert file.read() == FILES[name]


@pytest.mark.parametrize("ending", sorted(KINDS))
@pytest.mark.parametrize("content", [*sorted(FILES), *STRANGERS])
def test_a_name_that_says_another_thing_than_the_content_is_refused(ending, content):
    body = {**FILES, **STRANGERS}[content]
    kind = KINDS[ending]
    row = Evidence()
    if (
        content in FILES
        and KINDS[f".{content.rpartition('.')[2].lower()}"] == kind
        or ending[:4] == ".htm"
        and body == SVG
    ):
        hold_file(row, f"x{ending}", body)  # markup of any kind is kept as HTML, and only ever saved
        assert row.file_type == kind.media_type
        return
    with pytest.raises(Refused) as caught:
        hold_file(row, f"x{ending}", body)
    assert caught.value.field == "upload"
    assert row.file == ""


@pytest.mark.parametrize("name", ["x", "x.svg", "x.exe", "x.pdf.exe", "x.", ".pdf.", "x.docm", "x.pdf\x00.exe", "pdf"])
def test_another_ending_is_refused(name):
    with pytest.raises(Refused, match="PDF"):
        hold_file(Evidence(), name, FILES["a.pdf"])


def test_a_file_beyond_the_limit_is_refused():
    with pytest.raises(Refused, match="20"):
        hold_file(Evidence(), "a.pdf", b"%PDF-" + bytes(MOST))


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.png", "a.jpg", "a.webp"])
def test_a_damaged_file_is_refused(name):
    with pytest.raises(Refused):
        hold_file(Evidence(), name, FILES[name][:24])
