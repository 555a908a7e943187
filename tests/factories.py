"""Valid rows by default: make_document(), make_commitment(kind="proposal") … Each keyword overrides a field.

They write rows directly; journeys build their state through actions instead.
"""

import itertools
from datetime import UTC, date, datetime

from django.contrib.auth.models import Group, User

from commitments.actions.assessments import claim_of, mark_published
from commitments.actions.roles import desk_review_user
from commitments.choices import (
    Bearing,
    CheckOutcome,
    Confidence,
    DocumentKind,
    EvidenceKind,
    JobKind,
    Kind,
    NoteVisibility,
    PassageRole,
    ProbeEnd,
    Publication,
    ReviewState,
    Status,
    Target,
    Verifiability,
    Voice,
)
from commitments.models import (
    Assessment,
    Candidate,
    Check,
    Citation,
    Commitment,
    CommitmentParty,
    DraftRegister,
    Edition,
    Evidence,
    EvidenceLink,
    FormerAddress,
    FormerSlug,
    Job,
    LinkCheck,
    LinkHealth,
    Note,
    Party,
    Passage,
    Publisher,
    ReportDefinition,
    ReportFile,
    Snapshot,
    SourceDocument,
    Theme,
)
from commitments.rules.gates import check_gate

TEXT = "一是加强机制建设。双方将建立对话机制，举办主题活动。\n二是拓展经贸关系。双方将扩大贸易规模。\n"
PUBLISHED_AT = datetime(2024, 1, 1, 4, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def _publication(over: dict) -> dict:
    """Published unless the test says otherwise; the dates follow the state."""
    state = over.setdefault("publication", Publication.PUBLISHED)
    if state != Publication.DRAFT:
        over.setdefault("published_at", PUBLISHED_AT)
    if state == Publication.WITHDRAWN:
        over.setdefault("withdrawn_at", PUBLISHED_AT)
        over.setdefault("withdrawn_reason_zh", "登记有误。")
    return over


def make_document(**over) -> SourceDocument:
    n = next(_numbers)
    fields = {
        "slug": f"document-{n}",
        "kind": DocumentKind.SPEECH,
        "title_zh": f"第{n}号文件",
        "short_zh": f"文件{n}",
        "issued_on": date(2023, 5, 19),
        "text": TEXT,
        "full_text_public": True,
    }
    return SourceDocument.objects.create(**{**fields, **_publication(over)})


def make_commitment(**over) -> Commitment:
    n = next(_numbers)
    document = over.pop("document", None) or (over["parent"].document if over.get("parent") else make_document())
    fields = {
        "document": document,
        "code": f"c{n}",
        "kind": Kind.MEASURE,
        "target": "" if over.get("kind") == Kind.PROPOSAL else Target.ONE_OFF,
        "title_zh": f"第{n}项",
        "criterion_zh": "" if over.get("kind") == Kind.PROPOSAL else "事项已经完成。",
        "verifiability": Verifiability.VERIFIABLE,
        "position": n,
    }
    return Commitment.objects.create(**{**fields, **_publication(over)})


def make_passage(commitment: Commitment, quote: str = "建立对话机制", **over) -> Passage:
    document = over.pop("document", commitment.document)
    start = document.text.index(quote)
    fields = {"role": PassageRole.PRIMARY, "start": start, "end": start + len(quote), "quote": quote}
    return Passage.objects.create(commitment=commitment, document=document, **{**fields, **over})


def make_publisher(**over) -> Publisher:
    n = next(_numbers)
    fields = {
        "slug": f"publisher-{n}",
        "name": f"Publisher {n}",
        "origin": f"Origin {n}",
        "voice": Voice.INDEPENDENT_MEDIA,
    }
    return Publisher.objects.create(**{**fields, **over})


def make_evidence(**over) -> Evidence:
    n = next(_numbers)
    fields = {
        "code": f"E{n:05d}",
        "url": f"https://example.org/{n}",
        "kind": EvidenceKind.MEDIA,
        "publisher": over.get("publisher") or make_publisher(),
        "published_on": date(2024, 3, 1),
        "summary_zh": f"第{n}条证据的摘要。",
    }
    return Evidence.objects.create(**{**fields, **_publication(over)})


def make_link(commitment: Commitment, evidence: Evidence | None = None, bears: str = Bearing.PROGRESS) -> EvidenceLink:
    return EvidenceLink.objects.create(commitment=commitment, evidence=evidence or make_evidence(), bears=bears)


def make_assessment(commitment: Commitment, evidence: list[Evidence] | None = None, **over) -> Assessment:
    """A draft; publish_assessment() below makes it public."""
    fields = {
        "status": Status.UNDERWAY,
        "confidence": Confidence.MEDIUM,
        "as_of": date(2024, 3, 1),
        "assessed_on": date(2024, 3, 2),
        "rationale_zh": "公开材料显示已有交付。",
        "author": over.get("author") or desk_review_user(),
    }
    assessment = Assessment.objects.create(commitment=commitment, **{**fields, **over})
    for row in evidence or []:
        Citation.objects.create(assessment=assessment, evidence=row)
    return assessment


def publish_assessment(assessment: Assessment, at: datetime = PUBLISHED_AT) -> Assessment:
    mark_published(assessment, check_gate(claim_of(assessment)), at=at)
    assessment.save()
    return assessment


def make_judged(
    commitment: Commitment, status: str = Status.UNDERWAY, at: datetime = PUBLISHED_AT, **over
) -> Assessment:
    """A commitment with a published assessment of this status and evidence that carries it."""
    evidence = []
    if status == Status.NO_EVIDENCE:
        make_check(commitment)
    elif status != Status.NOT_ASSESSED:
        evidence = [make_evidence(), make_evidence()]
        for row in evidence:
            make_link(commitment, row, Bearing.COMPLETION)
    return publish_assessment(make_assessment(commitment, evidence, status=status, **over), at)


def withdraw_assessment(assessment: Assessment, at: datetime, reason: str = "依据有误。") -> Assessment:
    assessment.review_state, assessment.withdrawn_at = ReviewState.WITHDRAWN, at
    assessment.withdrawn_reason_zh = reason
    assessment.save()
    return assessment


def make_note(commitment: Commitment, **over) -> Note:
    fields = {
        "dated": date(2024, 3, 1),
        "author": desk_review_user(),
        "text_zh": "一条备注。",
        "visibility": NoteVisibility.PUBLIC,
    }
    return Note.objects.create(commitment=commitment, **{**fields, **over})


def make_check(commitment: Commitment, **over) -> Check:
    fields = {
        "checked_on": date(2024, 3, 1),
        "outcome": CheckOutcome.NOTHING,
        "by": desk_review_user(),
        "recorded_at": PUBLISHED_AT,
    }
    return Check.objects.create(commitment=commitment, **{**fields, **over})


def make_snapshot(evidence: Evidence, **over) -> Snapshot:
    """The row alone; a test that needs its file keeps one."""
    n = next(_numbers)
    fields = {
        "key": f"snapshot-{n}",
        "captured_at": PUBLISHED_AT,
        "final_url": evidence.url,
        "status": 200,
        "media_type": "text/html",
        "sha256": "a" * 64,
        "size": 1_234,
        "file": f"captures/bb/{'b' * 64}.warc.gz",
        "title": "通知",
        "text": "双方签署协议。",
        "text_sha256": "c" * 64,
    }
    return Snapshot.objects.create(evidence=evidence, **{**fields, **over})


def make_link_check(evidence: Evidence, **over) -> LinkCheck:
    fields = {
        "key": f"check-{next(_numbers)}",
        "checked_at": PUBLISHED_AT,
        "url": evidence.url,
        "end": ProbeEnd.ANSWERED,
        "status": 200,
        "final_url": evidence.url,
        "by": over.get("by") or desk_review_user(),
    }
    return LinkCheck.objects.create(evidence=evidence, **{**fields, **over})


def make_link_health(evidence: Evidence, **over) -> LinkHealth:
    fields = {"verdict": "ok", "checked_at": PUBLISHED_AT, "since": PUBLISHED_AT, "next_check_at": PUBLISHED_AT}
    return LinkHealth.objects.create(evidence=evidence, **{**fields, **over})


def make_former_address(evidence: Evidence, **over) -> FormerAddress:
    fields = {"url": "https://example.org/old", "replaced_at": PUBLISHED_AT, "by": desk_review_user()}
    return FormerAddress.objects.create(evidence=evidence, **{**fields, **over})


def make_former_slug(document: SourceDocument, slug: str | None = None, **over) -> FormerSlug:
    fields = {
        "slug": f"former-{next(_numbers)}" if slug is None else slug,
        "replaced_at": PUBLISHED_AT,
        "by": desk_review_user(),
    }
    return FormerSlug.objects.create(document=document, **{**fields, **over})


def make_party(code: str = "CN", **over) -> Party:
    return Party.objects.get_or_create(code=code, defaults={"name_zh": f"{code}国", **over})[0]


def make_party_link(commitment: Commitment, code: str = "CN", role: str = "proposer") -> CommitmentParty:
    return CommitmentParty.objects.create(commitment=commitment, party=make_party(code), role=role)


def make_theme(slug: str = "energy", **over) -> Theme:
    return Theme.objects.get_or_create(slug=slug, defaults={"name_zh": "能源", "name_en": "Energy", **over})[0]


def make_edition(**over) -> Edition:
    """Its row alone; freeze_edition() makes the files too."""
    n = next(_numbers)
    fields = {
        "number": n,
        "day": date(2024, 3, 1),
        "sha256": f"{n:064x}",
        "archive_sha256": f"{n:064x}",
        "frozen_at": PUBLISHED_AT,
        "frozen_by": over.get("frozen_by") or desk_review_user(),
    }
    return Edition.objects.create(**{**fields, **over})


def make_user(name: str, *roles: str, **over) -> User:
    user = User.objects.create_user(name, password="correct horse battery", is_staff=bool(roles), **over)
    for role in roles:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_job(**over) -> Job:
    """Waiting for its turn, unless the test says otherwise."""
    defaults = {"kind": JobKind.VERIFY, "key": f"verify/{next(_numbers)}", "due_at": PUBLISHED_AT}
    return Job.objects.create(**defaults | over)


def make_report_definition(**over) -> ReportDefinition:
    defaults = {
        "name_zh": "年度报告",
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2024, 12, 31),
        "formats": ["json"],
    }
    return ReportDefinition.objects.create(**defaults | over)


