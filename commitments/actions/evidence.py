"""Write evidence and how it bears on commitments."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.actions.roles import User
from commitments.actions.rows import check_fixed, check_role, write
from commitments.actions.versions import take_turn
from commitments.models import Commitment, Evidence, EvidenceLink
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.rules.structure import check_code


@transaction.atomic
def save_evidence(evidence: Evidence, *, by: User, expected_version: int | None = None, why: str = "") -> None:
    """Create or change; a new one without a code gets the next of the series E001, E002 …"""
    check_role(by, Role.ANALYST)
    if not evidence.code:
        evidence.code = next_code()
    check_code(evidence.code)
    _check_place(evidence)
    if evidence.pk:
        check_fixed(evidence, "code")
        take_turn(evidence, expected_version)
    write(evidence, by=by, why=why)


def _check_place(evidence: Evidence) -> None:
    """A page or a file, and each page once."""
    if not (evidence.url or evidence.file):
        raise Refused(_("Give an address or a file."), "url")
    other = Evidence.objects.filter(url=evidence.url).exclude(url="").exclude(pk=evidence.pk).first()
    if other:
        raise Refused(_("This address is %(code)s already.") % {"code": other.code}, "url")


@transaction.atomic
def link_evidence(evidence: Evidence, commitment: Commitment, bears: str, *, by: User, why: str = "") -> EvidenceLink:
    """Say how it bears, or say it anew; the same once more writes nothing."""
    check_role(by, Role.ANALYST)
    link = EvidenceLink.objects.filter(evidence=evidence, commitment=commitment).first()
    if link and link.bears == bears:
        return link
    take_turn(commitment, None)
    link = link or EvidenceLink(evidence=evidence, commitment=commitment)
    link.bears = bears
    write(link, by=by, why=why)
    return link


def next_code() -> str:
    """One more than the highest that ever was: the code of a deleted draft is not used again."""
    now, before = Evidence.objects.order_by(), Evidence.history.order_by()
    ever = now.values_list("code", flat=True).union(before.values_list("code", flat=True))
    numbers = [int(code[1:]) for code in ever if re.fullmatch(r"E[0-9]+", code)]
    return f"E{max(numbers, default=0) + 1:03d}"
