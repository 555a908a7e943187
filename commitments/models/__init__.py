from commitments.models.assessment import Assessment, Citation
from commitments.models.check import Check
from commitments.models.commitment import Commitment, CommitmentQuerySet
from commitments.models.document import Exclusion, Provenance, SourceDocument
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
from commitments.models.snapshot import Snapshot
from commitments.models.theme import CommitmentTheme, Theme

__all__ = [
    "Assessment",
    "Check",
    "Citation",
    "Commitment",
    "CommitmentParty",
    "CommitmentQuerySet",
    "CommitmentTheme",
    "Edition",
    "Evidence",
    "EvidenceLink",
    "Exclusion",
    "FormerAddress",
    "Host",
    "LinkCheck",
    "LinkHealth",
    "Job",
    "Note",
    "Party",
    "Passage",
    "Provenance",
    "Publisher",
    "ReportDefinition",
    "ReportFile",
    "Snapshot",
    "SourceDocument",
    "Theme",
]
