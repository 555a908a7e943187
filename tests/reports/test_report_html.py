"""The report as HTML: everything in it once, nothing that runs, nothing from elsewhere, links that lead somewhere."""

import re

import pytest
from django.utils.translation import override

from commitments.catalogue.listing import Listing
from commitments.choices import Status
from commitments.models import Evidence
from commitments.reports import report_html
from tests.actions.seeded import first_run, seeded
from tests.factories import make_commitment, make_evidence, make_judged, make_link, make_passage
from tests.reports.asking import question, report
from tests.reports.shipped import LANGUAGES, PERIOD, shipped, written

__all__ = ["first_run", "seeded"]
ANCHOR = re.compile(r'<article class="item [\w-]+" id="([^"]+)"')
SOURCE = re.compile(r'<li id="source-(\d+)"')
CODE = re.compile(r"\bE\d{3}\b")


@pytest.mark.usefixtures("seeded")
class TestShipped:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_commitment_status_and_source_is_there_once(self, language: str) -> None:
        page = written("html", language=language).decode()
        with override(language):
            listing: Listing = question(PERIOD).listing
            rows = [item.row for item in shipped(language=language).items]
            items = re.split(r"(?=<article )", page.partition('id="commitments"')[2].partition('id="method"')[0])[1:]
            labels = [row.standing.label for row in rows]
        assert {row.pk for row in rows} == {row.pk for row in listing}
        assert ANCHOR.findall(page) == [f"xian-2023-{row.code}" for row in rows]
        assert len(items) == 85
        for item, label in zip(items, labels, strict=True):
            assert item.count('<span class="status ') == 1 and label in item
        numbers = SOURCE.findall(page)
        assert numbers == [str(n + 1) for n in range(len(numbers))]
        listed = CODE.findall(page.partition('<ol class="sources">')[2])
        assert len(listed) == len(set(listed)) == len(numbers)
        cited = {
            evidence.code
            for row in rows
            if row.standing.assessment
            for evidence in row.standing.assessment.evidence.all()
        }
        dated = Evidence.objects.published().exclude(published_on__gt="2025-12-31").values_list("code", flat=True)
        assert set(listed) == cited | set(dated)

    def test_every_link_within_leads_to_something(self) -> None:
        page = written("html").decode()
        anchors = set(re.findall(r' id="([^"]+)"', page))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= anchors
        assert set(re.findall(r'href="(?!#)([a-z]+):', page)) <= {"http", "https"}
        assert 'href="/' not in page

    def test_it_needs_nothing_beside_itself(self) -> None:
        page = written("html").decode()
        assert not re.search(r"<script|<link|<img|@import|url\(|\sstyle=|\son[a-z]+=", page)

    @pytest.mark.parametrize("length", ["brief", "full"])
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_same_question_gives_the_same_bytes(self, length: str, language: str) -> None:
        assert written("html", length, language) == written("html", length, language)

    def test_it_says_that_nobody_has_checked_the_first_review(self) -> None:
        assert "not yet checked by a person" in written("html", language="en").decode()

    def test_a_brief_report_has_only_the_sources_that_it_names(self) -> None:
        page = written("html", "brief").decode()
        assert set(re.findall(r'href="#source-(\d+)"', page)) == set(SOURCE.findall(page))
        assert "<article" not in page


@pytest.mark.django_db
def test_text_from_outside_is_text() -> None:
    row = make_commitment(title_zh="<script>alert(1)</script>")
    make_passage(row)
    evidence = make_evidence(title="<b>x</b>", url="javascript:alert(1)", published_on="2024-01-02")
    make_link(row, evidence)
    page = report_html.document(report())
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert "javascript:" not in page


@pytest.mark.django_db
def test_links_lead_to_the_site_where_it_is_known() -> None:
    row = make_commitment()
    judged = make_judged(row)
    page = report_html.document(report(site_url="https://tracker.example/"))
    assert f'href="https://tracker.example/commitments/{row.document.slug}/{row.code}/"' in page
    code = judged.evidence.values_list("code", flat=True)[0]
    assert f'href="https://tracker.example/evidence/{code}/"' in page


@pytest.mark.django_db
def test_an_empty_selection_says_so() -> None:
    page = report_html.document(report("from=2024-01-01&to=2024-12-31&status=dropped"))
    assert 'class="empty"' in page and "<table" not in page


def test_the_bar_fills_its_width() -> None:
    parts = report_html.bar({Status.UNDERWAY: 1, Status.INITIATED: 0, Status.NOT_ASSESSED: 3})
    assert [(part.status, part.x, part.width) for part in parts] == [
        (Status.UNDERWAY, "0.000%", "25.000%"),
        (Status.NOT_ASSESSED, "25.000%", "75.000%"),
    ]
