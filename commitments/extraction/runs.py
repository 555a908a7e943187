"""Labels -> the lists that they number: 1, 2, 3 of one family, restarting where a new list begins."""

from collections import defaultdict
from itertools import pairwise

from commitments.extraction.labels import HEADINGS, Label

STRUCTURAL = frozenset(
    {
        "chapter",
        "article",
        "task",
        "top",
        "parenthesis",
        "decimal",
        "decimal_deep",
        "number",
        "english_goal",
        "english_action",
    }
)
SKIPPABLE = 1  # numbers that a text may have lost


def runs_of(labels: list[Label]) -> dict[Label, int]:
    """Label -> number of its list. Labels that belong to no list are left out."""
    found: dict[Label, int] = {}
    open_runs: dict[str, list[list[Label]]] = defaultdict(list)
    every: list[list[Label]] = []
    for label in labels:
        if label.family in HEADINGS:
            every.append([label])
        elif not label.number:
            _extend_unnumbered(label, open_runs[label.family], every)
        else:
            _extend(label, open_runs[label.family], every)
    long = {run[0].family for run in every if len(run) > 1 and not run[0].is_inline}
    leads = {label for label, after in pairwise(labels) if after.paragraph == label.paragraph + 1}
    for number, run in enumerate(every):
        if _holds(run, long) or _is_lone_heading(run, leads):
            found.update(dict.fromkeys(run, number))
    return found


def _extend(label: Label, stack: list[list[Label]], every: list[list[Label]]) -> None:
    for depth in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
        last = stack[depth][-1].number
        if last < label.number <= last + 1 + SKIPPABLE and (label.number == last + 1 or not _starts_better(label)):
            stack[depth].append(label)
            del stack[depth + 1 :]
            return
    stack.append([label])
    every.append(stack[-1])


def _starts_better(label: Label) -> bool:
    return label.number == 1


def _extend_unnumbered(label: Label, stack: list[list[Label]], every: list[list[Label]]) -> None:
    """Dashes and bullets: neighbours make a list."""
    if stack and label.paragraph - stack[-1][-1].paragraph <= 1:
        stack[-1].append(label)
        return
    stack.append([label])
    every.append(stack[-1])


def _is_lone_heading(run: list[Label], leads: set[Label]) -> bool:
    """一、 without a 二、, right above items of another family."""
    return len(run) == 1 and run[0].family in STRUCTURAL and run[0].number == 1 and run[0] in leads


def _holds(run: list[Label], long: set[str]) -> bool:
    first = run[0]
    if first.family in HEADINGS:
        return True
    if len(run) > 1:
        return True
    return not first.is_inline and first.family in STRUCTURAL and first.family in long and first.number == 1
