"""A stored file as an answer that no browser runs or shows: always saved, never guessed at, walled in all the same."""

from django.http import FileResponse

from commitments.models import Evidence
from commitments.rules.uploads import HTML, SUFFIX_OF
from commitments.storage import files


def attachment(evidence: Evidence) -> FileResponse:
    """Named after the code of the evidence; what the uploader called it stays in the house."""
    kind = "application/octet-stream" if evidence.file_type == HTML else evidence.file_type
    name = f"{evidence.code}{SUFFIX_OF.get(evidence.file_type, '')}"
    answer = FileResponse(files().open(evidence.file), as_attachment=True, filename=name, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "no-store"
    return answer
