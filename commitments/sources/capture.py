"""What a fetch brought -> a WARC file, and the title and text of the page, read in a child process with limits."""

import io
import json
import uuid
from datetime import UTC
from typing import NamedTuple
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from commitments.apart import run_apart
from commitments.sources.fetch import FetchResult, user_agent
from commitments.text.clean import FORBIDDEN

RECORDS = ("info", "response", "request")
WAIT = 40.0  # seconds; the child itself has 20 s of processor time
NAMESPACE = uuid.UUID("6a0d0c1e-51c5-4b0b-8f6e-0d0f6f4a6b2e")
PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
CHANGED_FRAMING = ("transfer-encoding", "connection", "keep-alive")


class Reading(NamedTuple):
    """Empty where the content cannot be read. `kind` is the media type that its parser confirmed."""

    kind: str
    title: str
    text: str


NOTHING = Reading("", "", "")


def read_apart(body: bytes, media_type: str) -> Reading:
    read = run_apart("sources.reading", media_type, given=body, patience=WAIT)
    if read is None:
        return NOTHING
    found = json.loads(read)
    return Reading(found["kind"], _plain(found["title"]).strip(), _plain(found["text"]).strip())


def _plain(text: str) -> str:
    """A stranger's text is kept without the signs that clean_text() refuses."""
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\x0c", "\n"))


def warc(result: FetchResult) -> bytes:
    """A warcinfo record, the request and the response, each compressed by itself as other archives expect."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    moment = result.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    ids = {name: f"<urn:uuid:{uuid.uuid5(NAMESPACE, f'{name} {moment} {result.final_url}')}>" for name in RECORDS}
    info = writer.create_warcinfo_record("capture.warc.gz", {"software": "policy-commitment-tracker", "format": "WARC"})
    info.rec_headers.replace_header("WARC-Record-ID", ids["info"])
    info.rec_headers.replace_header("WARC-Date", moment)
    _write(writer, info)
    asked = StatusAndHeaders(
        f"GET {_target(result.final_url)} HTTP/1.1", [("User-Agent", user_agent())], is_http_request=True
    )
    said = StatusAndHeaders(f"{result.status} {_ascii(result.reason)}".strip(), _headers(result), protocol="HTTP/1.1")
    for name, body, head in (("response", result.raw, said), ("request", b"", asked)):
        about = {"WARC-Record-ID": ids[name], "WARC-Date": moment}
        if name == "request":
            about["WARC-Concurrent-To"] = ids["response"]
        record = writer.create_warc_record(
            result.final_url, name, payload=io.BytesIO(body), http_headers=head, warc_headers_dict=about
        )
        _write(writer, record)
    return file.getvalue()


def _write(writer: WARCWriter, record: ArcWarcRecord) -> None:
    """The writer moves what it has hashed to a temporary file and leaves it open."""
    writer.write_record(record)
    record.raw_stream.close()


def _target(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def _headers(result: FetchResult) -> list[tuple[str, str]]:
    """As they came; those that speak of the line keep their value under another name, since the line is no more."""
    return [
        (f"X-Archive-Orig-{name}" if name.lower() in CHANGED_FRAMING else name, _ascii(value))
        for name, value in result.headers.iteritems()
    ]


def _ascii(value: str) -> str:
    """Headers are read as Latin-1 while servers write UTF-8 into them; a folded line becomes one."""
    return quote(value.replace("\r\n", " ").encode("latin-1", "replace"), safe=PRINTABLE)
