"""The author's own words stand before the numbers, paragraph by paragraph, and are never read as markup."""

import io
import json

import pytest
from pypdf import PdfReader

from commitments.reports.formats import FORMATS
from tests.factories import make_commitment
from tests.reports.asking import YEAR, question

pytestmark = pytest.mark.django_db
WORDS = "第一段<b>前言</b>。\n\n  #strong[第二段]  \n"


def written(name: str, foreword: str) -> bytes:
    make_commitment()
    return b"".join(FORMATS[name].pieces(question(YEAR).report(foreword=foreword)))


def test_in_a_page():
    page = written("html", WORDS).decode()
    assert "<p>第一段&lt;b&gt;前言&lt;/b&gt;。</p>" in page and "<p>#strong[第二段]</p>" in page
    assert page.index('id="foreword"') < page.index('id="overview"')


def test_in_a_pdf():
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(written("pdf", WORDS))).pages)
    found = "".join(text.split())
    assert "第一段<b>前言</b>。" in found and "#strong[第二段]" in found


def test_in_json():
    assert json.loads(written("json", WORDS))["foreword"] == WORDS


def test_without_words_there_is_no_heading():
    assert 'id="foreword"' not in written("html", " \n ").decode()
