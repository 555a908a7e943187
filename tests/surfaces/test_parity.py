"""One query string, one answer: page, CSV, XLSX, JSON, JSON Lines, API, feed and report name the same commitments.

And what one of them refuses all refuse, with the same sentences.
"""

import html
import random
import re
from collections.abc import Iterator
from typing import Any

import feedparser
import pytest
import time_machine
from django.http import QueryDict
from django.test import Client

from commitments.catalogue.filters import PARAMETERS, REPEATABLE
from commitments.catalogue.orders import NAMES
from tests.catalogue.asking import (
    Chooser,
    address,
    by_api,
    by_csv,
    by_json,
    by_jsonl,
    by_page,
    by_report,
    by_xlsx,
    questions,
)
from tests.catalogue.generated import NOW, TODAY, written
from tests.catalogue.oracle import Oracle, Params

WORDS = ["铁路", "能源 合作", "Railway", "100%", "1.2", "依据", "无此词"]
FILTERS = [name for name in PARAMETERS if name not in ("as_of", "known_on", "order", "cursor", "page_size")]
IN_FEED = ("document", "as_of", "known_on")
FILES = ("csv", "xlsx", "json", "jsonl")
ERROR = re.compile(r"<li><code>([^<]+)</code> (.*?)</li>", re.DOTALL)
FEED_ROW = re.compile(r"/commitments/([\w-]+/[\w.-]+)/$")

REFUSED = [
    *(
        "status=great",
        "band=good&momentum=fast",
        "kind=thing&kind=measure",
        "verifiability=maybe",
        "confidence=absolute",
        "evidence=some",
    ),
    *(
        "as_of=tomorrow",
        "as_of=2999-01-01",
        "known_on=2024-02-30",
        "known_on=1066-10-14",
        "due_after=soon",
        "due_before=1",
    ),
    *("assessed_after=x&assessed_before=y", "checked_before=2024-13-01", "document=nope", "party=XX", "theme=none"),
    *("ancestor=9.9.9", "order=size", "page_size=0", "page_size=101", "page_size=many", "cursor=x", "q=a&q=b"),
    *("colour=red", "q=" + "x" * 201, "status=great&as_of=x&colour=red&page_size=-1", "from__gt=1&pk=1", "q=%07"),
]


@pytest.fixture(scope="module")
def generated(django_db_setup: None, django_db_blocker: Any) -> Iterator[Oracle]:
    with written(django_db_blocker):
        yield Oracle(TODAY)


@pytest.fixture
def oracle(generated: Oracle, db: None) -> Iterator[Oracle]:
    with time_machine.travel(NOW, tick=False):
        yield generated


def table(oracle: Oracle) -> list[Params]:
    """Each filter by itself, once and repeated; each order; both clocks; and whatever chance puts together."""
    chooser = Chooser(oracle, WORDS, random.Random(7))
    found: list[Params] = [{}]
    for name in FILTERS:
        found.append({name: chooser._values(name)[:1]})
        if name in REPEATABLE:
            found.append({name: chooser._values(name)})
    found += [{"order": [order], "q": ["铁路"] if "relevance" in order else []} for order in NAMES]
    day = {"as_of": ["2024-06-30"]}
    found += [day, {"known_on": ["2024-06-30"]}, {**day, "known_on": ["2024-12-31"]}, {**day, "band": ["in_progress"]}]
    return found + questions(oracle, WORDS, 40, seed=11)


def check(client: Client, params: Params, prefix: str) -> int:
    """Returns how many commitments every surface named."""
    wanted = [row["id"] for row in by_api(client, params, prefix=prefix)]
    records = by_json(client, params, prefix=prefix)
    assert by_api(client, params, prefix=prefix, page_size=17) == records == by_jsonl(client, params, prefix=prefix)
    assert [row["id"] for row in records] == wanted, params
    assert [row["id"] for row in by_csv(client, params, prefix=prefix)] == wanted, params
    assert by_xlsx(client, params, prefix=prefix) == wanted, params
    assert by_page(client, params, prefix=prefix) == wanted[:100], params
    assert sorted(by_report(client, params, prefix=prefix)) == sorted(wanted), params
    return len(wanted)


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in range(1, 24))])
def test_every_surface_names_the_same_commitments(client: Client, oracle: Oracle, part: int) -> None:
    for n, params in enumerate(table(oracle)[part::24]):
        check(client, params, "/en" if n % 2 else "")


