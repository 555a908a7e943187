"""Questions with the commitments that answer them -> how often one of these is among the first three, by class."""

import json
from collections import defaultdict
from pathlib import Path

from commitments.models import Commitment
from commitments.search.find import Found

HERE = Path(__file__).parent
SYNONYM = "synonym"


def questions(name: str) -> list[dict]:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def first(q: str, number: int = 3) -> list[str]:
    """Codes of the nearest rows, in the order of a list by relevance."""
    found = Found(q)
    rows = dict(Commitment.objects.published().filter(found.condition).values_list("pk", "code"))
    ranked = [rows.pop(pk) for *_rank, pk in found.ranked if pk in rows]
    return [*ranked, *rows.values()][:number]


def rates(asked: list[dict]) -> tuple[dict[str, float], list[str]]:
    """Share answered by class, "all" being every class but the synonyms; and one line for each that was not."""
    right: dict[str, list[bool]] = defaultdict(list)
    missed = []
    for question in asked:
        shown = first(question["q"])
        is_right = bool(set(shown) & set(question["want"]))
        right[question["class"]].append(is_right)
        if question["class"] != SYNONYM:
            right["all"].append(is_right)
        if not is_right:
            missed.append(f"{question['class']}: {question['q']} -> {shown}, wanted {question['want']}")
    return {name: sum(values) / len(values) for name, values in right.items()}, missed
