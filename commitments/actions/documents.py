"""Write source documents and what is said about them: where the register comes from and what it leaves out."""

from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.derived import writing
from commitments.actions.roles import User
from commitments.actions.rows import check_fixed, check_role, write
from commitments.actions.versions import take_turn
from commitments.models import Candidate, FormerSlug, SourceDocument
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.text.address import BadAddress, read_address


@writing()
def save_document(document: SourceDocument, *, by: User, expected_version: int | None = None, why: str = "") -> None:
    """Create or change. The text is fixed once something points into it; lines end in one character."""
    check_role(by, Role.ANALYST)
    document.text = document.text.replace("\r\n", "\n").replace("\r", "\n")
    _check_address(document)
    if document.pk:
        check_fixed(document, "slug")
        _check_text(document)
        take_turn(document, expected_version)
    write(document, by=by, why=why)


@writing()
def rename_document(
    document: SourceDocument, *, slug: str, by: User, expected_version: int | None = None, why: str = ""
) -> None:
    """Give its addresses another name. The former one leads to the new one for ever, and is no other document's."""
    check_role(by, Role.PUBLISHER)
    take_turn(document, expected_version)
    document.refresh_from_db()
    former, slug = document.slug, slug.strip()
    if slug == former:
        raise Refused(_("“%(slug)s” is its short name already.") % {"slug": slug}, "slug")
    FormerSlug.objects.get_or_create(
        slug=former, defaults={"document": document, "replaced_at": timezone.now(), "by": by}
    )
    document.slug = slug
    write(document, by=by, why=f"{former} → {slug}: {why.strip()}" if why.strip() else f"{former} → {slug}")


def is_anchored(document: SourceDocument) -> bool:
    points = (document.passages, document.exclusions, Candidate.objects.filter(register=document.pk))
    return any(rows.exists() for rows in points)


def _check_address(document: SourceDocument) -> None:
    """Readers follow it: the address of a page, without anybody's name and password."""
    stored = SourceDocument.objects.filter(pk=document.pk).values_list("url", flat=True).first()
    if not document.url or document.url == stored:
        return
    try:
        read_address(document.url)
    except BadAddress as error:
        sentence = _("“%(url)s” is no address of a public page: use http:// or https://, a host and a path.")
        raise Refused(sentence % {"url": document.url}, "url") from error


def _check_text(document: SourceDocument) -> None:
    stored = SourceDocument.objects.values_list("text", flat=True).get(pk=document.pk)
    if stored != document.text and is_anchored(document):
        raise Refused(_("Passages point into this text; a corrected text is a new version of the document."), "text")
