"""Every address of the desk and every act on ticked rows, for every kind of person: what each is answered."""

from collections import Counter
from itertools import product
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import RequestFactory
from django.urls import reverse

from commitments.models import Assessment, Commitment
from tests.factories import make_assessment, make_commitment, make_judged, make_link
from tests.surfaces.desk_world import PEOPLE, addresses, client_of, digest, make_world, person_of, routes

pytestmark = pytest.mark.django_db

# One letter for each of PEOPLE, in their order.
# L to the login · A asked to sign in again, what was sent is kept · F forbidden · N not found · M method not allowed
# P a page · R sent on to another page. A small letter: and something is written.
REGISTER = "assessment check commitment evidence exclusion note party publisher sourcedocument theme"
EDITED = "check commitment evidence exclusion note party publisher sourcedocument theme"
MADE = "draftregister edition job linkhealth reportdefinition"
BEAT = "crontabschedule intervalschedule periodictask"
VERSIONED = "commitment evidence sourcedocument"
TABLE = [
    # views, nouns ("": no noun), GET, POST
    ("index password_change", "", "LPPPPPLP", "APPPPPAP"),
    ("login", "", "PRRRRRPR", "PPPPPPPP"),
    ("logout", "", "RMMMMMRM", "RPPPPPRP"),
    ("password_change_done jsi18n", "", "LPPPPPLP", "AMMMMMAM"),
    ("app_list", "", "LNPPPPLP", "ANPPPPAP"),
    ("autocomplete", "", "LFFFFFLF", "AMMMMMAM"),  # without a field
    ("view_on_site (?P<url>.*)$", "", "LNNNNNLN", "ANNNNNAN"),
    ("queue_check", "", "LMMMMMLM", "AFrFFrAF"),
    ("tables_in", "", "LFPFFPLF", "AFPFFPAF"),
    ("tables_in_template", "", "LFRFFRLF", "AFMFFMAF"),  # without saying which
    ("changelist history", REGISTER, "LFPPPPLP", "AFPPPPAP"),
    ("simple_history", REGISTER, "LFPPPPLP", "AFFFFFAF"),
    ("lookup", "evidence", "LFPPPPLP", "AFPPPPAP"),
    ("add", EDITED, "LFPFFPLP", "AFPFFPAP"),
    ("change", EDITED, "LFPPPPLP", "AFPFFPAP"),
    ("delete", "evidence exclusion note party publisher theme assessment", "LFPFFPLP", "AFrFFrAR"),
    ("delete", "commitment", "LFPFFPLP", "AFPFFPAP"),  # others refer to it
    ("delete", "check sourcedocument user", "LFFFFFLF", "AFFFFFAF"),
    ("publish", VERSIONED, "LMMMMMLM", "AFFFrrAF"),
    ("withdraw", VERSIONED, "LFFFPPLF", "AFFFPPAF"),
    ("rename", "sourcedocument", "LFFFPPLF", "AFFFPPAF"),
    ("assess", "commitment", "LFPFFPLP", "AFPFFPAP"),
    ("add", "assessment", "LFFFFFLF", "AFFFFFAF"),
    ("change", "assessment", "LFPPPPLP", "AFFFFFAF"),
    ("edit correct", "assessment", "LFPRRPLR", "AFPRRPAR"),
    ("steps", "assessment", "LFMMMMLM", "AFrRRrAR"),
    ("changelist add history change", "group user", "LFFFFFLP", "AFFFFFAP"),
    ("password_change", "user", "LFFFFFLP", "AFFFFFAP"),
    ("delete", "group", "LFFFFFLP", "AFFFFFAr"),
    ("update_download", "commitment", "LFPFFPLF", "AFMFFMAF"),
    ("update_sheet", "commitment", "LFPFFPLF", "AFPFFPAF"),
    ("copies", "evidence", "LFPPPPLP", "AFPPPPAP"),
    ("file", "evidence", "LFNNNNLN", "AFNNNNAN"),  # it has an address and no file
    ("accept", "evidence", "LMMMMMLM", "AFRRRRAR"),
    ("changelist history", "edition job linkhealth", "LFPPPPLP", "AFPPPPAP"),
    ("change", "edition job linkhealth", "LFPPPPLP", "AFFFFFAF"),
    ("add delete", "job linkhealth", "LFFFFFLF", "AFFFFFAF"),
    ("add", "edition", "LFFFPPLF", "AFFFPPAF"),
    ("delete", "edition", "LFFFFFLF", "AFFFFFAF"),
    ("simple_history", "edition", "LFPPPPLP", "AFFFFFAF"),
    ("retry", "job", "LMMMMMLM", "ARRRRRAR"),
    ("add changelist history", "crontabschedule intervalschedule", "LFPFFPLP", "AFPFFPAP"),
    ("change", "crontabschedule intervalschedule", "LFPFFPLP", "AFFFFFAP"),
    ("delete", "crontabschedule", "LFFFFFLP", "AFFFFFAF"),  # a schedule runs by it
    ("delete", "intervalschedule", "LFFFFFLP", "AFFFFFAr"),
    ("add delete", "periodictask", "LFFFFFLF", "AFFFFFAF"),
    ("change changelist history", "periodictask", "LFPFFPLP", "AFPFFPAP"),
    ("add", "reportdefinition", "LFPFFPLP", "AFPFFPAP"),
    ("change", "reportdefinition", "LFPPPPLP", "AFPFFPAP"),
    ("changelist history", "reportdefinition", "LFPPPPLP", "AFPPPPAP"),
    ("delete", "reportdefinition", "LFPFFPLP", "AFrFFrAR"),
    ("make next", "reportdefinition", "LMMMMMLM", "ARrRRrAR"),
    ("simple_history", "reportdefinition", "LFPPPPLP", "AFFFFFAF"),
    ("changelist history", "draftregister", "LFPPPPLP", "AFPPPPAP"),
    ("simple_history", "draftregister", "LFPPPPLP", "AFFFFFAF"),
    ("add", "draftregister", "LFPFFPLF", "AFPFFPAF"),
    ("change", "draftregister", "LFPPPPLP", "AFrFFrAF"),
    ("candidate", "draftregister", "LFPPPPLP", "AFPFFPAF"),
    ("delete", "draftregister", "LFFFFFLF", "AFFFFFAF"),
    ("publish", "draftregister", "LMMMMMLM", "AFFFrrAF"),
    *[(f"commitments/{noun}/<path:object_id>/", "", "LRRRRRLR", "ARRRRRAR") for noun in REGISTER.split()],
    *[(f"auth/{noun}/<path:object_id>/", "", "LRRRRRLR", "ARRRRRAR") for noun in ("group", "user")],
    *[(f"commitments/{noun}/<path:object_id>/", "", "LRRRRRLR", "ARRRRRAR") for noun in MADE.split()],
    *[(f"django_celery_beat/{noun}/<path:object_id>/", "", "LRRRRRLR", "ARRRRRAR") for noun in BEAT.split()],
]
DECLARED = {
    f"{noun}_{view}" if noun else view: {"get": got, "post": sent}
    for views, nouns, got, sent in TABLE
    for view, noun in product(views.split(), nouns.split() or [""])
}

