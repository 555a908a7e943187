"""What the public sees of a copy and of a file: that we hold it, since when, its hash, 200 characters, no more."""

import pytest

from commitments.storage import keep
from tests.factories import PUBLISHED_AT, make_evidence, make_link_health, make_snapshot
from tests.web.test_evidence import text

pytestmark = pytest.mark.django_db
HTML = b"<script>alert(1)</script>"


def test_before_the_first_copy_the_pages_say_so(client):
    row = make_evidence()
    for address in ("/en/evidence/", f"/en/evidence/{row.code}/"):
        assert "not yet captured" in text(client, address)


def test_a_copy_is_shown_by_its_day_and_hash_and_how_the_page_begins(client):
    row = make_evidence(url="https://example.org/a?b=1&c=2")
    make_snapshot(row, text="开" * 150 + "\n\n" + "头" * 900, sha256="ab" * 32)
    make_link_health(row, verdict="dead")
    page = text(client, f"/evidence/{row.code}/")
    assert "2024-01-01" in page
    assert "ab" * 32 in page
    assert "开" * 150 + " " + "头" * 48 + "…" in page
    assert "头" * 49 not in page
    assert "已失效" in page
    assert "https://web.archive.org/save/https://example.org/a?b=1&amp;c=2" in page
    entry = " ".join(text(client, "/en/evidence/").split())
    assert "captured on 2024-01-01 · No longer there" in entry


def test_the_newest_copy_counts(client):
    row = make_evidence()
    make_snapshot(row, captured_at=PUBLISHED_AT.replace(year=2025), text="新的内容")
    make_snapshot(row, text="旧的内容")
    page = text(client, f"/evidence/{row.code}/")
    assert "新的内容" in page and "旧的内容" not in page


@pytest.mark.parametrize(("kind", "suffix"), [("application/pdf", "pdf"), ("image/png", "png"), ("text/html", "html")])
def test_a_file_is_saved_and_never_shown(client, kind, suffix):
    row = make_evidence(url="", file=keep(HTML, "uploads", f".{suffix}"), file_name="报告.x", file_type=kind)
    answer = client.get(f"/evidence/{row.code}/file/")
    assert b"".join(answer.streaming_content) == HTML
    assert answer["Content-Disposition"] == f'attachment; filename="{row.code}.{suffix}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == ("application/octet-stream" if kind == "text/html" else kind)
    page = text(client, f"/evidence/{row.code}/")
    assert f"/evidence/{row.code}/file/" in page
    assert "报告.x" not in page
    assert "尚未存档" not in page and "not yet captured" not in text(client, f"/en/evidence/{row.code}/")


def test_a_file_is_public_only_while_its_evidence_is(client):
    name = keep(b"%PDF-", "uploads", ".pdf")
    draft, withdrawn = (make_evidence(publication=state, file=name) for state in ("draft", "withdrawn"))
    never = client.get("/evidence/E404/file/")
    hidden = client.get(f"/evidence/{draft.code}/file/")
    assert (hidden.status_code, hidden.content) == (404, never.content)
    assert client.get(f"/evidence/{withdrawn.code}/file/").status_code == 410
    assert client.get(f"/evidence/{make_evidence().code}/file/").status_code == 404
