"""Files as evidence: looked at by name, by first bytes and by a parser, then kept under a name of our own."""

from commitments.models import Evidence
from commitments.rules.uploads import HTML, SUFFIX_OF, WORD_OF, check_upload, disagreement
from commitments.sources.capture import read_apart
from commitments.storage import keep
from commitments.text.clean import FORBIDDEN

UPLOADS = "uploads"
NAME_MOST = 120


def hold_file(evidence: Evidence, name: str, content: bytes) -> None:
    """Sets the fields of the evidence; save_evidence() writes the row, once the file is there. Raises Refused."""
    kind = check_upload(name, content)
    if kind != HTML and read_apart(content, kind).kind != kind:  # HTML is what any parser takes; it is never shown
        raise disagreement(WORD_OF[kind])
    evidence.file = keep(content, UPLOADS, SUFFIX_OF[kind])
    evidence.file_name = FORBIDDEN.sub("", name.replace("\\", "/").rpartition("/")[2])[-NAME_MOST:]
    evidence.file_type = kind
