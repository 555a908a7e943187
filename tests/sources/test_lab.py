"""The guarded fetch against real sockets, in a network in which every address answers and every attempt is seen.

About a minute; run alone with `python3 dev.py test -m slow tests/sources`.
"""

import json
import subprocess
import sys
from functools import cache
from typing import Any

import pytest
from django.conf import settings

from tests.sources.lab.corpus import HONEST, INNER, PUBLIC, PUBLIC_6, direct, redirected
from tests.sources.lab.namespace import way_in
from tests.sources.lab.servers import HOSTILE, HOSTILE_NAMES, HOSTILE_TLS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(way_in() is None, reason="this machine does not let us make a network of our own (unshare)"),
]
OURS = {PUBLIC, PUBLIC_6, *(f"93.184.216.{n}" for n in range(40, 60))}
SLACK = 2.0  # seconds that a busy machine may add


@cache
def lab(part: str) -> dict[str, Any]:
    command = [*(way_in() or []), sys.executable, "-m", "tests.sources.lab.run", part]
    done = subprocess.run(command, capture_output=True, cwd=settings.BASE_DIR, timeout=180)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def breaches(part: str) -> list[tuple[str, int]]:
    return [(to, port) for to, port in lab(part)["connections"] if to not in OURS or port not in (80, 443)]


def test_no_hostile_address_of_the_corpus_is_connected_to():
    assert len(set(direct() + redirected())) >= 250
    assert breaches("corpus") == []


def test_every_hostile_address_ends_with_a_word_and_in_time():
    outcomes = lab("corpus")["outcomes"]
    assert [one for one in outcomes if one["end"] == "broke" or one["seconds"] > 30 + SLACK] == []


def test_without_the_guard_the_same_corpus_reaches_what_it_must_not():
    reached = set(breaches("unguarded"))
    assert len(reached) > 50
    assert {to for to, _ in reached} >= {"127.0.0.1", "10.0.0.1", "169.254.169.254", "100.100.100.200", "::1"}
    assert {port for _, port in reached} >= {22, 6379, 8080}


def test_a_name_asked_twice_would_lead_inside():
    assert {to for to, _ in breaches("rebound")} == set(INNER)


def test_no_honest_page_is_refused():
    outcomes = lab("honest")["outcomes"]
    assert len(outcomes) == len(HONEST) >= 10
    assert [one for one in outcomes if (one["end"], one["kind"]) != ("answer", "200") or not one["body"]] == []
    assert breaches("honest") == []


def test_no_hostile_server_holds_a_reader_or_fills_its_memory():
    outcomes = lab("hostile")["outcomes"]
    assert len(outcomes) == len(HOSTILE) + len(HOSTILE_TLS) + len(HOSTILE_NAMES) >= 24
    assert [one for one in outcomes if one["seconds"] > 30 + SLACK or one["end"] == "broke"] == []
    assert [one for one in outcomes if one["kib"] > 64 * 1024] == []


@pytest.mark.parametrize(
    ("server", "end", "kind"),
    [
        *(("hang", "failed", "timeout"), ("drip-headers", "failed", "timeout"), ("drip-body", "failed", "timeout")),
        *(("slow-loop", "failed", "timeout"), ("loop", "failed", "too_many_redirects"), ("shut", "failed", "protocol")),
        *(("endless-body", "failed", "too_large"), ("gzip-bomb", "failed", "too_large"), ("bomb-302", "answer", "200")),
        *(("fat-headers", "failed", "headers_too_large"), ("gzip-twice", "failed", "encoding")),
        *(("silent", "failed", "name_service"), ("trouble", "failed", "name_service"), ("nobody", "failed", "no_name")),
        *(("stall", "failed", "timeout"), ("tls-name", "failed", "tls"), ("tls-own", "failed", "tls")),
        *(("tls-hang", "failed", "timeout"), ("tls-drip", "failed", "timeout"), ("length-short", "failed", "protocol")),
    ],
)
def test_what_a_server_did_is_told_from_what_another_did(server, end, kind):
    found = [one for one in lab("hostile")["outcomes"] if f"//{server}.lab.org/" in one["url"]]
    assert [(one["end"], one["kind"]) for one in found] == [(end, kind)]
