from commitments.models.assessment import Assessment, Citation
from commitments.models.check import Check
from commitments.models.commitment import Commitment, CommitmentQuerySet
from commitments.models.document import Exclusion, FormerSlug, Provenance, SourceDocument
from commitments.models.draft_register import Candidate, DraftRegister
from commitments.models.edition import Edition
from commitments.models.evidence import Evidence, EvidenceLink
from commitments.models.job import Job
from commitments.models.link_check import LinkCheck
from commitments.models.link_health import FormerAddress, Host, LinkHealth
from commitments.models.note import Note
from commitments.models.party import CommitmentParty, Party
from commitments.models.passage import Passage
from commitments.models.publisher import Publisher
from commitments.models.report import ReportDefinition, ReportFile
from commitments.models.search import Related, SearchIndex, SearchRow, SearchTerm
from commitments.models.snapshot import Snapshot
from commitments.models.stale import Stale
from commitments.models.standing import CurrentStanding, Posting, Tally
from commitments.models.theme import CommitmentTheme, Theme

__all__ = [
    "Assessment",
    "Candidate",
    "Check",
    "Citation",
    "Commitment",
    "CommitmentParty",
    "CommitmentQuerySet",
    "CommitmentTheme",
    "CurrentStanding",
    "DraftRegister",
    "Edition",
    "Evidence",
    "EvidenceLink",
    "Exclusion",
    "FormerAddress",
    "FormerSlug",
    "Host",
    "LinkCheck",
    "LinkHealth",
    "Job",
    "Note",
    "Party",
    "Passage",
    "Posting",
    "Provenance",
    "Publisher",
    "ReportDefinition",
    "ReportFile",
    "Related",
    "SearchIndex",
    "SearchRow",
    "SearchTerm",
    "Snapshot",
    "SourceDocument",
    "Stale",
    "Tally",
    "Theme",
]
