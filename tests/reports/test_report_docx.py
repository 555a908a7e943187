"""The report as a Word document: real headings, contents, notes that links lead to, nothing that could run."""

import io
import re
import zipfile

import docx
import pytest
from django.utils.translation import override

from commitments.reports import report_docx
from commitments.reports.printed import printed
from tests.actions.seeded import first_run, seeded
from tests.factories import make_commitment, make_evidence, make_judged, make_link
from tests.reports.asking import YEAR, report
from tests.reports.shipped import LANGUAGES, shipped, written

__all__ = ["first_run", "seeded"]


def body(raw: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as found:
        return found.read("word/document.xml").decode()


@pytest.mark.usefixtures("seeded")
class TestShipped:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_commitment_is_a_heading_and_every_source_a_note_once(self, language: str) -> None:
        found = docx.Document(io.BytesIO(written("docx", language=language)))
        with override(language):
            said = printed(shipped(language=language))
        headings = [each.text for each in found.paragraphs if each.style and each.style.name == "Heading 3"]
        items = [item for group in said["commitments"]["chapters"][0]["groups"] for item in group["items"]]
        assert headings == [f"{item['code']} {item['title']}" for item in items]
        notes = [each.text for each in found.paragraphs if each.style and each.style.name == "Source note"]
        numbers = [re.match(r"\[(\d+)\] ", note) for note in notes]
        assert [int(one[1]) for one in numbers if one] == [source["number"] for source in said["sources"]["items"]]

    def test_the_levels_of_headings_are_real(self) -> None:
        found = docx.Document(io.BytesIO(written("docx")))
        levels = [each.style.name for each in found.paragraphs if each.style and each.style.name.startswith("Heading")]
        assert levels.count("Heading 2") == 11 and levels.count("Heading 1") == 8
        assert found.core_properties.title == shipped().title

    @pytest.mark.parametrize("length", ["brief", "full"])
    def test_every_link_within_leads_to_a_place_that_is_there_once(self, length: str) -> None:
        text = body(written("docx", length))
        places = re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="([^"]+)"', text)
        names = [name for _number, name in places]
        assert len({number for number, _name in places}) == len(places) == len(set(names))
        assert set(re.findall(r'w:anchor="([^"]+)"', text)) <= set(names)
        assert max(map(len, names)) <= 40

    def test_contents_name_the_sections_and_the_groups(self) -> None:
        found = docx.Document(io.BytesIO(written("docx")))
        styles = [each.style.name for each in found.paragraphs if each.style]
        assert styles.count("Contents 2") == 11 and styles.count("Contents 1") == 8
        assert "TOC \\o" in body(written("docx"))

    def test_no_tag_of_the_template_is_left(self) -> None:
        for length in ("brief", "full"):
            assert not re.search(r"\{[{%]|[%}]\}", body(written("docx", length)))

    @pytest.mark.parametrize("length", ["brief", "full"])
    def test_the_same_question_gives_the_same_bytes(self, length: str) -> None:
        assert written("docx", length) == written("docx", length)


@pytest.mark.django_db
def test_text_from_outside_is_text() -> None:
    evil = '{{ title }} {%p for x in y %} <w:p/> & "quoted" \\ \u000b'.replace("\u000b", "")
    row = make_commitment(title_zh=evil)
    judged = make_judged(row, rationale_zh=evil)
    address = 'https://example.org/"\\x'
    make_link(row, make_evidence(title=evil, url=address, published_on="2024-01-02"))
    raw = report_docx.document(report(f"{YEAR}&document={row.document.slug}"))
    found = docx.Document(io.BytesIO(raw))
    text = "\n".join(each.text for each in found.paragraphs)
    assert f"{row.code} {evil}" in text and judged.rationale_zh in text
    assert 'HYPERLINK "https://example.org/%22%5Cx"' in body(raw).replace("&quot;", '"')


@pytest.mark.django_db
def test_an_empty_selection_says_so() -> None:
    row = make_commitment()
    with override("en"):
        raw = report_docx.document(report(f"{YEAR}&document={row.document.slug}&status=dropped"))
    assert "No commitment fits this selection." in body(raw)
    assert "Heading" not in "".join(p.style.name for p in docx.Document(io.BytesIO(raw)).paragraphs if p.style)
