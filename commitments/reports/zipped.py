"""ZIP files with the same bytes everywhere: stored, not compressed, with one time and no trace of the machine.

Compression would differ from one version of zlib to the next; the web server compresses on the way instead.
"""

import io
import zipfile
from collections.abc import Iterable
from datetime import date

ZIP_BEGINS = 1980
FILE_MODE = 0o100644 << 16
UNIX = 3


def stored(entries: Iterable[tuple[str, bytes]], day: date) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, (max(day.year, ZIP_BEGINS), day.month, day.day, 0, 0, 0))
            entry.create_system, entry.external_attr = UNIX, FILE_MODE
            archive.writestr(entry, content)
    return made.getvalue()


def restored(content: bytes, day: date) -> bytes:
    """The same entries of a ZIP that a library made, as `stored` writes them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return stored([(name, archive.read(name)) for name in archive.namelist()], day)
