"""Tables and diagrams of the documentation, rendered from the code that they describe: name of a block -> Markdown."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from commitments import choices
from commitments.catalogue import dictionary, evidence_listing, period, records
from commitments.catalogue.glossary import VOCABULARIES, meaning
from commitments.catalogue.method import minimum
from commitments.catalogue.shapes import SHAPES
from commitments.choices import BAND_OF, JUDGED_MOMENTA, MOVING, STATUS_GLOSSES, Band, Momentum, ReviewState, Status
from commitments.choices import Vocabulary as Words
from commitments.languages import choose, codes, suffix
from commitments.reports import question
from commitments.reports.import_columns import SHEETS
from commitments.rules.gates import TARGETS_OF
from commitments.rules.review import STEPS, Role, Step

Route = URLPattern | URLResolver
WRITTEN_IN = "en"


def render(name: str) -> str:
    with override(WRITTEN_IN):
        return BLOCKS[name]()


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def _code(value: str) -> str:
    return f"`{value}`"


def _listed(values: Iterable[str]) -> str:
    return ", ".join(_code(value) for value in values)


def _languages() -> list[str]:
    return [name for _code, name in settings.LANGUAGES]


def _labels(labels: dict[str, str]) -> list[str]:
    return [labels[suffix(code)] for code in codes()]


# Statuses, bands, momenta, and every other vocabulary


def statuses() -> str:
    return _table(
        ["code", *_languages(), "when", "for targets", "minimum evidence", "band"],
        (
            [
                _code(status),
                *_labels(status.labels),
                choose(STATUS_GLOSSES[status]),
                _listed(TARGETS_OF.get(status, ())) or "any",
                minimum(status),
                _code(BAND_OF[status]),
            ]
            for status in Status
        ),
    )


def bands() -> str:
    rows = ([_code(b), *_labels(b.labels), _listed(s for s in Status if BAND_OF[s] == b)] for b in Band)
    return _table(["code", *_languages(), "statuses"], rows)


def momenta() -> str:
    rows = (
        [_code(m), *_labels(m.labels), meaning(m), "judged" if m in JUDGED_MOMENTA else "computed"] for m in Momentum
    )
    return _table(["code", *_languages(), "meaning", "origin"], rows) + f"\n\nShown for {_listed(MOVING)} only."


def vocabularies() -> str:
    found = [each for each in vars(choices).values() if inspect.isclass(each) and issubclass(each, Words)]
    return "\n\n".join(_vocabulary(each) for each in found if each not in (Words, Status, Band, Momentum))


def _vocabulary(words: type[Words]) -> str:
    said = f"{words.__doc__}\n\n" if words.__doc__ else ""
    head, rows = ["code", *_languages()], [[_code(word), *_labels(word.labels)] for word in words]
    if words in dict(VOCABULARIES):  # the site explains them
        head, rows = [*head, "meaning"], [[*row, meaning(word)] for row, word in zip(rows, words, strict=True)]
    return f"### {words.__name__}\n\n{said}" + _table(head, rows)


# The review


def review_diagram() -> str:
    first = [state for state in ReviewState if state not in {to for _state, to in STEPS}]
    last = [state for state in ReviewState if state not in {state for state, _to in STEPS}]
    lines = [f"    [*] --> {state}" for state in first]
    lines += [f"    {state} --> {to}: {_who(step)}" for (state, to), step in STEPS.items()]
    lines += [f"    {state} --> [*]" for state in last]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def review_steps() -> str:
    rows = (
        [_code(state), _code(to), _who(step), "yes" if step.with_reason else ""] for (state, to), step in STEPS.items()
    )
    return _table(["from", "to", "who", "with a reason"], rows)


def _who(step: Step) -> str:
    return " or ".join(" and ".join(role.label for role in Role if role in needed) for needed in step.needs)


# What readers and scripts may ask, and what they get


def addresses() -> str:
    """Those of the API once, with the slash at their end."""
    rows = ([_code(address), _code(f"{view.__module__}.{view.__name__}")] for address, view in _routes())
    return _table(["address", "view"], rows)


def _routes(patterns: Iterable[Route] | None = None, before: str = "/") -> Iterator[tuple[str, Callable]]:
    """Our own, without the prefixes of languages."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = before + ("" if before == "/" and str(pattern.pattern) == f"{WRITTEN_IN}/" else str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from () if pattern.app_name == "admin" else _routes(pattern.url_patterns, here)
        else:
            if pattern.name or not here.startswith("/api/"):
                yield here, getattr(pattern.callback, "view_class", pattern.callback)


def filters() -> str:
    in_each_language = []
    for code in codes():
        with override(code):
            in_each_language.append(dictionary.parameters())
    rows = (
        [
            _code(one[0].name),
            *(each.label for each in one),
            "yes" if one[0].is_repeatable else "",
            _listed(value for value, _label in one[0].values) or here.takes,
        ]
        for here, *one in zip(dictionary.parameters(), *in_each_language, strict=True)
    )
    return _table(["parameter", *_languages(), "repeatable", "takes"], rows)


def other_parameters() -> str:
    lists = (("/evidence/", evidence_listing), ("/changes/", period), ("/reports/", question))
    rows = ([_code(address), _listed(its.PARAMETERS), _listed(its.REPEATABLE)] for address, its in lists)
    return _table(["address", "parameters", "repeatable"], rows)


def record_fields() -> str:
    rows = (
        [_code(field.name), *_labels(field.labels), field.datatype, _listed(field.words or ())]
        for field in records.COMMITMENT
    )
    return _table(["field", *_languages(), "type", "words"], rows)


def api_fields() -> str:
    rows = (
        [_code(shape.name), choose(shape.labels), _listed(field.name for field in shape.fields)] for shape in SHAPES
    )
    return _table(["shape in the schema", "what it is", "fields"], rows)


def import_columns() -> str:
    return "\n\n".join(
        f"### {sheet.name}\n\n"
        + _table(
            ["column", *_languages(), "what it takes", "words"],
            (
                [
                    _code(column.name) + ("*" if column.is_needed else ""),
                    *_labels(column.labels),
                    choose(column.meaning).text,
                    _listed(column.words) if len(column.words) < 8 else "see the glossary",
                ]
                for column in sheet.columns
            ),
        )
        for sheet in SHEETS
    )


BLOCKS: dict[str, Callable[[], str]] = {
    "statuses": statuses,
    "bands": bands,
    "momenta": momenta,
    "vocabularies": vocabularies,
    "review diagram": review_diagram,
    "review steps": review_steps,
    "addresses": addresses,
    "filters": filters,
    "other parameters": other_parameters,
    "record fields": record_fields,
    "api fields": api_fields,
    "import columns": import_columns,
}
