"""Definitions of reports: kept, made into files, and carried on to the next period."""

from datetime import date
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import override

from commitments.actions.report_files import ask_for_file
from commitments.actions.roles import User
from commitments.actions.rows import check_role, write
from commitments.catalogue.fields import EditionField
from commitments.catalogue.listing import Listing
from commitments.languages import codes
from commitments.models import ReportDefinition, ReportFile
from commitments.reports.formats import FORMATS
from commitments.reports.question import CLOCK, OWN, PLACES, Question
from commitments.rules.periods import next_period
from commitments.rules.refusal import Refused
from commitments.rules.review import Role


@transaction.atomic
def save_definition(row: ReportDefinition, *, by: User, why: str = "") -> None:
    """Its period may lie in the future: then it can be made once that has passed."""
    check_role(by, Role.ANALYST)
    row.query = row.query.strip().lstrip("?")
    _check_selection(row.query)
    _check_formats(row.formats)
    if row.starts_on and row.ends_on and row.starts_on > row.ends_on:
        raise Refused(_("The period begins after its end, %(end)s.") % {"end": row.ends_on}, "starts_on")
    if row.edition:
        _check_edition(row.edition, row.ends_on)
    write(row, by=by, why=why)


def _check_selection(query: str) -> None:
    if "\x00" in unquote(query):
        raise Refused(_("The selection contains a character that no text may have."), "query")
    params = QueryDict(query)
    for name in (*OWN, *CLOCK, *PLACES):
        if name in params:
            raise Refused(_("“%(name)s” does not belong into the selection.") % {"name": name}, "query")
    for name, sentences in Listing(params).errors.items():
        raise Refused(f"{name}: {' '.join(sentences)}", "query")


def _check_formats(names: list[str]) -> None:
    if not names:
        raise Refused(_("Choose at least one format."), "formats")
    for name in names:
        if name not in FORMATS:
            sentence = _("“%(format)s” is no format of a report; there are: %(formats)s.")
            raise Refused(sentence % {"format": name, "formats": ", ".join(FORMATS)}, "formats")


def _check_edition(number: int, ends_on: date | None) -> None:
    try:
        edition = EditionField().clean(number)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), "edition") from error
    if edition and ends_on and ends_on > edition.day:
        sentence = _("Edition %(number)d is of %(day)s; the period must end by then.")
        raise Refused(sentence % {"number": number, "day": edition.day}, "ends_on")


@transaction.atomic
def make_now(row: ReportDefinition, *, by: User, site_url: str = "") -> list[ReportFile]:
    """Every format in every language; a job for each that does not exist yet."""
    check_role(by, Role.ANALYST)
    made = []
    for language in codes():
        with override(language):
            question = question_of(row)
            foreword = str(row.words("foreword"))
            made += [
                ask_for_file(question, name, by=by, site_url=site_url, foreword=foreword, definition=row)
                for name in row.formats
            ]
    return made


def question_of(row: ReportDefinition) -> Question:
    params = QueryDict(row.query, mutable=True)
    params["from"], params["to"] = row.starts_on.isoformat(), row.ends_on.isoformat()
    params["length"] = row.length
    if row.edition:
        params["edition"] = str(row.edition)
    return Question(params)


@transaction.atomic
def carry_on(row: ReportDefinition, *, by: User) -> ReportDefinition:
    """The same for the period that follows; only the edition belongs to the old one."""
    check_role(by, Role.ANALYST)
    start, end = next_period(row.starts_on, row.ends_on)
    following = ReportDefinition(
        name_zh=row.name_zh,
        name_en=row.name_en,
        query=row.query,
        starts_on=start,
        ends_on=end,
        length=row.length,
        formats=list(row.formats),
        foreword_zh=row.foreword_zh,
        foreword_en=row.foreword_en,
    )
    save_definition(following, by=by)
    return following
