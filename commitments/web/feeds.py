"""What was entered, as Atom: of the whole register, of one document, and of one commitment with all below it."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from commitments import answers
from commitments.catalogue import detail, reader
from commitments.catalogue.changes import Entry, Step, Stream
from commitments.catalogue.clock import Clock
from commitments.catalogue.period import first_judged, first_judgements
from commitments.catalogue.renamed import first_slugs
from commitments.catalogue.site import facts
from commitments.choices import Kind, Publication
from commitments.languages import active, html_lang
from commitments.models import Commitment
from commitments.text.xml import xml_safe
from commitments.web.caching import public_page
from commitments.web.failures import gone
from commitments.web.moved import moved_or_absent

USUAL_ENTRIES = "50"
_HISTORY = gettext_lazy("%(code)s %(title)s: history")


class Told(NamedTuple):
    """An entry in words. Its identity is the document's first slug, if it is of one, and what was entered when."""

    document: str
    identity: str
    address: str
    headline: str
    lines: list[str]


class Feed(Atom1Feed):
    """Says when its newest entry was entered; with none, when its subject was published. Pages as RFC 5005 has them."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for rel, address in self.feed["beside"]:
            handler.addQuickElement("link", "", {"rel": rel, "href": address})

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.feed["published"]


@require_safe
@public_page
def change_feed(request: HttpRequest) -> HttpResponse:
    stream = Stream(_with_size(request), for_feed=True)
    if not stream.is_valid:
        return answers.refused(stream.errors)
    title = _("%(site)s: what was entered") % {"site": facts().name}
    return _answer(request, stream, title, reverse("web:change-list"), _first_published(stream))


@require_safe
@public_page
def document_feed(request: HttpRequest, document: str) -> HttpResponse:
    row = reader.find(document, with_text=False)
    if row is None:
        return moved_or_absent(request, document)
    if row.publication == Publication.WITHDRAWN:
        return gone(request, row)
    stream = Stream(_with_size(request), document=row, for_feed=True)
    if not stream.is_valid:
        return answers.refused(stream.errors)
    title = _("%(site)s: what was entered") % {"site": row.words("short")}
    page = reverse("web:document-detail", args=[row.slug])
    return _answer(request, stream, title, page, _first_published(stream) or row.published_at)


@require_safe
@public_page
def commitment_feed(request: HttpRequest, document: str, code: str) -> HttpResponse:
    try:
        row = detail.find(document, code, Clock.now())
    except detail.Gone as withdrawn:
        return gone(request, withdrawn.row)
    if row is None:
        return moved_or_absent(request, document)
    stream = Stream(_with_size(request), commitment=row, for_feed=True)
    if not stream.is_valid:
        return answers.refused(stream.errors)
    name = _("%(code)s %(title)s and its measures: history") if row.kind == Kind.PROPOSAL else _HISTORY
    title = name % {"code": row.code, "title": row.words("title")}
    return _answer(request, stream, title, _page_of(row), row.published_at)


def _with_size(request: HttpRequest) -> QueryDict:
    """A feed is longer than a page unless it is asked for less."""
    params = request.GET.copy()
    params.setdefault("page_size", USUAL_ENTRIES)
    return params


def _first_published(stream: Stream) -> datetime | None:
    if not stream.chosen:
        return first_judged("published_at")
    return min(first_judgements([row.pk for row in stream.chosen]).values(), default=None)


def _answer(request: HttpRequest, stream: Stream, title: str, page: str, published: datetime | None) -> HttpResponse:
    since, first = published or datetime(1970, 1, 1, tzinfo=UTC), first_slugs()
    feed = Feed(
        title=xml_safe(title),
        link=request.build_absolute_uri(page),
        description="",
        language=html_lang(active()),
        author_name=xml_safe(facts().name),
        feed_url=request.build_absolute_uri(),
        feed_guid=_tag(request, since, _first_path(request, first)),
        published=since,
        beside=_beside(request, stream),
    )
    for entry in stream.entered:
        item: Any = {name: xml_safe(x) if isinstance(x, str) else x for name, x in _item(request, entry, first).items()}
        feed.add_item(**item)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _beside(request: HttpRequest, stream: Stream) -> list[tuple[str, str]]:
    page = stream.entered_page
    places = (("previous", page.previous), ("next", page.next))
    queries = [(rel, stream.query_at("entered_cursor", place)) for rel, place in places]
    return [(rel, request.build_absolute_uri(f"{request.path}?{query}")) for rel, query in queries if query]


def _first_path(request: HttpRequest, first: dict[str, str]) -> str:
    """The feed's own path as it was before the document was ever renamed."""
    here = request.resolver_match
    assert here is not None
    slug = here.kwargs.get("document")
    return reverse(here.view_name, kwargs={**here.kwargs, "document": first.get(slug, slug)}) if slug else request.path


