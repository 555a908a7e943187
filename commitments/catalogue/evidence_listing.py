"""The list of evidence: query parameters -> filters, counts and pages of published rows, and the form for them."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language_info, gettext_lazy

from commitments.catalogue import cursor as keyset
from commitments.catalogue import parameters
from commitments.catalogue.clock import Clock
from commitments.catalogue.codes import few_named
from commitments.catalogue.evidence import public_links, with_links
from commitments.catalogue.facets import Facet, Option
from commitments.catalogue.fields import EARLIEST, LATEST, AllowedField, AllowedListField, RowsField, WordsField
from commitments.catalogue.filters import USUAL_PAGE, ListingForm, documents
from commitments.catalogue.kept import kept
from commitments.catalogue.listed import listed_documents
from commitments.catalogue.paging import COUNTED, Counted, Page, Paged, cursor_of, page_of, spelled
from commitments.catalogue.renamed import params_today
from commitments.choices import Bearing, Confidence, EvidenceKind, Voice
from commitments.models import Evidence

ORDERS = ("-published_on", "published_on", "code", "-code")
SEARCHED = ("code", "title", "summary_zh", "summary_en", "publisher__name", "publisher_as_given")
Leg = tuple[dict[str, Any], tuple[str, ...]]  # conditions, and the columns that order it
WORDS = {"kind": EvidenceKind, "bears": Bearing, "voice": Voice, "confidence": Confidence}
REPEATABLE = (*WORDS, "language", "document", "commitment")
PARAMETERS = (
    *("q", "document", "commitment", *WORDS, "language", "dated"),
    *("as_of", "known_on", "order", "cursor", "page_size"),
)


class EvidenceForm(ListingForm):
    q = WordsField(required=False, label=gettext_lazy("Words"))
    kind = AllowedListField(required=False, choices=EvidenceKind.choices, label=gettext_lazy("Kind"))
    bears = AllowedListField(required=False, choices=Bearing.choices, label=gettext_lazy("How it bears"))
    voice = AllowedListField(required=False, choices=Voice.choices, label=gettext_lazy("Who speaks"))
    confidence = AllowedListField(required=False, choices=Confidence.choices, label=gettext_lazy("Confidence"))
    dated = AllowedField(
        required=False,
        choices=[("yes", gettext_lazy("with a date")), ("no", gettext_lazy("undated"))],
        label=gettext_lazy("Date"),
    )
    commitment = RowsField(required=False, rows=few_named, label=gettext_lazy("Commitment"))
    order = AllowedField(required=False, choices=[(name, name) for name in ORDERS], label=gettext_lazy("Order"))

    document = RowsField(required=False, rows=documents, label=gettext_lazy("Source"))

    def __init__(self, data: QueryDict, languages: Sequence[str]) -> None:
        super().__init__(data)
        spoken = [(code, language_name(code)) for code in languages]
        self.fields["language"] = AllowedListField(required=False, choices=spoken, label=gettext_lazy("Language"))


class EvidenceListing(Paged, Counted):
    """Reads once, lazily, like catalogue.listing.Listing. With errors it has no rows."""

    def __init__(self, params: QueryDict) -> None:
        self.params = params = params_today(params)
        self.languages = languages()
        self.form = EvidenceForm(params, self.languages)
        self.form.is_valid()
        self.errors = parameters.refusals(params, PARAMETERS, REPEATABLE, self.form)
        text = self.form.cleaned_data["cursor"] if self.is_valid else None
        self._cursor = cursor_of(text, self.order, self._keys, self.errors)

    @cached_property
    def clock(self) -> Clock:
        return self.form.clock()

    @property
    def order(self) -> str:
        return self.form.cleaned_data.get("order") or ORDERS[0]

    @property
    def page_size(self) -> int:
        return self.form.cleaned_data.get("page_size") or USUAL_PAGE

    @property
    def _keys(self) -> tuple[keyset.Key, ...]:
        descending = self.order.startswith("-")
        if self.order.endswith("code"):
            return (keyset.Key("code", str, descending),)
        return keyset.Key("order_date", keyset.date, descending), keyset.Key("code", str)

    @cached_property
    def _filtered(self) -> QuerySet[Evidence]:
        given = self.form.cleaned_data
        rows = Evidence.objects.published()
        for word in given["q"].split():
            rows = rows.filter(_in_any(SEARCHED, word))
        for name, field in (("kind", "kind"), ("voice", "publisher__voice"), ("confidence", "confidence")):
            if given[name]:
                rows = rows.filter(**{f"{field}__in": given[name]})
        if given["language"]:
            rows = rows.filter(language__in=given["language"])
        if given["dated"]:
            rows = rows.filter(published_on__isnull=given["dated"] == "no")
        return self._linked(rows)

    def _linked(self, rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
        """One link must fit all that is asked of links; a commitment stands for its parts, too."""
        given = self.form.cleaned_data
        if not (given["bears"] or given["document"] or given["commitment"]):
            return rows
        links = public_links().order_by()
        if given["bears"]:
            links = links.filter(bears__in=given["bears"])
        if not (given["document"] or given["commitment"]):
            return rows.filter(Exists(links.filter(evidence=OuterRef("pk"))))
        if given["document"]:
            links = links.filter(commitment__document__in=given["document"])
        if given["commitment"]:
            family = Q()
            for row in (row for found in given["commitment"] for row in found):
                family |= Q(commitment__document=row.document_id, commitment__path__startswith=row.path)
            links = links.filter(family)
        return rows.filter(pk__in=links.values("evidence"))

    @cached_property
    def _counted(self) -> int:
        return self._filtered.order_by()[: COUNTED + 1].count() if self.is_valid else 0

    def _read(self, keys: Sequence[keyset.Key], values: Sequence[Any] | None, limit: int) -> list[Evidence]:
        ids: list[int] = []
        for only, order in self._legs(keys, values):
            ids += self._filtered.filter(**only).order_by(*order).values_list("pk", flat=True)[: limit - len(ids)]
            if len(ids) >= limit:
                break
        rows: dict[int, Any] = with_links(Evidence.objects.filter(pk__in=ids)).in_bulk()
        for row in rows.values():
            row.order_date = row.published_on or self._undated
        return [rows[pk] for pk in ids]

    def _legs(self, keys: Sequence[keyset.Key], values: Sequence[Any] | None) -> Iterator[Leg]:
        """Parts of the way, each along an index: the rest of a day, the other days, what has none (always last)."""
        order = tuple(keyset.order_by(keys))
        if len(keys) == 1:
            yield {f"code__{_beyond(keys[0])}": values[0]} if values else {}, order
            return
        (day, code), by_code, backwards = keys, order[1:], keys[1].descending
        by_day = (order[0].replace("order_date", "published_on"), *by_code)
        dated, undated = ({"published_on__isnull": False}, by_day), ({"published_on__isnull": True}, by_code)
        if not values:
            yield from (undated, dated) if backwards else (dated, undated)
            return
        rest = {f"code__{_beyond(code)}": values[1]}
        if values[0] == self._undated:
            yield {**undated[0], **rest}, by_code
            yield from (dated,) if backwards else ()
            return
        yield {"published_on": values[0], **rest}, by_code
        yield {f"published_on__{_beyond(day)}": values[0]}, by_day
        yield from () if backwards else (undated,)

    @property
    def _undated(self) -> date:
        return EARLIEST if self.order.startswith("-") else LATEST

    def _place(self, row: Evidence) -> tuple[Any, ...]:
        return tuple(getattr(row, key.name) for key in self._keys)

    @cached_property
    def _page(self) -> Page[Evidence]:
        if not self.is_valid:
            return Page([])
        size = self.page_size
        return page_of(self._read, self._keys, self._place, cursor=self._cursor, order=self.order, size=size)

    @property
    def rows(self) -> list[Evidence]:
        """This page's evidence; each with `.public_links`."""
        return self._page.rows

    def __iter__(self) -> Iterator[Evidence]:
        """All rows, whatever page was asked for: for files."""
        values = None
        while page := self._read(self._keys, values, 500):
            yield from page
            values = self._place(page[-1])

    @property
    def canonical(self) -> str:
        return self.query(cursor=None)

    def query(self, *, only: Collection[str] = PARAMETERS, **replace: str | None) -> str:
        return spelled(self.params, [name for name in PARAMETERS if name in only], **replace)

    @property
    def facets(self) -> list[Facet]:
        """The form as readers see it; facets with fewer than two options are left out."""
        options = {name: words.choices() for name, words in WORDS.items()}
        options["language"] = [(code, language_name(code)) for code in self.languages]
        listed = listed_documents(self.form.cleaned_data.get("document") or [])
        options["document"] = [(row.slug, row.words("short").text) for row in listed.values()]
        found = [self._facet(name, choices) for name, choices in options.items()]
        return [facet for facet in found if len(facet.options) > 1 or facet.is_active]

    def _facet(self, name: str, choices: list[tuple[str, str]]) -> Facet:
        chosen = self.params.getlist(name)
        options = [Option(value, str(label), value in chosen) for value, label in choices]
        return Facet(name, str(self.form.fields[name].label), options)


def _beyond(key: keyset.Key) -> str:
    return "lt" if key.descending else "gt"


@kept
def languages() -> tuple[str, ...]:
    rows = Evidence.objects.published().exclude(language="").order_by()
    return tuple(sorted(rows.values_list("language", flat=True).distinct()))


def _in_any(fields: Collection[str], word: str) -> Q:
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": word})
    return found


def language_name(code: str) -> str:
    """In the reader's language where it is known: kk -> Kazakh; zh stands for any Chinese."""
    for known in (code.lower(), f"{code.lower()}-hans"):
        try:
            return str(get_language_info(known)["name_translated"])
        except KeyError:
            continue
    return code
