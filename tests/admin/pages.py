"""Addresses, logins and posted forms of the desk, for the tests beside."""

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from commitments.models import Commitment


def desk(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def change_url(row, view: str = "change") -> str:
    return reverse(f"admin:commitments_{row._meta.model_name}_{view}", args=[row.pk])


def list_url(model) -> str:
    return reverse(f"admin:commitments_{model._meta.model_name}_changelist")


def posted(client: Client, url: str, /, **over) -> dict:
    """What a browser would send from that page untouched, with the given values over it."""
    forms = []
    context = client.get(url).context
    if "adminform" in context:
        forms.append(context["adminform"].form)
    for inline in context.get("inline_admin_formsets", []):
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if bound.field.disabled or value is None or value is False:
                continue
            data[bound.html_name] = value
    return {**data, **over}


def step_data(commitment: Commitment, **over) -> dict:
    """The one screen, with only the judgement filled in."""
    commitment.refresh_from_db()
    data = {
        "version": commitment.version,
        "status": "underway",
        "momentum": "advancing",
        "confidence": "medium",
        "as_of": "2024-05-01",
        "rationale_zh": "公开材料显示已有交付。",
        "rationale_en": "",
        "new-TOTAL_FORMS": 2,
        "new-INITIAL_FORMS": 0,
        "note-visibility": "internal",
        "then": "draft",
    }
    return {**data, **over}


def found_data(place: str = "new-0", **over) -> dict:
    """A page brought along; its publisher must exist."""
    data = {
        "url": "https://example.com/new",
        "bears": "progress",
        "title": "一则新消息",
        "kind": "official",
        "published_on": "2024-04-30",
        "summary_zh": "已开工。",
    }
    return {f"{place}-{name}": value for name, value in {**data, **over}.items()}