# Acts on ticked rows -> who is offered them: Analyst, Reviewer, Publisher, aLl three, adminiStrator.
ACTS = {
    "assessment": {
        "to_in_review": "AL",
        "to_approved": "RL",
        "to_returned": "RPL",
        "to_published": "PL",
        "to_withdrawn": "PL",
    },
    "commitment": {
        "check_selected": "AL",
        "download_selected": "AL",
        "publish_selected": "PL",
        "withdraw_selected": "PL",
    },
    "evidence": {"publish_selected": "PL", "withdraw_selected": "PL"},
    "sourcedocument": {"publish_selected": "PL", "withdraw_selected": "PL"},
    "group": {"delete_selected": "S"},
    "linkhealth": {"accept_addresses": "AL"},
}
LETTERS = {"analyst": "A", "reviewer": "R", "publisher": "P", "all three": "L", "administrator": "S"}
# Who may as much as others together, in two matrices of two thousand requests: among the slow tests.
SLOW = ("reviewer", "all three")
MATRIX = [pytest.param(who, marks=[pytest.mark.slow] if who in SLOW else []) for who in PEOPLE]
ASKS = ("form", "searched", "deletable_objects")  # in the context of a page between the list and the act


def answer(response: Any) -> str:
    if response.streaming:
        b"".join(response)  # read to its end, a file is closed
    if response.status_code == 302:
        return "L" if response["Location"].startswith("/admin/login/") else "R"
    if "sign_in_again" in str(getattr(response, "template_name", "")):
        return "A"
    return {200: "P", 403: "F", 404: "N", 405: "M"}.get(response.status_code, str(response.status_code))


