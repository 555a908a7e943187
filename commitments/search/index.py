"""Keeps the index: rows whose commitments changed, or all of them."""

from collections.abc import Callable, Collection, Iterable
from itertools import islice

from django.db import transaction

from commitments.models import Commitment, SearchIndex, SearchRow, Stale
from commitments.search.engine import Keys, engine
from commitments.search.texts import texts_of

# Higher whenever keys or tokens are made otherwise: an index of another version must be made anew.
VERSION = 1
AT_ONCE = 500

Tell = Callable[[int, int, str], None]


@transaction.atomic
def refresh(ids: Collection[int]) -> None:
    """Bring the rows of these commitments up to date; those that are no longer public, or gone, leave the index."""
    if not SearchRow.objects.exists():
        engine().clear()  # what was flushed leaves tokens behind
        SearchIndex.objects.get_or_create(pk=1, defaults={"version": VERSION})
    for some in _some(ids):
        _refresh(some)


def _refresh(ids: Collection[int]) -> None:
    before = {row.pk: row for row in SearchRow.objects.filter(pk__in=ids)}
    now = {pk: Keys(pk, texts.head, texts.body) for pk, texts in texts_of(ids).items()}
    same = {pk for pk, row in before.items() if pk in now and (row.head, row.body) == now[pk][1:]}
    old = [Keys(pk, row.head, row.body) for pk, row in before.items() if pk not in same]
    new = [keys for pk, keys in now.items() if pk not in same]
    engine().remove(old)
    SearchRow.objects.filter(pk__in=[pk for pk in before if pk not in now]).delete()
    engine().put(new)


def _some(ids: Iterable[int]) -> Iterable[list[int]]:
    left = iter(sorted(ids))
    while some := list(islice(left, AT_ONCE)):
        yield some


def rebuild(tell: Tell = lambda done, total, message: None) -> int:
    """Everything anew, some rows in each transaction, so that writers need not wait; says how many rows.

    Until it has ended no version stands in the index, and readers are told that it is being made.
    """
    total, done, last = Commitment.objects.published().count(), 0, 0
    with transaction.atomic():
        SearchIndex.objects.all().delete()
        SearchRow.objects.all().delete()
        engine().clear()
    while some := _after(last):
        with transaction.atomic():
            _refresh(some)
        done, last = done + len(some), some[-1]
        tell(done, total, "")
    SearchIndex.objects.update_or_create(pk=1, defaults={"version": VERSION})
    return done


def _after(last: int) -> list[int]:
    rows = Commitment.objects.published().filter(pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def version(using: str = "default") -> int | None:
    """The version that the index was made with; None where it was never made."""
    return SearchIndex.objects.using(using).values_list("version", flat=True).first()


def is_behind(using: str = "default") -> bool:
    """Made by other code than this, or never, though there is something to find."""
    made = version(using)
    if made is None:
        return Commitment.objects.using(using).published().exists() and not Stale.objects.using(using).exists()
    return made != VERSION
