"""A long report is set in parts and joined: nothing is lost, doubled or left without its place."""

import io
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.utils.translation import override
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from commitments.reports import report_pdf
from commitments.reports.pdf_parts import OPENING, parts
from commitments.reports.printed import printed
from tests.actions.seeded import first_run, seeded
from tests.factories import make_commitment, make_judged
from tests.reports.asking import YEAR, report
from tests.reports.shipped import LANGUAGES, shipped

__all__ = ["first_run", "seeded"]
SMALL = 60_000  # bytes; the shipped register is then three parts


def pieces(found: list[dict]) -> list[tuple[str, dict]]:
    return [(section["name"], piece) for part in found for section in part["sections"] for piece in section["pieces"]]


@pytest.mark.usefixtures("seeded")
class TestParts:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("length", ["brief", "full"])
    def test_say_the_same_as_the_whole_in_the_same_order(self, length: str, language: str) -> None:
        with override(language):
            said = printed(shipped(length, language))
        whole = parts(said)
        assert [part["alone"] for part in whole] == [True]
        for most in (1, 5_000, SMALL):
            assert pieces(parts(said, most)) == pieces(whole)

    def test_begin_each_section_once_and_go_on_without_its_heading(self) -> None:
        found = parts(printed(shipped()), 20_000)
        begun = [section["name"] for part in found for section in part["sections"] if not section["continued"]]
        assert len(begun) == len(set(begun)) and len(found) > 4
        assert any(section["continued"] for part in found for section in part["sections"])
        assert [part["first"] for part in found] == [True] + [False] * (len(found) - 1)

    def test_never_end_with_the_heading_of_what_follows(self) -> None:
        for part in parts(printed(shipped()), 1):
            assert part["sections"][-1]["pieces"][-1]["kind"] not in OPENING


@cache
def both() -> tuple[PdfReader, PdfReader]:
    """As a whole, and joined from parts."""
    found = shipped()
    with override("zh-hans"):
        whole, joined = (PdfReader(io.BytesIO(report_pdf.document(found, most))) for most in (10**9, SMALL))
    return whole, joined


@pytest.mark.usefixtures("seeded")
class TestJoined:
    def test_every_commitment_and_group_has_its_bookmark_at_its_page(self) -> None:
        whole, joined = (_bookmarks(found) for found in both())
        assert [title for title, _page in joined if title[0].isdigit()] == [
            title for title, _page in whole if title[0].isdigit()
        ]
        pages = [page for _title, page in joined]
        assert pages == sorted(pages) and pages[-1] > 10
        for title, page in joined[::9]:
            text = "".join(both()[1].pages[page].extract_text().split())
            assert "".join(title.split()) in text, title

    def test_every_link_leads_to_a_place_or_to_a_page_of_a_source(self) -> None:
        whole, joined = (_links(found) for found in both())
        named = set(both()[1].named_destinations)
        assert {link["/Dest"] for link in joined if "/Dest" in link} <= named
        assert len([link for link in joined if "/Dest" in link]) == len([link for link in whole if "/Dest" in link])
        out = [{str(link["/A"]["/URI"]) for link in links if "/A" in link} for links in (whole, joined)]
        assert out[0] == out[1] and not any(address.startswith("#") for address in out[1])
        assert all(link["/Contents"] for link in joined)

    def test_tags_find_their_pages_and_pages_their_tags(self) -> None:
        whole, joined = (_tags(found) for found in both())
        for name in ("/H1", "/H3", "/Link", "/Figure"):
            assert sum(tag["/S"] == name for tag in joined) == sum(tag["/S"] == name for tag in whole), name
        found = both()[1]
        pages = {page.indirect_reference.idnum for page in found.pages if page.indirect_reference}
        assert {tag.raw_get("/Pg").idnum for tag in joined if "/Pg" in tag} == pages
        numbers = _root(found)["/StructTreeRoot"]["/ParentTree"]["/Nums"]
        keys = list(numbers[::2])
        assert keys == sorted(set(keys))
        by_key = dict(zip(keys, numbers[1::2], strict=True))
        assert all(by_key[page["/StructParents"]].get_object() for page in found.pages)
        assert all(by_key[link["/StructParent"]].get_object()["/S"] == "/Link" for link in _links(found))

    def test_pages_are_counted_through(self) -> None:
        number = len(both()[1].pages)
        for place in (0, number // 2, number - 1):
            lines = both()[1].pages[place].extract_text().split("\n")
            assert f"{place + 1} / {number}" in [line.strip() for line in lines]

    def test_what_it_is_stays_said(self) -> None:
        whole, joined = both()
        assert joined.metadata and whole.metadata and joined.metadata.title == whole.metadata.title
        for name in ("/Lang", "/MarkInfo"):
            assert _root(joined)[name] == _root(whole)[name]


@pytest.mark.django_db
def test_the_same_parts_give_the_same_bytes_and_what_is_hostile_stays_text() -> None:
    evil = '#read("/etc/passwd") *bold* $x$ \\ [#panic()]'
    rows = [make_commitment(title_zh=evil)]
    make_judged(rows[0], rationale_zh=evil)
    found = report(f"{YEAR}&document={rows[0].document.slug}")
    made = report_pdf.document(found, 400)
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())
    assert "".join(evil.split()) in text
    assert report_pdf.document(found, 400) == made


def _root(found: PdfReader) -> Any:
    return found.trailer["/Root"]


def _bookmarks(found: PdfReader) -> list[tuple[str, int]]:
    return [(str(each.title), found.get_destination_page_number(each) or 0) for each in _flat(found.outline)]


def _flat(outline: list[Any]) -> Iterator[Any]:
    for each in outline:
        yield from _flat(each) if isinstance(each, list) else [each]


def _links(found: PdfReader) -> list[DictionaryObject]:
    return [each.get_object() for page in found.pages for each in page.get("/Annots", [])]


def _tags(found: PdfReader) -> list[Any]:
    told = []
    waiting = [_root(found)["/StructTreeRoot"]["/K"][0].get_object()]
    while waiting:
        tag = waiting.pop()
        told.append(tag)
        kids = (kid.get_object() for kid in tag.get("/K", []))
        waiting += [kid for kid in kids if isinstance(kid, dict) and "/S" in kid]
    return told
