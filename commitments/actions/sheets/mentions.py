"""Evidence that a row names -> the rows to link and to cite."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commitments.actions.evidence import known_page
from commitments.actions.sheets.words import Heading, word
from commitments.choices import Bearing, Publication
from commitments.models import Commitment, Evidence, EvidenceLink
from commitments.reports.update_columns import Column
from commitments.rules.refusal import Refused


@dataclass(frozen=True)
class Mention:
    """Evidence by its code or address, with how it bears where that is said."""

    name: str
    bears: Bearing | None


@dataclass(frozen=True)
class Named:
    """`bears` only where a link to the commitment is to be made."""

    evidence: Evidence
    bears: Bearing | None


def mentions_of(typed: str, column: Heading) -> Iterator[Mention]:
    """One per line; several codes may share a line, set off by commas or as our own files join them."""
    for line in typed.splitlines():
        for piece in [line] if "://" in line else re.split("[,，、;；|]", line):
            if piece.strip():
                name, *bears = piece.split(None, 1)
                yield Mention(name, word(bears[0], column, Bearing) if bears else None)


def named(mentions: tuple[Mention, ...], commitment: Commitment) -> list[Named]:
    """Each once, in the order of the cell."""
    found: dict[int, Named] = {}
    for mention in mentions:
        each = _named(mention, commitment)
        if each.evidence.pk in found:
            raise Refused(_("%(code)s is named twice.") % {"code": each.evidence.code}, Column.EVIDENCE)
        found[each.evidence.pk] = each
    return list(found.values())


def _named(mention: Mention, commitment: Commitment) -> Named:
    evidence = _known(mention.name)
    link = EvidenceLink.objects.filter(evidence=evidence, commitment=commitment).first()
    words = {"code": evidence.code}
    if link is None:
        if mention.bears is None and not _bears_on_a_part(evidence, commitment):
            sentence = _("%(code)s does not bear on this commitment yet; write how, like: %(code)s %(bears)s.")
            raise Refused(sentence % {**words, "bears": Bearing.PROGRESS.label}, Column.EVIDENCE)
        return Named(evidence, mention.bears)
    if mention.bears not in (None, link.bears):
        sentence = _("%(code)s is linked here already as “%(bears)s”; change that on the page of the commitment.")
        raise Refused(sentence % {**words, "bears": Bearing(link.bears).label}, Column.EVIDENCE)
    return Named(evidence, None)


def _known(name: str) -> Evidence:
    found = known_page(name) if "://" in name else Evidence.objects.filter(code__iexact=name).first()
    if found is None:
        sentence = _("The register has no evidence “%(name)s” yet; enter it there first, then name it here.")
        raise Refused(sentence % {"name": name[:200]}, Column.EVIDENCE)
    if found.publication == Publication.WITHDRAWN:
        raise Refused(_("%(code)s has been withdrawn.") % {"code": found.code}, Column.EVIDENCE)
    return found


def _bears_on_a_part(evidence: Evidence, commitment: Commitment) -> bool:
    parts = Commitment.objects.below(commitment)
    return EvidenceLink.objects.filter(evidence=evidence, commitment__in=parts).exists()
