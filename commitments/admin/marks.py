"""Status, movement and confidence as the desk shows them: mark and word together, drawn from one sprite."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commitments.choices import (
    NOT_ASSESSABLE_LABELS,
    Confidence,
    Momentum,
    Publication,
    ReviewState,
    Status,
    Verifiability,
)
from commitments.languages import choose

NOTHING = "–"


def mark(name: str, size: int = 16) -> SafeString:
    """Hidden from screen readers: the word always stands beside it."""
    return format_html(
        '<svg class="mark" width="{0}" height="{0}" aria-hidden="true"><use href="{1}#{2}"></use></svg>',
        size,
        static("commitments/admin-marks.svg"),
        name,
    )


def status_word(status: str, verifiability: str = "") -> str:
    if status == Status.NOT_ASSESSED and verifiability == Verifiability.NOT_VERIFIABLE:
        return choose(NOT_ASSESSABLE_LABELS).text
    return Status(status).label


def status_mark(status: str, verifiability: str = "", *, computed: bool = False, size: int = 16) -> SafeString:
    remark = format_html(' <span class="remark">{}</span>', _("computed")) if computed else ""
    return format_html(
        '<span class="status status-{}">{} <span>{}</span></span>{}',
        status,
        mark(status, size),
        status_word(status, verifiability),
        remark,
    )


def momentum_mark(momentum: str) -> SafeString | str:
    if not momentum:
        return NOTHING
    sign = mark(momentum, 14)
    return format_html('<span class="momentum momentum-{}">{} {}</span>', momentum, sign, Momentum(momentum).label)


def confidence_mark(confidence: str) -> SafeString | str:
    if not confidence:
        return NOTHING
    bars = mark(f"confidence-{confidence}", 14)
    return format_html('<span class="confidence">{} {}</span>', bars, Confidence(confidence).label)


def state_word(state: str) -> SafeString:
    """Publication of a row, or review of an assessment."""
    vocabulary = Publication if state in Publication.__members__.values() else ReviewState
    return format_html('<span class="state state-{}">{}</span>', state, vocabulary(state).label)
