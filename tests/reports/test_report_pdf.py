"""The report as PDF: tagged, bookmarked, in our own fonts, with every character that the register may need."""

import io
import re

import pytest
from django.utils.translation import override
from PIL import ImageFont
from pypdf import PdfReader

from commitments.reports import marks, report_pdf
from commitments.reports.printed import printed
from commitments.reports.typesetter import FONTS
from tests.actions.seeded import first_run, seeded
from tests.factories import make_commitment, make_evidence, make_judged, make_link
from tests.reports.asking import YEAR, report
from tests.reports.shipped import LANGUAGES, shipped, written

__all__ = ["first_run", "seeded"]
HARD = {
    "Chinese beyond the common": "毖谰锨〇镕喆囍",
    "Kazakh": "ӘәҒғҚқҢңӨөҰұҮүҺһІі",
    "Kyrgyz": "ҢңӨөҮү",
    "Tajik": "ҒғӢӣҚқӮӯҲҳҶҷ",
    "Uzbek": "ЎўҚқҒғҲҳ",
    "Turkmen": "ÄäŇňÖöŞşÜüÝýŽž",
    "Russian": "ЁёЪъЫыЭэ",
}


def squeezed(text: str) -> str:
    """Lines break anywhere."""
    return re.sub(r"\s", "", text)


@pytest.mark.usefixtures("seeded")
class TestShipped:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_everything_is_in_it(self, language: str) -> None:
        found = PdfReader(io.BytesIO(written("pdf", language=language)))
        with override(language):
            said = printed(shipped(language=language))
        text = squeezed("".join(page.extract_text() for page in found.pages))
        items = [item for group in said["commitments"]["chapters"][0]["groups"] for item in group["items"]]
        assert len(items) == 85 - 8
        for item in items:
            assert squeezed(item["title"]) in text, item["code"]
        assert all(f"[{source['number']}]" in text for source in said["sources"]["items"])

    def test_it_is_tagged_titled_and_has_bookmarks_for_every_commitment(self) -> None:
        found = PdfReader(io.BytesIO(written("pdf")))
        root = found.trailer["/Root"]
        assert bool(root["/MarkInfo"]["/Marked"]) and "/StructTreeRoot" in root
        assert root["/Lang"] == "zh-CN"
        assert found.metadata and found.metadata.title == shipped().title
        titles = squeezed(" ".join(_titles(found.outline)))
        measures = [item for item in shipped().items if not item.is_part and not item.is_proposal]
        assert [item.row.code for item in measures if squeezed(item.title.text) not in titles] == []

    def test_every_font_is_ours_and_embedded(self) -> None:
        names = set()
        for page in PdfReader(io.BytesIO(written("pdf"))).pages:
            for font in page["/Resources"].get("/Font", {}).values():
                below = font.get_object()["/DescendantFonts"][0].get_object()
                assert "/FontFile2" in below["/FontDescriptor"].get_object()
                names.add(str(below["/BaseFont"]).partition("+")[2])
        assert names == {path.stem for path in FONTS.glob("*.ttf")}

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_a_brief_one_has_two_pages(self, language: str) -> None:
        assert len(PdfReader(io.BytesIO(written("pdf", "brief", language))).pages) == 2

    def test_the_same_question_gives_the_same_bytes(self) -> None:
        assert written("pdf", "brief") == written("pdf", "brief")

    def test_links_lead_to_the_sources_and_to_places_within(self) -> None:
        found = PdfReader(io.BytesIO(written("pdf")))
        links = [each.get_object() for page in found.pages for each in page.get("/Annots", [])]
        out = {str(link["/A"]["/URI"]) for link in links if "/A" in link and "/URI" in link["/A"]}
        assert out == {source.evidence.url for source in shipped().sources}
        assert len(links) > len(out) + 200


def _titles(outline) -> list[str]:
    found = []
    for each in outline:
        found += _titles(each) if isinstance(each, list) else [str(each.title)]
    return found


@pytest.mark.parametrize("characters", HARD.values(), ids=HARD)
@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_no_character_is_without_its_glyph(characters: str, weight: str) -> None:
    fonts = [ImageFont.truetype(FONTS / f"{name}-{weight}.ttf", 20) for name in ("NotoSansSC", "NotoSans")]
    nothing = [bytes(font.getmask("\uffff")) for font in fonts]
    for character in characters:
        drawn = [bytes(font.getmask(character)) for font in fonts]
        assert any(one != none for one, none in zip(drawn, nothing, strict=True)), character


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_a_character_that_no_font_has_would_be_noticed(weight: str) -> None:
    font = ImageFont.truetype(FONTS / f"NotoSansSC-{weight}.ttf", 20)
    assert bytes(font.getmask("Қ")) == bytes(font.getmask("\uffff"))


@pytest.mark.django_db
def test_text_from_outside_is_never_read_as_markup() -> None:
    evil = '#read("/etc/passwd") *bold* $x$ @label <tag> \\ [#panic()]'
    row = make_commitment(title_zh=evil)
    make_judged(row, rationale_zh=evil)
    make_link(row, make_evidence(title=evil, url="javascript:alert(1)", published_on="2024-01-02"))
    raw = report_pdf.document(report(f"{YEAR}&document={row.document.slug}"))
    text = squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages))
    assert squeezed(evil) in text
    assert b"javascript:" not in raw


@pytest.mark.django_db
def test_hard_words_can_be_read_out_again() -> None:
    words = " ".join(HARD.values())
    row = make_commitment(title_zh=words)
    raw = report_pdf.document(report(f"{YEAR}&document={row.document.slug}"))
    text = squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages))
    assert squeezed(words) in text


@pytest.mark.django_db
def test_an_empty_selection_is_a_page_that_says_so() -> None:
    row = make_commitment()
    raw = report_pdf.document(report(f"{YEAR}&document={row.document.slug}&status=dropped"))
    assert len(PdfReader(io.BytesIO(raw)).pages) == 1


def test_marks_are_those_of_the_site() -> None:
    drawn = marks.drawn()
    assert set(drawn) == set(marks.spoken())
    assert all("currentColor" not in svg and 'class="' not in svg for svg in drawn.values())
    assert marks.colours()["underway"] in drawn["underway"]
