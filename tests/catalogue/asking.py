"""Random questions to the lists, and the answers of each surface as identifiers."""

import csv
import io
import json
import random
import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import openpyxl
from django.test import Client

from commitments.catalogue.filters import PARAMETERS
from commitments.catalogue.orders import NAMES
from commitments.choices import Band, Confidence, Kind, Momentum, Status, Verifiability
from tests.catalogue.oracle import Oracle, Params, Shown

ROW = re.compile(r'<td class="title"><a href="(?:/en)?/commitments/([\w-]+/[\w.-]+)/(?:\?[^"]*)?">')


def questions(oracle: Oracle, words: list[str], number: int, seed: int = 1) -> list[Params]:
    chooser = Chooser(oracle, words, random.Random(seed))
    return [chooser.question() for _ in range(number)]


class Chooser:
    """Values that rows have, so that answers are seldom empty."""

    def __init__(self, oracle: Oracle, words: list[str], source: random.Random) -> None:
        self.random = source
        self.today = oracle.today
        items = list(oracle.items.values())
        days = [row.as_of for item in items for row in item.assessments] + [item.row.due_on for item in items]
        self.days = sorted({day for day in days if day} | {check.checked_on for item in items for check in item.checks})
        parents = [oracle.items[pk] for item in items for pk in item.ancestors if pk in oracle.items]
        self.several = {
            "document": sorted({item.row.document.slug for item in items}),
            "kind": [str(one) for one in Kind],
            "ancestor": sorted({one for item in parents for one in (item.row.code, item.id)}),
            "status": [str(one) for one in Status],
            "band": [str(one) for one in Band],
            "momentum": [str(one) for one in Momentum],
            "theme": sorted({slug for item in items for slug in item.themes}),
            "party": sorted({code for item in items for code in item.parties}),
            "verifiability": [str(one) for one in Verifiability],
            "confidence": [str(one) for one in Confidence],
        }
        self.words = words

    def question(self) -> Params:
        names = [name for name in PARAMETERS if name not in ("as_of", "known_on", "order", "cursor", "page_size")]
        found: Params = {}
        for name in self.random.sample(names, self.random.choice([1, 1, 2, 2, 3, 4])):
            if values := self._values(name):
                found[name] = values
        for name in ("as_of", "known_on"):
            if self.random.random() < 0.4:
                found[name] = [min(self._day(), self.today).isoformat()]
        if self.random.random() < 0.7:
            found["order"] = [self.random.choice(NAMES)]
        return found

    def _values(self, name: str) -> list[str]:
        if name in self.several:
            given = self.several[name]
            most = self.random.choice([1, 2, 3, 5])
            return self.random.sample(given, min(len(given), most))
        if name == "q":
            return [self.random.choice(self.words)]
        if name == "evidence":
            return [self.random.choice(["any", "none"])]
        return [self._day().isoformat()]

    def _day(self) -> date:
        """Of a row, or the day before or after it."""
        return self.random.choice(self.days) + timedelta(days=self.random.choice([-1, 0, 0, 1]))


def address(path: str, params: Params, **more: Any) -> str:
    query = urlencode([(name, value) for name, values in params.items() for value in values] + list(more.items()))
    return f"{path}?{query}"


def by_json(client: Client, params: Params, *, prefix: str = "", page_size: int = 100) -> list[dict[str, Any]]:
    return _every_page(client, address(f"{prefix}/commitments.json", params, page_size=page_size))


def by_api(client: Client, params: Params, *, prefix: str = "", page_size: int = 100) -> list[dict[str, Any]]:
    return _every_page(client, address("/api/v1/commitments/", params, page_size=page_size, lang=prefix.strip("/")))


def _every_page(client: Client, where: str | None) -> list[dict[str, Any]]:
    """One after the other."""
    found: list[dict[str, Any]] = []
    while where:
        answer = client.get(where)
        assert answer.status_code == 200, (where, answer.content)
        body = answer.json()
        found += body["results"]
        where = body["next"]
    assert (body["count"], body["count_is_exact"]) == (len(found), True)
    return found


def by_csv(client: Client, params: Params, *, prefix: str = "") -> list[dict[str, str]]:
    answer = client.get(address(f"{prefix}/commitments.csv", params))
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def by_jsonl(client: Client, params: Params, *, prefix: str = "") -> list[dict[str, Any]]:
    answer = client.get(address(f"{prefix}/commitments.jsonl", params))
    assert answer.status_code == 200
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


def by_xlsx(client: Client, params: Params, *, prefix: str = "") -> list[str]:
    """Identifiers; the second row says what the columns are."""
    answer = client.get(address(f"{prefix}/commitments.xlsx", params))
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)), read_only=True)
    return [str(row[0]) for row in book.worksheets[0].iter_rows(min_row=3, max_col=1, values_only=True)]


def by_report(client: Client, params: Params, *, prefix: str = "") -> list[str]:
    """Identifiers in the order of the documents, whatever order was asked for."""
    answer = client.get(address(f"{prefix}/reports.csv", params))
    assert answer.status_code == 200, answer.content
    rows = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    return [row["id"] for row in rows if row["table"] == "commitments"]


def by_page(client: Client, params: Params, *, prefix: str = "", page_size: int = 100) -> list[str]:
    """Identifiers of the rows in their order; headings between them are none."""
    answer = client.get(address(f"{prefix}/commitments/", params, page_size=page_size))
    assert answer.status_code == 200
    return ROW.findall(answer.content.decode())


def as_record(shown: Shown) -> dict[str, Any]:
    return {
        "status": shown.status,
        "status_basis": shown.basis,
        "momentum": shown.momentum,
        "confidence": shown.confidence,
        "as_of": shown.as_of and shown.as_of.isoformat(),
        "last_checked_on": shown.last_checked_on and shown.last_checked_on.isoformat(),
    }
