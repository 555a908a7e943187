"""Does what is stored still say what it said? Texts against their hashes, quotes against their texts, guards in place.

Each part of PARTS says how many rows it reads and yields one line for each: empty when the row holds. What is stored
elsewhere (files) is verified by adding its part.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.actions.captures import MISSING, count_spoken_of, examined
from commitments.actions.edition_checks import examine_editions
from commitments.actions.job_runs import Outcome, Run
from commitments.actions.standings import count_kept, examine_kept
from commitments.models import Edition, Exclusion, Passage, SourceDocument
from commitments.models.guards import guard_names, missing_guards

MOST_LISTED = 5000


class Part(NamedTuple):
    rows: Callable[[], int]
    examine: Callable[[], Iterator[str]]


def verify(run: Run) -> Outcome:
    """Writes nothing but the job's own result; anything found waits for a person."""
    run.expect(sum(part.rows() for part in PARTS))
    problems: list[str] = []
    for part in PARTS:
        for problem in part.examine():
            problems += [problem] if problem else []
            run.step()
    result = {"examined": run.job.done, "problems": problems[:MOST_LISTED], "problem_count": len(problems)}
    return Outcome(result, _said(len(problems), run.job.done), for_a_person=bool(problems))


def _said(problems: int, examined: int) -> str:
    if not problems:
        return _("Nothing was found changed or missing; %(count)d examined.") % {"count": examined}
    words = ngettext("%(count)d problem was found.", "%(count)d problems were found.", problems)
    return words % {"count": problems}


def documents() -> Iterator[str]:
    for row in SourceDocument.objects.order_by("pk").iterator(20):
        is_whole = hashlib.sha256(row.text.encode()).hexdigest() == row.text_sha256
        yield "" if is_whole else _("%(row)s: the text does not match its hash.") % {"row": row.slug}


def quotes() -> Iterator[str]:
    texts = dict(SourceDocument.objects.values_list("pk", "text"))
    for model in (Passage, Exclusion):
        for row in model._default_manager.order_by("pk").iterator(500):
            is_there = texts[row.document_id][row.start : row.end] == row.quote
            sentence = _("%(kind)s %(id)s: the quote does not stand at its place.")
            yield "" if is_there else sentence % {"kind": model._meta.verbose_name, "id": row.pk}


def guards() -> Iterator[str]:
    missing = missing_guards()
    for name in missing:
        yield _("The guard %(name)s is missing in the database.") % {"name": name}
    yield from [""] * (_guard_count() - len(missing))


def _guard_count() -> int:
    return len(guard_names(connection.vendor))


def stored_files() -> Iterator[str]:
    for name, problem in examined():
        if not problem:
            yield ""
        elif problem == MISSING:
            yield _("The file %(name)s is missing.") % {"name": name}
        else:
            yield _("The file %(name)s is damaged: its bytes do not match its name.") % {"name": name}


PARTS = (
    Part(SourceDocument.objects.count, documents),
    Part(lambda: Passage.objects.count() + Exclusion.objects.count(), quotes),
    Part(_guard_count, guards),
    Part(count_spoken_of, stored_files),
    Part(Edition.objects.count, examine_editions),
    Part(count_kept, examine_kept),
)
