"""Parts of the guarded fetch that need no network: what is refused at the door, limits, and what is said about us."""

import gzip
import socket
import time
import zlib
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.sources import names
from commitments.sources.deadline import Deadline
from commitments.sources.fetch import FetchFailed, FetchRefused, fetch, user_agent
from commitments.sources.inflate import inflated
from commitments.text.address import read_address


@pytest.fixture
def answers(monkeypatch):
    """What the name service says, by name; asking for another name is an error."""
    said: dict[str, list[str]] = {}
    monkeypatch.setattr(names, "_resolved", lambda host, deadline: [ip_address(text) for text in said[host]])
    return said


def places(host: str) -> list[str]:
    return [str(ip) for ip in names.public_addresses(read_address(f"http://{host}/"), Deadline(5))]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        *(("ftp://example.org/", "scheme"), ("http://example.org:8080/", "port"), ("http://127.0.0.1/", "address")),
        *(("http://[::1]/", "address"), ("http://2130706433/", "host"), ("http://a b/", "characters")),
        *(("http://localhost/", "address"), ("http://printer/", "address"), ("http://x.localhost/", "address")),
        ("http://example.org/" + "a" * 9_000, "length"),
    ],
)
def test_the_door_refuses_without_asking_anybody(url, kind, monkeypatch):
    monkeypatch.setattr(names, "_resolved", lambda *_: pytest.fail("the name service was asked"))
    with pytest.raises(FetchRefused) as caught:
        fetch(url)
    assert caught.value.kind == kind
    assert str(caught.value) == caught.value.kind.label


def test_one_answer_that_is_not_public_refuses_the_host(answers):
    answers["a.org"] = ["93.184.216.34", "10.0.0.1"]
    with pytest.raises(FetchRefused):
        places("a.org")
    answers["a.org"] = ["93.184.216.34", "2606:4700::1111"]
    assert places("a.org") == answers["a.org"]


def test_an_address_of_a_translating_network_is_opened_only_where_the_network_translates(answers):
    answers |= {"a.org": ["64:ff9b::5db8:d822"], "b.org": ["64:ff9b::a00:1"], "ipv4only.arpa": ["192.0.0.170"]}
    with pytest.raises(FetchRefused):
        places("a.org")
    answers["ipv4only.arpa"] += ["64:ff9b::c000:aa"]
    assert places("a.org") == answers["a.org"]
    with pytest.raises(FetchRefused):
        places("b.org")
    with pytest.raises(FetchRefused):
        places("[64:ff9b::5db8:d822]")


@given(st.binary(max_size=2_000), st.sampled_from(["gzip", "x-gzip", "deflate", "raw", "identity", ""]))
def test_what_was_compressed_comes_back(body, encoding):
    engine = zlib.compressobj(wbits=-15)
    raw = engine.compress(body) + engine.flush()
    packed = {"gzip": gzip.compress(body), "x-gzip": gzip.compress(body), "deflate": zlib.compress(body), "raw": raw}
    assert inflated(packed.get(encoding, body), "deflate" if encoding == "raw" else encoding, 2_000) == body


def test_members_of_a_gzip_file_are_joined_and_padding_is_left_out():
    assert inflated(gzip.compress(b"a") + gzip.compress(b"b") + b"\0" * 9, "GZIP ", 10) == b"ab"


@pytest.mark.parametrize(
    ("raw", "encoding", "kind"),
    [
        (gzip.compress(bytes(101)), "gzip", "too_large"),
        (gzip.compress(bytes(60)) + gzip.compress(bytes(60)), "gzip", "too_large"),
        (zlib.compress(bytes(10**6)), "deflate", "too_large"),
        (gzip.compress(b"abc")[:-9], "gzip", "encoding"),
        (b"abc", "gzip", "encoding"),
        (b"abc", "br", "encoding"),
        (gzip.compress(gzip.compress(b"a")), "gzip, gzip", "encoding"),
    ],
    ids=["too long", "too long together", "too long deflated", "cut", "plain", "unknown", "twice"],
)
def test_more_than_the_limit_or_another_encoding_ends_the_reading(raw, encoding, kind):
    with pytest.raises(FetchFailed) as caught:
        inflated(raw, encoding, 100)
    assert caught.value.kind == kind


def test_a_line_is_cut_at_the_end_of_the_deadline_though_its_reader_waits_for_ever():
    ours, theirs = socket.socketpair()
    start = time.monotonic()
    with ours, theirs, Deadline(0.3).cuts(ours):
        assert ours.recv(1) == b""
    assert 0.25 < time.monotonic() - start < 3


def test_a_deadline_that_is_over_gives_no_more_time():
    deadline = Deadline(0)
    assert deadline.is_over
    with pytest.raises(FetchFailed):
        deadline.left()
    assert Deadline(60).left(5) == 5


def test_the_user_agent_says_who_asks_and_stays_one_plain_line(settings):
    settings.TRACKER_SITE_URL, settings.TRACKER_CONTACT = "https://承诺.example.org/", "desk@example.org)\r\nX: y"
    said = user_agent()
    assert said.isascii() and said.isprintable()
    assert "+https://.example.org/; desk@example.orgX:y" in said
    settings.TRACKER_SITE_URL = settings.TRACKER_CONTACT = ""
    assert user_agent() == "Mozilla/5.0 (compatible; PolicyCommitmentTracker/1)"
