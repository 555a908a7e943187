"""A PDF -> the text of its pages; what is encrypted, scanned, too long or broken is refused with a sentence."""

import io
import logging
import time

import pypdf
from django.utils.translation import gettext as _
from pypdf.errors import PyPdfError

from commitments.extraction.files.refusals import LONGEST_TEXT, MOST_PAGES, MOST_SECONDS, UnreadableFile

LEAST_PER_PAGE = 8  # characters; a scan has none, or a stamp


def read_pdf(data: bytes) -> str:
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every oddity that it copes with
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(_("The PDF is encrypted. Save a copy without a password and try again."))
        pages = _pages(reader)
    except UnreadableFile:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise UnreadableFile(_("The PDF is damaged and cannot be read.")) from error
    except Exception as error:  # what decryption needs and is not installed has an error class of its own
        if type(error).__name__ == "DependencyError":
            raise UnreadableFile(_("The PDF is encrypted. Save a copy without a password and try again.")) from error
        raise
    text = "\n".join(pages)
    if sum(not sign.isspace() for sign in text) < LEAST_PER_PAGE * len(pages):
        raise UnreadableFile(
            _("The PDF holds pictures of pages without text (a scan). Run text recognition on it first.")
        )
    return text


def _pages(reader: pypdf.PdfReader) -> list[str]:
    if len(reader.pages) > MOST_PAGES:
        raise UnreadableFile(_("The PDF has more than %(limit)d pages.") % {"limit": MOST_PAGES})
    started, pages, length = time.process_time(), [], 0
    for page in reader.pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > LONGEST_TEXT:
            raise UnreadableFile(_("The text is longer than %(limit)d characters.") % {"limit": LONGEST_TEXT})
        if time.process_time() - started > MOST_SECONDS:
            raise UnreadableFile(_("The PDF takes more than %(limit)d seconds to read.") % {"limit": MOST_SECONDS})
    return pages