def test_every_address_of_the_desk_is_declared_once():
    twice = [key for key, times in Counter(key for key, _route in routes()).items() if times > 1]
    assert twice == []
    assert {key for key, _route in routes()} == set(DECLARED)
    assert {len(letters) for each in DECLARED.values() for letters in each.values()} == {len(PEOPLE)}


@pytest.mark.parametrize("who", MATRIX)
def test_a_visit_is_answered_as_declared_and_changes_nothing(who: str):
    world, client = make_world(), client_of(who)
    before, column, wrong = digest(), PEOPLE.index(who), {}
    for address in addresses(world):
        declared = DECLARED[address.key]["get"][column]
        if (got := answer(client.get(address.url))) != declared:
            wrong[address.key] = f"{declared} is declared, answered {got}"
    assert wrong == {}
    assert digest() == before


@pytest.mark.parametrize("who", MATRIX)
def test_what_is_sent_is_answered_as_declared_and_writes_only_where_it_says_so(who: str):
    world, client = make_world(), client_of(who)
    column, wrong = PEOPLE.index(who), {}
    sent = [(address, DECLARED[address.key]["post"][column]) for address in addresses(world)]
    before = digest()
    for address, declared in [each for each in sent if each[1].islower()]:
        with transaction.atomic():
            got = answer(client.post(address.url, address.sent))
            writes = digest() != before
            transaction.set_rollback(True)
        if (got.lower(), writes) != (declared, True):
            wrong[address.key] = f"{declared} is declared, answered {got}, written: {writes}"
    for address, declared in [each for each in sent if each[1].isupper()]:
        if (got := answer(client.post(address.url, address.sent))) != declared:
            wrong[address.key] = f"{declared} is declared, answered {got}"
    assert wrong == {}
    assert digest() == before


# --- Acts on ticked rows


def offered(who: str) -> dict[str, set[str]]:
    """By noun, what the lists of this person offer."""
    request = RequestFactory().get("/admin/")
    request.user = person_of(who)
    found = {model._meta.model_name: set(each.get_actions(request)) for model, each in admin.site._registry.items()}
    return {noun: names for noun, names in found.items() if names}


@pytest.mark.parametrize("who", [who for who in PEOPLE if who not in ("anonymous", "deactivated")])
def test_each_person_is_offered_the_acts_of_the_role_and_no_others(who: str):
    letter = LETTERS.get(who, "none")
    mine = {noun: {name for name, whose in acts.items() if letter in whose} for noun, acts in ACTS.items()}
    assert offered(who) == {noun: names for noun, names in mine.items() if names}


def acted(who: str, row: Any, noun: str, name: str) -> bool:
    """Is it done, or asked about, when this person sends it without having been offered it?"""
    version = getattr(getattr(row, "commitment", row), "version", 0)
    data = {"action": name, "_selected_action": row.pk, "rows": f"{row.pk}:{version}", f"version-{row.pk}": version}
    client, before = client_of(who), digest()
    response = client.post(reverse(f"admin:{row._meta.app_label}_{noun}_changelist"), data)
    asks = answer(response) == "P" and any(name in (response.context or ()) for name in ASKS)
    return digest() != before or asks or "attachment" in response.headers.get("Content-Disposition", "")


def under_review(name: str) -> Assessment:
    """One from which the step can be taken."""
    if name == "to_withdrawn":
        return make_judged(make_commitment())
    state = {"to_in_review": "draft", "to_published": "approved"}.get(name, "in_review")
    link = make_link(make_commitment())
    return make_assessment(link.commitment, [link.evidence], review_state=state)


@pytest.mark.parametrize(("noun", "name"), [(noun, name) for noun, acts in ACTS.items() for name in acts])
def test_an_act_is_done_for_the_roles_that_are_offered_it_and_for_nobody_else(noun: str, name: str):
    row = under_review(name) if noun == "assessment" else make_world()[noun]
    for who in PEOPLE:
        with transaction.atomic():
            done = acted(who, row, noun, name)
            transaction.set_rollback(True)
        assert done == (LETTERS.get(who, "none") in ACTS[noun][name]), who


def test_the_digest_sees_a_change_of_any_table():
    """The control of the two tests above."""
    before = digest()
    row = make_commitment()
    assert digest() != before
    before = digest()
    Commitment.objects.filter(pk=row.pk).update(title_en="Other")
    assert digest() != before
