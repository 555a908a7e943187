"""Hidden and extra fields in what a form sends make no difference, at every door of the desk."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.urls import reverse

from commitments.models import Assessment, Commitment, Evidence, Note
from tests import people
from tests.actions.tables_in import csv_of
from tests.admin.pages import change_url, desk, found_data, list_url, posted, step_data
from tests.factories import (
    make_assessment,
    make_candidate,
    make_check,
    make_commitment,
    make_document,
    make_evidence,
    make_judged,
    make_link,
    make_note,
    make_party,
    make_publisher,
    make_theme,
)
from tests.stored import stored

pytestmark = pytest.mark.django_db

NOW = "2024-07-10 09:00+08:00"
# What no form may set: a value for each, of the right type. `other` is a row of the same noun, `someone` an account.
FORGED: dict[str, Any] = {
    "review_state": "published",
    "publication": "published",
    "published_at": "2020-01-01 00:00",
    "published_at_0": "2020-01-01",
    "published_at_1": "00:00",
    "withdrawn_at": "2020-01-01 00:00",
    "withdrawn_at_0": "2020-01-01",
    "withdrawn_at_1": "00:00",
    "withdrawn_reason_zh": "伪造",
    "withdrawn_reason_en": "forged",
    "created_at": "2020-01-01 00:00",
    "recorded_at": "2020-01-01 00:00",
    "rule_met": "official_source",
    "codebook_version": "9",
    "is_editorial": "1",
    "seed_key": "forged",
    "seed_digest": "forged",
    "path": "9",
    "text_sha256": "0" * 64,
    "url_key": "https://forged.example/",
    "code": "9.9",
    "slug": "forged",
    "_history_user": "1",
    "history_change_reason": "forged",
    "_change_reason": "forged",
    "pk": "1",
}
OF_SOMEONE = ("author", "author_id", "by", "by_id", "history_user")
OF_ANOTHER = ("commitment", "corrects", "corrects_id", "document", "evidence_id", "assessment")


class Door(NamedTuple):
    """What an honest person sends where; `prefixes` of the forms in it."""

    client: Any
    url: str
    data: dict[str, Any]
    prefixes: tuple[str, ...] = ("",)


def commitment_form() -> Door:
    row, client = make_commitment(publication="draft"), desk(people.analyst())
    make_link(row), make_note(row, author=people.analyst()), make_check(row)
    typed = {
        "title_zh": "改过的题目",
        "notes-0-text_zh": "改过",
        "notes-1-text_zh": "新的",
        "evidence_links-0-bears": "stall",
    }
    typed |= {"checks-0-outcome": "nothing_new"}
    parts = ("", "evidence_links-0-", "evidence_links-1-", "notes-0-", "notes-1-", "checks-0-", "parties-0-")
    return Door(client, change_url(row), posted(client, change_url(row), **typed), parts)


def commitment_add() -> Door:
    client, add, document = desk(people.analyst()), list_url(Commitment) + "add/", make_document()
    fields = {"document": document.pk, "code": "2.1", "kind": "measure", "target": "one_off", "title_zh": "扩大贸易"}
    return Door(client, add, {**posted(client, add), **fields})


def _changed(row: Any, prefixes: tuple[str, ...] = ("",), **typed: Any) -> Door:
    client = desk(people.analyst())
    return Door(client, change_url(row), posted(client, change_url(row), **typed), prefixes)


def evidence_form() -> Door:
    link = make_link(make_commitment(), make_evidence(publication="draft", code="E900"))
    return _changed(link.evidence, ("", "links-0-"), title="新题", **{"links-0-bears": "stall"})


def evidence_add() -> Door:
    client, add, publisher = desk(people.analyst()), list_url(Evidence) + "add/", make_publisher()
    fields = {"url": "https://example.com/a", "publisher": publisher.pk, "kind": "media", "summary_zh": "摘要。"}
    return Door(client, add, posted(client, add, code="E500", **fields))


def note_add() -> Door:
    client, add, row = desk(people.analyst()), list_url(Note) + "add/", make_commitment()
    return Door(client, add, posted(client, add, commitment=row.pk, visibility="internal", text_zh="新的"))


def assess() -> Door:
    row = make_commitment()
    data = step_data(row, then="in_review", **found_data(publisher=make_publisher().slug), **{"note-text_zh": "备忘"})
    return Door(desk(people.analyst()), change_url(row, "assess"), data, ("", "new-0-", "note-"))


def edit() -> Door:
    draft = make_assessment(make_commitment(), author=people.one_for_all())
    data = step_data(draft.commitment, rationale_zh="改写后的依据。")
    return Door(desk(people.analyst()), change_url(draft, "edit"), data)


def correct() -> Door:
    row = make_judged(make_commitment())
    data = step_data(row.commitment, evidence=[each.pk for each in row.evidence.all()], is_editorial="0")
    return Door(desk(people.analyst()), change_url(row, "correct"), data)


def queue_check() -> Door:
    row = make_commitment()
    data = {"rows": f"{row.pk}:{row.version}", "searched_zh": "各方官网"}
    return Door(desk(people.analyst()), reverse("admin:queue_check"), data)


def steps() -> Door:
    link = make_link(make_commitment())
    row = make_assessment(link.commitment, [link.evidence], review_state="in_review")
    data = {"rows": f"{row.pk}:{row.commitment.version}", "to": "approved"}
    return Door(desk(people.reviewer()), reverse("admin:commitments_assessment_steps"), data)


def list_steps() -> Door:
    row = make_assessment(make_commitment(), review_state="in_review")
    make_assessment(row.commitment, review_state="approved")
    data = {"action": "to_approved", "_selected_action": row.pk, "rows": f"{row.pk}:{row.commitment.version}"}
    return Door(desk(people.reviewer()), list_url(Assessment), data, ("", "form-0-"))


def list_publish() -> Door:
    row = make_commitment(publication="draft")
    data = {"action": "publish_selected", "_selected_action": row.pk, f"version-{row.pk}": row.version}
    return Door(desk(people.publisher()), list_url(Commitment), data, ("", "form-0-"))


def page_withdraw() -> Door:
    row = make_evidence()
    return Door(desk(people.publisher()), change_url(row, "withdraw"), {"reason_zh": "网页失实。"})


def bring() -> Door:
    facts = {"slug": "brought", "kind": "plan", "title_zh": "方案", "short_zh": "方案", "issued_on": "2024-01-01"}
    text = "一、加强合作。建立对话机制。\n二、改善医疗。改造医院3家。\n"
    return Door(desk(people.analyst()), reverse("admin:commitments_draftregister_add"), {**facts, "pasted": text})


def decision() -> Door:
    row = make_candidate()
    return Door(desk(people.analyst()), change_url(row.register), {"accept": f"{row.pk}:{row.version}"})


def candidate() -> Door:
    row, client = make_candidate(), desk(people.analyst())
    url = reverse("admin:commitments_draftregister_candidate", args=[row.register_id, row.pk])
    form = client.get(url).context["form"]
    data = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, "")}
    return Door(client, url, {**data, "title_zh": "改过的题目"})


def tables_in() -> Door:
    row, client, url = make_commitment(), desk(people.analyst()), reverse("admin:tables_in")
    content = csv_of({"id": row.natural_id, "title_zh": "表里的题目", "status": "completed"})
    shown = client.post(url, {"file": SimpleUploadedFile("a.csv", content)})
    return Door(client, url, {"token": shown.context["token"]})


DOORS: dict[str, Callable[[], Door]] = {
    "document brought": bring,
    "candidate": candidate,
    "decision": decision,
    "commitment": commitment_form,
    "new commitment": commitment_add,
    "evidence": evidence_form,
    "new evidence": evidence_add,
    "note": lambda: _changed(make_note(make_commitment(), author=people.one_for_all()), text_zh="改写"),
    "new note": note_add,
    "check": lambda: _changed(make_check(make_commitment()), searched_zh="各方官网"),
    "document": lambda: _changed(make_document(publication="draft"), title_zh="新题"),
    "publisher": lambda: _changed(make_publisher(), name="新名"),
    "party": lambda: _changed(make_party("KZ"), name_zh="新名"),
    "theme": lambda: _changed(make_theme(), name_zh="新名"),
    "new status": assess,
    "draft": edit,
    "correction": correct,
    "queue": queue_check,
    "steps": steps,
    "list of assessments": list_steps,
    "list of commitments": list_publish,
    "withdrawal": page_withdraw,
    "tables in": tables_in,
}


def forged(door: Door) -> dict[str, Any]:
    """Beside what the form sends: every protected name in every form of the page."""
    someone, other = User.objects.get(username="petra"), Commitment.objects.get(code="other")
    names = FORGED | dict.fromkeys(OF_SOMEONE, someone.pk) | dict.fromkeys(OF_ANOTHER, other.pk)
    added = {f"{prefix}{name}": value for prefix in door.prefixes for name, value in names.items()}
    return {name: value for name, value in added.items() if name not in door.data}


def rows_after(send: Callable[[], Any]) -> dict[str, list]:
    """All rows but their own keys, which PostgreSQL counts on; what refers to a new row refers to "new"."""
    known = {model: {row[_place_of_key(model)] for row in rows} for model, rows in stored().items()}
    with transaction.atomic():
        status = send().status_code
        state = {model._meta.label: _told(model, rows, known) for model, rows in stored().items()}
        transaction.set_rollback(True)
    del state["admin.LogEntry"]
    return {**state, "status": [status]}


def _place_of_key(model: type[models.Model]) -> int:
    return model._meta.concrete_fields.index(model._meta.pk)


def _told(model: type[models.Model], rows: list[tuple], known: dict) -> list:
    fields = [(n, one) for n, one in enumerate(model._meta.concrete_fields) if one.name not in ("id", "history_id")]
    return [[_value(field, row[n], known) for n, field in fields] for row in rows]


def _value(field: models.Field, value: Any, known: dict) -> Any:
    to = field.related_model
    return "new" if to and value is not None and value not in known.get(to, ()) else value


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("name", DOORS)
def test_forged_fields_make_no_difference(name: str):
    people.analyst(), people.reviewer(), people.publisher(), people.one_for_all()
    make_commitment(code="other")
    door = DOORS[name]()
    before = rows_after(lambda: door.client.get(door.url))
    honest = rows_after(lambda: door.client.post(door.url, door.data))
    cheating = rows_after(lambda: door.client.post(door.url, {**door.data, **forged(door)}))
    assert {**honest, "status": []} != {**before, "status": []}, "the honest form must do something"
    assert cheating["status"] == honest["status"]
    assert {label: rows for label, rows in cheating.items() if rows != honest[label]} == {}


CARRIES_A_VERSION = (
    *("commitment", "evidence", "note", "check", "document", "publisher", "party", "theme"),
    *("new status", "draft", "correction", "candidate"),
)


@pytest.mark.parametrize("name", CARRIES_A_VERSION)
def test_a_version_that_nobody_saw_saves_nothing(name: str):
    door = DOORS[name]()
    assert "version" in door.data
    before = rows_after(lambda: door.client.get(door.url))
    for version in ("99", "", "x"):
        sent = {**door.data, "version": version}
        assert rows_after(lambda sent=sent: door.client.post(door.url, sent)) == before, version


def test_a_row_of_another_commitment_is_not_reached_through_an_inline():
    mine, other = make_note(make_commitment(), text_zh="原文"), make_note(make_commitment(), text_zh="别处的原文")
    door = _changed(mine.commitment, **{"notes-0-id": other.pk, "notes-0-text_zh": "伪造"})
    door.client.post(door.url, door.data)
    assert set(Note.objects.values_list("text_zh", flat=True)) == {"原文", "别处的原文"}
