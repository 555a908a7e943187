"""Visits to links: a row each, a file per content, one visitor per host, a person for what machines cannot tell."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from commitments.actions import link_checks, visits
from commitments.actions.captures import capture
from commitments.actions.link_checks import accept_address, accept_content, check_link, due_links, refresh
from commitments.actions.turns import PAUSE, HostBusy, further_turns, turn_at
from commitments.choices import LinkVerdict, ProbeEnd
from commitments.models import Evidence, FormerAddress, Host, LinkCheck, LinkHealth, Snapshot
from commitments.rules.refusal import Refused
from commitments.sources.fetch import FetchFailed, FetchRefused
from commitments.storage import files
from tests import people
from tests.factories import make_evidence
from tests.sources.answers import PAGE, answer, moved

pytestmark = pytest.mark.django_db
START = datetime(2024, 3, 1, 4, 0, tzinfo=UTC)


@pytest.fixture
def web(monkeypatch, settings):
    """url -> what it answers (a result, or an error to raise); pages that are not set have no robots.txt either."""
    settings.TRACKER_FETCH = True
    said: dict = {"asked": []}

    def fetch(url, before):
        before(visits.host_of(url) or "")
        said["asked"].append(url)
        found = said.get(url, answer(url, b"", status=404))
        if isinstance(found, Exception):
            raise found
        if found.redirects:
            before(visits.host_of(found.final_url))
        return found

    monkeypatch.setattr(visits, "fetch", fetch)
    monkeypatch.setattr(visits, "is_offline", lambda: said.get("offline", False))
    return said


def visit(evidence, at=START, key=None):
    with time_machine.travel(at, tick=False):
        return check_link(evidence, by=people.analyst(), key=key or f"{evidence.code}/{at.isoformat()}")


def verdict(evidence) -> str:
    return LinkHealth.objects.get(evidence=evidence).verdict


def stored() -> set[str]:
    return {name for top in files().listdir("captures")[0] for name in files().listdir(f"captures/{top}")[1]}


def test_nothing_is_asked_while_checks_are_switched_off(web, settings):
    settings.TRACKER_FETCH = False
    with pytest.raises(Refused, match="TRACKER_FETCH"):
        visit(make_evidence())
    assert web["asked"] == []


def test_the_first_visit_keeps_a_copy_with_title_and_text(web):
    row = make_evidence()
    web[row.url] = answer(row.url)
    check = visit(row)
    copy = Snapshot.objects.get()
    assert (check.end, check.status, check.snapshot, check.sha256) == (ProbeEnd.ANSWERED, 200, copy, copy.sha256)
    assert copy.title == "合作协议签署"
    assert "设立联合秘书处" in copy.text
    assert (copy.size, copy.media_type) == (len(PAGE.encode()), "text/html")
    assert files().exists(copy.file)
    assert verdict(row) == LinkVerdict.OK


def test_the_same_key_is_the_same_visit(web):
    row = make_evidence()
    web[row.url] = answer(row.url)
    first = visit(row, key="job/1")
    assert visit(row, START + timedelta(days=9), key="job/1") == first
    assert LinkCheck.objects.count() == Snapshot.objects.count() == 1
    assert web["asked"].count(row.url) == 1


def test_the_same_bytes_make_no_second_copy_and_other_bytes_do(web):
    row = make_evidence()
    web[row.url] = answer(row.url)
    first = capture(row, by=people.analyst(), key="1")
    Host.objects.update(free_at=START)
    assert capture(row, by=people.analyst(), key="2") == first
    assert len(stored()) == 1
    Host.objects.update(free_at=START)
    web[row.url] = answer(row.url, PAGE.replace("每年", "每两年").encode())
    second = capture(row, by=people.analyst(), key="3")
    assert second != first and len(stored()) == 2
    assert verdict(row) == LinkVerdict.CHANGED


def test_what_changed_is_accepted_by_a_person(web):
    row = make_evidence()
    web[row.url] = answer(row.url)
    visit(row)
    web[row.url] = answer(row.url, PAGE.replace("每年", "每两年").encode())
    visit(row, START + timedelta(days=30))
    assert verdict(row) == LinkVerdict.CHANGED
    with pytest.raises(Refused):
        accept_content(row, by=people.visitor())
    accept_content(row, by=people.analyst())
    assert verdict(row) == LinkVerdict.OK


def test_one_failure_is_not_death_and_three_over_three_days_are(web):
    row = make_evidence()
    for day, expected in ((0, LinkVerdict.TEMPORARY), (2, LinkVerdict.TEMPORARY), (4, LinkVerdict.DEAD)):
        visit(row, START + timedelta(days=day))
        assert verdict(row) == expected
    assert LinkHealth.objects.get().needs_person
    web[row.url] = answer(row.url)
    visit(row, START + timedelta(days=9))
    assert verdict(row) == LinkVerdict.OK


@pytest.mark.parametrize(
    ("found", "end", "expected"),
    [
        (FetchRefused("address"), ProbeEnd.NOT_ASKED, LinkVerdict.NOT_ASKED),
        (FetchFailed("timeout"), ProbeEnd.FAILED, LinkVerdict.TEMPORARY),
        (FetchFailed("too_large", 200), ProbeEnd.FAILED, LinkVerdict.OK),
        (answer(status=403), ProbeEnd.ANSWERED, LinkVerdict.REFUSED),
        (answer(status=503), ProbeEnd.ANSWERED, LinkVerdict.TEMPORARY),
    ],
)
def test_how_a_visit_ends(web, found, end, expected):
    row = make_evidence(url="https://example.org/1")
    web[row.url] = found
    assert visit(row).end == end
    assert verdict(row) == expected
    assert Snapshot.objects.count() == 0


def test_an_address_that_cannot_be_read_is_on_record_and_takes_no_turn(web):
    row = make_evidence(url="http://127.1/")
    web[row.url] = FetchRefused("host")
    assert visit(row).problem == "host"
    assert Host.objects.count() == 0


def test_what_we_miss_while_we_are_offline_counts_against_no_link(web):
    row = make_evidence()
    web[row.url], web["offline"] = FetchFailed("no_name"), True
    for day in (0, 2, 4):
        assert visit(row, START + timedelta(days=day)).end == ProbeEnd.OFFLINE
    standing = LinkHealth.objects.get()
    assert standing.verdict == LinkVerdict.UNCHECKED
    assert standing.next_check_at == START + timedelta(days=4, hours=1)


def test_robots_are_asked_once_a_day_and_obeyed(web):
    row = make_evidence(url="https://example.org/private/1")
    web["https://example.org/robots.txt"] = answer(body=b"User-agent: *\nDisallow: /private")
    assert visit(row).end == ProbeEnd.ROBOTS
    visit(row, START + timedelta(hours=2))
    assert web["asked"] == ["https://example.org/robots.txt"]
    assert verdict(row) == LinkVerdict.BLOCKS_ROBOTS
    web["https://example.org/robots.txt"] = answer(body=b"")
    web[row.url] = answer(row.url)
    assert visit(row, START + timedelta(days=2)).end == ProbeEnd.ANSWERED


def test_a_page_that_has_moved_gets_its_new_address_from_a_person_and_keeps_the_old_one(web):
    row = make_evidence(url="https://example.org/old?id=1")
    web[row.url] = moved(row.url, "https://example.org/new?utm_source=x")
    visit(row)
    assert verdict(row) == LinkVerdict.MOVED
    with pytest.raises(Refused):
        accept_address(row, by=people.reviewer())
    accept_address(row, by=people.analyst())
    row.refresh_from_db()
    assert row.url == "https://example.org/new"
    assert [(old.url, old.by) for old in FormerAddress.objects.all()] == [
        ("https://example.org/old?id=1", people.analyst())
    ]
    assert "old?id=1 → https://example.org/new" in row.history.first().history_change_reason
    assert verdict(row) == LinkVerdict.UNCHECKED
    assert list(due_links(timezone.now())) == [row]


def test_an_address_that_other_evidence_has_is_not_accepted(web):
    row, other = make_evidence(), make_evidence()
    before = row.url
    web[before] = moved(before, other.url)
    visit(row)
    with pytest.raises(Refused, match=other.code):
        accept_address(row, by=people.analyst())
    assert FormerAddress.objects.count() == 0
    assert Evidence.objects.get(pk=row.pk).url == before


@pytest.mark.parametrize(
    ("was", "to", "status", "is_moved"),
    [
        ("http://example.org/a", "https://example.org/a", 301, False),
        ("http://example.org/a", "https://www.example.org/a", 301, True),
        ("https://example.org/a", "https://example.org/b", 302, False),
        ("https://example.org/a", "https://example.org/b", 308, True),
        ("https://example.org/a", "https://example.org/a?utm_source=x", 301, False),
    ],
)
def test_moved_is_for_good_and_to_another_address(was, to, status, is_moved):
    assert visits.has_moved(was, moved(was, to, status)) is is_moved


def test_one_visitor_per_host_and_a_pause_after_it(web):
    row, neighbour = make_evidence(), make_evidence()
    with time_machine.travel(START, tick=False):
        with turn_at("example.org"), pytest.raises(HostBusy):
            check_link(row, by=people.analyst(), key="1")
        with pytest.raises(HostBusy) as caught:
            check_link(neighbour, by=people.analyst(), key="2")
        assert caught.value.free_at == START + PAUSE
    assert web["asked"] == []
    visit(row, START + PAUSE)


def test_a_host_that_a_visit_is_led_on_to_has_one_visitor_too(web):
    row, there = make_evidence(), make_evidence(url="https://example.net/1")
    web[row.url], web[there.url] = moved(row.url, "https://example.net/2"), answer(there.url)
    with time_machine.travel(START, tick=False), turn_at("example.net"), pytest.raises(HostBusy, match=r"example\.net"):
        check_link(row, by=people.analyst(), key="1")
    assert LinkCheck.objects.count() == 0
    visit(row, START + PAUSE)
    with pytest.raises(HostBusy):
        visit(there, START + PAUSE + timedelta(seconds=1))
    visit(there, START + 2 * PAUSE)


def test_a_visit_that_is_led_round_a_host_takes_its_turn_once(web):
    with further_turns("example.org") as take:
        for name in ("example.org", "example.net", "example.org", "example.net"):
            take(name)
    assert [host.name for host in Host.objects.all()] == ["example.net"]


def test_a_turn_whose_holder_died_comes_back(web):
    Host.objects.create(name="example.org", free_at=START + timedelta(seconds=120))
    row = make_evidence()
    with pytest.raises(HostBusy):
        visit(row, START + timedelta(seconds=119))
    visit(row, START + timedelta(seconds=121))


def test_due_are_those_never_visited_and_those_whose_time_has_come(web):
    never, gone, withdrawn = make_evidence(), make_evidence(), make_evidence(publication="withdrawn")
    visit(gone)
    assert list(due_links(START)) == [never]
    assert list(due_links(START + timedelta(hours=37))) == [never, gone]
    assert withdrawn not in due_links(START + timedelta(days=99))


def test_a_lost_race_for_the_key_ends_with_the_others_row(web, monkeypatch):
    row = make_evidence()
    web[row.url] = answer(row.url)
    real = link_checks.visit

    def slow(*args):
        found = real(*args)
        monkeypatch.setattr(link_checks, "visit", real)
        Host.objects.update(free_at=START)
        visit(row, key="same")
        return found

    monkeypatch.setattr(link_checks, "visit", slow)
    check = visit(row, key="same")
    assert list(LinkCheck.objects.all()) == [check]
    assert Snapshot.objects.count() == 1


def test_refreshing_changes_nothing_that_the_visits_do_not_say(web):
    row = make_evidence()
    web[row.url] = answer(row.url)
    visit(row)
    before = LinkHealth.objects.values().get()
    refresh(row)
    assert LinkHealth.objects.values().get() == before