def make_draft_register(**over) -> DraftRegister:
    """Of a draft document, without candidates."""
    document = over.pop("document", None) or make_document(publication="draft")
    started_by = over.pop("started_by", None) or desk_review_user()
    return DraftRegister.objects.create(document=document, started_by=started_by, **over)


def make_candidate(register: DraftRegister | None = None, quote: str = "建立对话机制", **over) -> Candidate:
    """An open measure without a proposal, unless the test says otherwise."""
    n = next(_numbers)
    register = register or make_draft_register()
    start = over.pop("start", None)
    start = register.document.text.index(quote) if start is None else start
    fields = {
        "register": register,
        "kind": Kind.MEASURE,
        "code": f"m{n}",
        "target": "" if over.get("kind") == Kind.PROPOSAL else Target.ONE_OFF,
        "title_zh": f"第{n}条",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
    }
    return Candidate.objects.create(**{**fields, **over})


def make_report_file(**over) -> ReportFile:
    """Asked for, not made yet."""
    defaults = {
        "token": f"{next(_numbers):048x}",
        "query": "from=2024-01-01&to=2024-12-31&length=full&known_on=2025-01-01",
        "format": "json",
        "language": "zh-hans",
        "version": "0",
        "expires_at": datetime(2099, 1, 1, tzinfo=UTC),
    }
    return ReportFile.objects.create(**defaults | over)
