"""Write source documents and what is said about them: where the register comes from and what it leaves out."""

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.actions.roles import User
from commitments.actions.rows import check_role, write
from commitments.actions.versions import take_turn
from commitments.models import SourceDocument
from commitments.rules.refusal import Refused
from commitments.rules.review import Role


@transaction.atomic
def save_document(document: SourceDocument, *, by: User, expected_version: int | None = None, why: str = "") -> None:
    """Create or change. The text is fixed once something points into it; lines end in one character."""
    check_role(by, Role.ANALYST)
    document.text = document.text.replace("\r\n", "\n").replace("\r", "\n")
    if document.pk:
        _check_text(document)
        take_turn(document, expected_version)
    write(document, by=by, why=why)


def is_anchored(document: SourceDocument) -> bool:
    return document.passages.exists() or document.exclusions.exists()


def _check_text(document: SourceDocument) -> None:
    stored = SourceDocument.objects.values_list("text", flat=True).get(pk=document.pk)
    if stored != document.text and is_anchored(document):
        raise Refused(_("Passages point into this text; a corrected text is a new version of the document."), "text")
