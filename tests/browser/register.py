"""Fills the database of DATABASE_URL for the browser and prints, as JSON, what stands where: `python -m`, own process.

The shipped register, one entry of evidence withdrawn (its page answers 410), two editions, a login for the desk.
"""

import json
import sys

import django
from django.core.management import call_command

django.setup()

from django.contrib.auth.models import User  # noqa: E402

from commitments.actions.editions import freeze_edition  # noqa: E402
from commitments.actions.first_login import ensure_first_login  # noqa: E402
from commitments.actions.publication import withdraw  # noqa: E402
from commitments.choices import Kind, Publication, Status  # noqa: E402
from commitments.models import Commitment, Evidence  # noqa: E402


def fill() -> dict[str, str]:
    call_command("migrate", verbosity=0)
    call_command("seed", stdout=sys.stderr)
    login = ensure_first_login()
    assert login
    shown = Evidence.objects.filter(publication=Publication.PUBLISHED).order_by("code")
    kept, gone = shown.first(), shown.last()
    publisher = User.objects.get(username=login.name)
    withdraw(gone, by=publisher, reason_zh="重复收录。", reason_en="Registered twice.")
    freeze_edition(by=publisher)
    rows = Commitment.objects.filter(publication=Publication.PUBLISHED).order_by("pk")
    measures = rows.filter(kind=Kind.MEASURE)
    parted = measures.filter(children__isnull=False).first()
    bare = measures.filter(assessments__status=Status.NO_EVIDENCE, children__isnull=True).first()
    proposal, principle = rows.filter(kind=Kind.PROPOSAL).first(), rows.filter(kind=Kind.PRINCIPLE).first()
    document = f"/documents/{parted.document.slug}/"
    return {
        "name": login.name,
        "password": login.password,
        "commitment with parts": _address(parted),
        "commitment without evidence": _address(bare),
        "proposal": _address(proposal),
        "principle": _address(principle),
        "card": _address(parted).replace("/commitments/", "/embed/"),
        "card of a proposal": _address(proposal).replace("/commitments/", "/embed/"),
        "reader": document,
        "evidence": f"/evidence/{kept.code}/",
        "withdrawn": f"/evidence/{gone.code}/",
        "row": str(bare.pk),
        "judged": str(bare.assessments.get().pk),
    }


def _address(row: Commitment) -> str:
    return f"/commitments/{row.document.slug}/{row.code}/"


if __name__ == "__main__":
    print(json.dumps(fill()))  # noqa: T201
