"""Write evidence and how it bears on commitments."""

import re

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from commitments.actions.assessments import claim_of
from commitments.actions.derived import writing
from commitments.actions.roles import User
from commitments.actions.rows import check_fixed, check_role, write
from commitments.actions.versions import take_turn
from commitments.choices import ReviewState
from commitments.models import Assessment, Commitment, Evidence, EvidenceLink, Publisher
from commitments.models.commitment import STEP
from commitments.rules.gates import check_gate
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from commitments.rules.structure import check_code
from commitments.text.address import BadAddress, canonical_address, key_of, read_address


@writing()
def save_evidence(evidence: Evidence, *, by: User, expected_version: int | None = None, why: str = "") -> None:
    """Create or change; a new one without a code gets the next of the series E001, E002 …"""
    check_role(by, Role.ANALYST)
    if not evidence.code:
        evidence.code = next_code()
    check_code(evidence.code)
    if evidence.pk:
        check_fixed(evidence, "code")
        take_turn(evidence, expected_version)
    _settle_address(evidence)
    write(evidence, by=by, why=why)


def _settle_address(evidence: Evidence) -> None:
    """A new address is kept in its one spelling; a page has one row."""
    if not evidence.url and not evidence.file:
        raise Refused(_("Evidence needs an address or a file (url is empty)."), "url")
    stored = Evidence.objects.filter(pk=evidence.pk).values_list("url", flat=True).first()
    if not evidence.url or evidence.url == stored:
        return
    known = known_page(evidence.url)
    if known and known.pk != evidence.pk:
        raise Refused(
            _("This page is known already (url=%(url)s): %(row)s") % {"url": evidence.url, "row": known}, "url"
        )
    try:
        evidence.url = canonical_address(evidence.url)
    except BadAddress as error:
        sentence = _("“%(url)s” is no address of a public page: use http:// or https://, a host and a path.")
        raise Refused(sentence % {"url": evidence.url}, "url") from error


def known_page(url: str) -> Evidence | None:
    """The row of this page, whatever fragment, tracking parameters or spelling the address comes with."""
    try:
        wanted = canonical_address(url)
    except BadAddress:
        return None
    rows = Evidence.objects.filter(url_key=key_of(url)).select_related("publisher")
    return next((row for row in rows if canonical_address(row.url) == wanted), None)


def publisher_of_host(url: str) -> Publisher | None:
    """The one publisher whose pages stand on this host; none where several share it."""
    try:
        place = read_address(url.strip()).place
    except BadAddress:
        return None
    on_host = Q(url_key__startswith=f"https://{place}/") | Q(url_key__startswith=f"http://{place}/")
    found = list(Publisher.objects.filter(pk__in=Evidence.objects.filter(on_host).values("publisher"))[:2])
    return found[0] if len(found) == 1 else None


@writing()
def link_evidence(evidence: Evidence, commitment: Commitment, bears: str, *, by: User, why: str = "") -> EvidenceLink:
    """Say how it bears, or say it anew; the same once more writes nothing."""
    check_role(by, Role.ANALYST)
    link = EvidenceLink.objects.filter(evidence=evidence, commitment=commitment).first()
    if link and link.bears == bears:
        return link
    take_turn(commitment, None)
    take_turn(evidence, None)
    link = link or EvidenceLink(evidence=evidence, commitment=commitment)
    link.bears = bears
    write(link, by=by, why=why)
    check_still_carried(link)
    return link


def check_still_carried(link: EvidenceLink) -> None:
    """A status that is published keeps the evidence that carries it; call it after the link changed or went."""
    commitment = link.commitment
    citing = Assessment.objects.filter(
        evidence=link.evidence_id,
        review_state=ReviewState.PUBLISHED,
        commitment__document=commitment.document_id,
        commitment__path__in=[commitment.path[:end] for end in range(STEP, len(commitment.path) + 1, STEP)],
    ).select_related("commitment__document")
    corrected = Assessment.objects.filter(corrects=OuterRef("pk"), review_state=ReviewState.PUBLISHED)
    for assessment in citing.exclude(Exists(corrected)):
        try:
            check_gate(claim_of(assessment))
        except Refused as refused:
            sentence = _("The published status %(status)s rests on this: %(reason)s Correct that status first.")
            raise Refused(sentence % {"status": assessment, "reason": refused}, "bears") from refused


def next_code() -> str:
    """One more than the highest that ever was: the code of a deleted draft is not used again.

    A longer number is a name that somebody gave, and one more than it might not fit.
    """
    now, before = Evidence.objects.order_by(), Evidence.history.order_by()
    ever = now.values_list("code", flat=True).union(before.values_list("code", flat=True))
    numbers = [int(code[1:]) for code in ever if re.fullmatch(r"E[0-9]{1,9}", code)]
    return f"E{max(numbers, default=0) + 1:03d}"
