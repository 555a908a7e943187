"""The shipped register as reports for a module: written once for each format, language and length."""

from django.utils.translation import override

from commitments.reports.content import Report
from commitments.reports.formats import FORMATS
from tests.actions.seeded import SLUG
from tests.reports.asking import report

PERIOD = f"document={SLUG}&from=2025-01-01&to=2025-12-31"
LANGUAGES = ("zh-hans", "en")


def shipped(length: str = "full", language: str = "zh-hans") -> Report:
    with override(language):
        return report(f"{PERIOD}&length={length}")


def written(name: str, length: str = "full", language: str = "zh-hans") -> bytes:
    with override(language):
        return b"".join(FORMATS[name].pieces(shipped(length, language)))