def test_most_of_the_table_finds_something(oracle: Oracle) -> None:
    asked = [{name: values for name, values in params.items() if values} for params in table(oracle)]
    assert sum(bool(oracle.answer(params)) for params in asked) > len(asked) / 2


def test_every_filter_and_every_order_is_in_the_table(oracle: Oracle) -> None:
    asked = table(oracle)
    for name in FILTERS:
        assert any(list(params) == [name] and params[name] for params in asked), name
    assert {params["order"][0] for params in asked if "order" in params} == set(NAMES)


def named_by_feed(client: Client, params: Params, prefix: str) -> set[str]:
    answer = client.get(address(f"{prefix}/changes.atom", params, page_size=100))
    assert answer.status_code == 200
    judged = (entry for entry in feedparser.parse(answer.content).entries if "/withdrawn/" not in entry.id)
    return {row[1] for entry in judged if (row := FEED_ROW.search(entry.link))}


def test_a_feed_speaks_of_the_commitments_of_the_list_alone(client: Client, oracle: Oracle) -> None:
    slugs = sorted({item.row.document.slug for item in oracle.items.values()})
    for n, params in enumerate([{}, {"known_on": ["2024-12-31"]}, *({"document": [slug]} for slug in slugs)]):
        prefix = "/en" if n % 2 else ""
        listed = {row["id"] for row in by_json(client, params, prefix=prefix)}
        told = named_by_feed(client, params, prefix)
        assert told and told <= listed, params
        entered = client.get(address("/api/v1/changes/", params, page_size=100, **{"from": "1900-01-01"})).json()[
            "entered"
        ]
        judged = [row for row in entered["results"] if row["kind"] in ("judged", "corrected")]
        assert {row["commitment"] for row in judged} <= listed
        assert {row["commitment"] for row in judged} <= told | {None}


def sentences(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: sorted(lines) for name, lines in found.items()}


def on_page(client: Client, where: str) -> dict[str, list[str]]:
    answer = client.get(where)
    assert answer.status_code == 200
    found: dict[str, list[str]] = {}
    for name, sentence in ERROR.findall(answer.content.decode()):
        found.setdefault(html.unescape(name), []).append(html.unescape(sentence))
    return sentences(found)


def in_problem(client: Client, where: str) -> dict[str, list[str]]:
    answer = client.get(where)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json"), where
    return sentences(answer.json()["errors"])


@pytest.mark.parametrize("query", REFUSED)
def test_every_surface_refuses_with_the_same_sentences(client: Client, oracle: Oracle, query: str) -> None:
    prefix, language = [("", "zh"), ("/en", "en")][REFUSED.index(query) % 2]
    wanted = on_page(client, f"{prefix}/commitments/?{query}")
    assert set(wanted) <= set(QueryDict(query)) and wanted
    for ending in FILES:
        assert in_problem(client, f"{prefix}/commitments.{ending}?{query}") == wanted
    assert in_problem(client, f"/api/v1/commitments/?{query}&lang={language}") == wanted
    _check_report(client, f"{prefix}/reports", query, wanted)
    _check_feed(client, f"{prefix}/changes.atom?{query}", wanted)


def _check_report(client: Client, path: str, query: str, wanted: dict[str, list[str]]) -> None:
    """It knows parameters of its own beside those of the list, and says so of one that it does not know."""
    found = on_page(client, f"{path}/?{query}")
    assert set(found) == set(wanted)
    assert {name: found[name] for name in wanted if name in PARAMETERS} == {
        name: lines for name, lines in wanted.items() if name in PARAMETERS
    }
    assert in_problem(client, f"{path}.csv?{query}") == found


def _check_feed(client: Client, where: str, wanted: dict[str, list[str]]) -> None:
    """A feed takes the sources and the clocks; whatever else is asked of it it does not know."""
    answer = client.get(where)
    known = {name: lines for name, lines in wanted.items() if name in (*IN_FEED, "page_size", "cursor")}
    if answer.status_code == 200:
        assert not known
        return
    found = sentences(answer.json()["errors"])
    assert {name: lines for name, lines in found.items() if name in known} == known
    assert set(wanted) <= set(found)