def _item(request: HttpRequest, entry: Entry, first: dict[str, str]) -> dict[str, Any]:
    told = _told(entry)
    identity = f"{first.get(told.document, told.document)}/{told.identity}" if told.document else told.identity
    return {
        "title": told.headline,
        "link": request.build_absolute_uri(told.address),
        "description": format_html_join("", "<p>{}</p>", ((line,) for line in told.lines)),
        "unique_id": _tag(request, entry.at, identity),
        "updateddate": entry.at,
        "pubdate": entry.at,
    }


def _tag(request: HttpRequest, at: datetime, what: str) -> str:
    """RFC 4151: the same whatever the database's numbers are, and in every language."""
    host = request.get_host().partition(":")[0]
    return f"tag:{host},{at.astimezone(UTC):%Y-%m-%d}:{what.lstrip('/')}"


def _told(entry: Entry) -> Told:
    if entry.step:
        return _judged(entry, entry.step)
    if entry.batch and entry.document:
        address = f"{reverse('web:commitment-list')}?document={entry.document.slug}"
        return Told(
            entry.document.slug,
            f"batch/{_stamp(entry.at)}",
            address,
            batch_headline(entry),
            [entry.document.words("short").text],
        )
    return _withdrawn(entry, _labelled(_("Reason for withdrawal"), entry.words("reason").text))


def _withdrawn(entry: Entry, reason: str) -> Told:
    """Of a commitment, a page or a source nothing is told but its code and the reason."""
    event = entry.event
    if entry.kind == "evidence_withdrawn":
        what, headline = f"evidence/{event.code}/", _("Evidence %(code)s withdrawn") % {"code": event.code}
        address = reverse("web:evidence-detail", args=[event.code])
    elif entry.kind == "commitment_withdrawn":
        what = f"{event.code}/"
        headline = _("Commitment %(code)s withdrawn") % {"code": f"{event.document}/{event.code}"}
        address = reverse("web:commitment-detail", args=[event.document, event.code])
    else:
        what, headline = "", _("Source %(slug)s withdrawn") % {"slug": event.document}
        address = reverse("web:document-detail", args=[event.document])
    return Told(event.document, f"{what}withdrawn/{_stamp(entry.at)}", address, headline, [reason])


def batch_headline(entry: Entry) -> str:
    assert entry.batch is not None
    batch = entry.batch
    words = {"n": batch.number, "of": batch.commitments, "first": batch.first, "last": batch.last}
    if entry.is_first_of_document:
        return _("First review: %(n)s judgements on %(of)s commitments, %(first)s to %(last)s") % words
    return _("Entered together: %(n)s judgements on %(of)s commitments, %(first)s to %(last)s") % words


def _judged(entry: Entry, step: Step) -> Told:
    row, assessment = step.commitment, step.assessment
    assert assessment.published_at is not None
    headlines = {
        "corrected": _("Correction: %(code)s %(title)s: %(change)s"),
        "judgement_withdrawn": _("Withdrawn: %(code)s %(title)s: %(change)s"),
    }
    usual = _("%(code)s %(title)s: %(change)s")
    is_withdrawal = entry.kind == "judgement_withdrawn"
    change = step.to_label if is_withdrawal else change_in_words(step)
    words = {"code": row.code, "title": row.words("title"), "change": change}
    lines = [_("holds from %(day)s") % {"day": assessment.as_of}, assessment.words("rationale").text]
    if cited := [evidence.code for evidence in assessment.evidence.all()]:
        lines.append(_labelled(_("Evidence"), ", ".join(cited)))
    identity = f"{row.code}/{assessment.as_of}/{_stamp(assessment.published_at)}"
    if is_withdrawal:
        lines.insert(0, _labelled(_("Reason for withdrawal"), entry.words("reason").text))
        identity += f"/withdrawn/{_stamp(entry.at)}"
    return Told(row.document.slug, identity, _page_of(row), headlines.get(entry.kind, usual) % words, lines)


def change_in_words(step: Step) -> str:
    """As the page shows it with marks."""
    change = step.change
    parts = [f"{step.from_label} → {step.to_label}" if change.status_changes else step.to_label]
    if change.momentum:
        parts.append(change.momentum.label)
    if change.confidence:
        before, after = change.confidence
        parts.append(_("confidence %(before)s → %(after)s") % {"before": before.label, "after": after.label})
    if change.is_update:
        parts.append(_("basis updated"))
    return " · ".join(parts)


def _labelled(label: str, text: str) -> str:
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"


def _page_of(row: Commitment) -> str:
    return reverse("web:commitment-detail", args=[row.document.slug, row.code])
