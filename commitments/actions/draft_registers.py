"""Bring a document to the import desk: its text is stored as a draft, and what is found in it as open candidates."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from commitments.actions.derived import writing
from commitments.actions.documents import save_document
from commitments.actions.publication import publish
from commitments.actions.roles import User
from commitments.actions.rows import check_role, write
from commitments.actions.versions import Conflict
from commitments.choices import CandidateDecision, Kind, PassageRole, Publication
from commitments.extraction.draft_apart import draft_apart
from commitments.extraction.files.apart import read_bytes_apart
from commitments.extraction.files.refusals import UnreadableFile
from commitments.models import Candidate, Commitment, DraftRegister, Party, Passage, SourceDocument, Theme
from commitments.rules.candidates import propose_code
from commitments.rules.refusal import Refused
from commitments.rules.review import Role

LONGEST = 200_000  # characters of a document on the desk
MOST_CANDIDATES = 2000
MOST_EARLIER = 20_000  # commitments that a new text is compared with, the newest ones
TITLE_ZH, TITLE_EN = 300, 500


def start_register(
    document: SourceDocument, *, by: User, given: str | bytes, file_name: str = "", join_lines: bool = True
) -> DraftRegister:
    """`given`: a text, or a file whose kind its name says. Read and searched apart; then one transaction."""
    check_role(by, Role.ANALYST)
    drafted = _drafted(given, file_name, join_lines)
    _check_size(drafted, "file" if isinstance(given, bytes) else "pasted")
    document.text = drafted["text"]
    document.language = "en" if drafted["language"] == "en" else document.language
    return _write(document, drafted, by, file_name)


def _drafted(given: str | bytes, file_name: str, join_lines: bool) -> dict[str, Any]:
    field = "file" if isinstance(given, bytes) else "pasted"
    try:
        text = read_bytes_apart(given, file_name).text if isinstance(given, bytes) else given
        if not text.strip():
            raise Refused(_("There is no text; choose a file or paste the text."), field)
        if len(text) > 2 * LONGEST:  # before anything is made of it; line ends and wraps may still go
            raise _too_long(len(text), field)
        return draft_apart(text, join_lines=join_lines, earlier=_earlier())
    except UnreadableFile as unreadable:
        raise Refused(str(unreadable), field) from unreadable


def _too_long(length: int, field: str) -> Refused:
    words = {"length": length, "most": LONGEST}
    sentence = _("The text has %(length)d characters; allowed are %(most)d. Bring it in parts.")
    return Refused(sentence % words, field)


def _check_size(drafted: dict[str, Any], field: str) -> None:
    if len(drafted["text"]) > LONGEST:
        raise _too_long(len(drafted["text"]), field)
    if (count := len(drafted["candidates"])) > MOST_CANDIDATES:
        words = {"count": count, "most": MOST_CANDIDATES}
        sentence = _("%(count)d candidates were found; allowed are %(most)d. Bring the text in parts.")
        raise Refused(sentence % words, field)


def _earlier() -> list[tuple[int, str, bool]]:
    """What is registered already, with the words of its source."""
    rows = Commitment.objects.exclude(publication=Publication.WITHDRAWN).order_by("-pk")[:MOST_EARLIER]
    found = {pk: (title, kind) for pk, title, kind in rows.values_list("pk", "title_zh", "kind")}
    quotes = dict(
        Passage.objects.filter(role=PassageRole.PRIMARY)
        .exclude(commitment__kind=Kind.PROPOSAL)
        .values_list("commitment_id", "quote")
    )
    return [
        (pk, title if kind == Kind.PROPOSAL else f"{title} {quotes.get(pk, '')}", kind == Kind.PROPOSAL)
        for pk, (title, kind) in found.items()
    ]


@writing()
def _write(document: SourceDocument, drafted: dict[str, Any], by: User, file_name: str) -> DraftRegister:
    digest = hashlib.sha256(document.text.encode()).hexdigest()
    if other := SourceDocument.objects.filter(text_sha256=digest).first():
        raise Refused(_("This text is in the register already: “%(document)s”.") % {"document": other})
    save_document(document, by=by, why="brought to the import desk")
    register = DraftRegister(document=document, file_name=file_name[:200], started_by=by)
    write(register, by=by)
    _write_candidates(register, drafted, by)
    return register


def _write_candidates(register: DraftRegister, drafted: dict[str, Any], by: User) -> None:
    """Proposals first, so that what stands under them can name them; one history entry for each."""
    found = drafted["candidates"]
    rows: dict[int, Candidate] = {}
    codes: dict[int | None, list[str]] = {None: []}
    for is_below in (False, True):
        for place, each in enumerate(found):
            if (each["parent"] is not None) != is_below:
                continue
            parent = rows.get(each["parent"])
            taken = codes.setdefault(each["parent"], [])
            code = propose_code(Kind(each["kind"]), parent.code if parent else "", taken)
            taken.append(code)
            rows[place] = _candidate(register, each, code, parent, drafted["language"])
        new = [rows[place] for place in sorted(rows) if (found[place]["parent"] is not None) == is_below]
        bulk_create_with_history(new, Candidate, default_user=by)
    _tag(rows.values(), Theme, Candidate.themes.through, "theme")
    _tag(rows.values(), Party, Candidate.parties.through, "party")


def _candidate(
    register: DraftRegister, each: dict[str, Any], code: str, parent: Candidate | None, language: str
) -> Candidate:
    title = {"title_en": each["title"][:TITLE_EN]} if language == "en" else {"title_zh": each["title"][:TITLE_ZH]}
    return Candidate(
        register=register,
        kind=each["kind"],
        parent=parent,
        code=code,
        target=each["target"] or ("continuing" if each["kind"] != Kind.PROPOSAL else ""),
        due_on=each["due_on"] or None,
        start=each["start"],
        end=each["end"],
        quote=each["quote"],
        hints=each["hints"],
        **title,
    )


def _tag(rows: Iterable[Candidate], model: type[Model], through: Any, noun: str) -> None:
    """Names that the text suggests, where the register knows them."""
    known: dict[str, int] = {}
    for pk, *names in model._default_manager.values_list("pk", "name_zh", "name_en"):
        known.update({name: pk for name in names if name})
    plural = {"theme": "themes", "party": "parties"}[noun]
    wanted = {(row.pk, known[name]) for row in rows for name in row.hints.get(plural, ()) if name in known}
    through.objects.bulk_create([through(candidate_id=row, **{f"{noun}_id": pk}) for row, pk in sorted(wanted)])


def drafts_of(register: DraftRegister) -> Any:
    """Accepted and not public yet, in tree order."""
    rows = Commitment.objects.filter(document=register.document, publication=Publication.DRAFT)
    return rows.filter(accepted_from__decision=CandidateDecision.ACCEPTED).in_tree_order()


@writing()
def publish_register(
    register: DraftRegister, *, by: User, expected_version: int, expected_drafts: Mapping[int, int]
) -> int:
    """The document, where it is a draft, and what was accepted from it: all that the person saw, or nothing.

    `expected_drafts`: version by key of each.
    """
    check_role(by, Role.PUBLISHER)
    document = SourceDocument.objects.select_for_update().get(pk=register.pk)
    if document.publication != Publication.PUBLISHED:  # of one that is withdrawn nothing is published any more
        publish(document, by=by, expected_version=expected_version)
    rows = list(drafts_of(register))
    if len(rows) != len(expected_drafts):
        words = {"seen": len(expected_drafts), "now": len(rows)}
        sentence = _("There were %(seen)d drafts on the page that you saw, and %(now)d now; nothing is published.")
        raise Conflict(sentence % words, "version")
    if {row.pk: row.version for row in rows} != dict(expected_drafts):
        raise Conflict(_("Drafts were changed after you saw this page; look at them again. Nothing is published."))
    for row in rows:
        publish(row, by=by, expected_version=row.version)
    return len(rows)


def unfinished_registers(most: int) -> list[DraftRegister]:
    """Something in them is open still, the newest first."""
    found = DraftRegister.objects.unfinished().exclude(document__publication=Publication.WITHDRAWN)
    return list(found.select_related("document").defer("document__text")[:most])
