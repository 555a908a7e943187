"""Assessments: every published judgement of the commitments that a question finds, and one by its name."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from commitments.api.base import Many, Read
from commitments.api.commitments import CODE, DOCUMENT, public
from commitments.catalogue.judgements import Judgements, history
from commitments.catalogue.visit import Visit


class Assessments(Many):
    name, gives, asks = "listAssessments", "Judgement", Judgements
    summary = _("The published judgements of the commitments that the same question finds, the newest first for each")


class AssessmentAlone(Read):
    name, gives = "readAssessment", "Judgement"
    summary = _("One published judgement by its identifier")
    where = {
        "document": DOCUMENT,
        "code": CODE,
        "day": _("the day from which the status holds"),
        "moment": _("the moment of publication, as the identifier has it"),
    }

    def found(self, question: Visit, *, document: str, code: str, day: str, moment: str) -> Any:  # type: ignore[override]
        wanted = f"{document}/{code}@{day}/{moment}"
        rows = history(public(document, code, question), question.clock)
        for row in rows:
            if row.natural_id == wanted:
                return row
        raise Http404
