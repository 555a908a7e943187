"""Who may knock at the desk, one row of each noun behind it, and every address of the admin with what a form sends."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLResolver, get_resolver
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from commitments.actions.schedules import SWEEP
from commitments.models import Exclusion
from commitments.rules.review import Role
from tests import people
from tests.admin.pages import desk
from tests.factories import (
    make_assessment,
    make_candidate,
    make_check,
    make_commitment,
    make_document,
    make_edition,
    make_evidence,
    make_job,
    make_judged,
    make_link,
    make_link_health,
    make_note,
    make_party,
    make_publisher,
    make_report_definition,
    make_theme,
    make_user,
)
from tests.stored import stored

# In the order of the columns of the tables in test_roles.py.
PEOPLE = ("anonymous", "no role", "analyst", "reviewer", "publisher", "all three", "deactivated", "administrator")

MOVED = {"verdict": "moved", "new_address": "https://example.org/moved", "needs_person": True}


def client_of(kind: str) -> Client:
    return Client() if kind == "anonymous" else desk(person_of(kind))


def person_of(kind: str) -> User:
    if kind == "no role":
        return User.objects.create_user("ivo", is_staff=True)
    if kind == "deactivated":
        return make_user("dora", *Role, is_active=False)
    if kind == "administrator":  # every right of the admin, and none of the roles
        return User.objects.create_superuser("root")
    cast = {"analyst": people.analyst, "reviewer": people.reviewer, "publisher": people.publisher}
    return cast.get(kind, people.one_for_all)()


def make_world() -> dict[str, Any]:
    """A row of each noun; `judged` is published, and what else can be published is a draft."""
    commitment = make_commitment(publication="draft")
    document = make_document(publication="draft")
    exclusion = Exclusion.objects.create(document=document, start=0, end=2, quote=document.text[:2], reason_zh="略。")
    note = make_note(commitment, visibility="internal")
    rows = [commitment, document, exclusion, note, make_evidence(publication="draft"), make_check(commitment)]
    judged = make_judged(make_commitment())
    link = make_link(make_commitment())
    rows += [make_party("KZ"), make_theme(), make_publisher(), make_assessment(link.commitment, [link.evidence])]
    rows += [make_job(), make_link_health(link.evidence, **MOVED), make_edition(), make_report_definition()]
    rows += [PeriodicTask.objects.exclude(name=SWEEP).first(), CrontabSchedule.objects.first(), _interval()]
    candidate = make_candidate()
    rows += [candidate, candidate.register]
    rows += [Group.objects.get(name=Role.REVIEWER.value), make_user("someone")]
    return {row._meta.model_name: row for row in rows} | {"judged": judged}


def _interval() -> IntervalSchedule:
    return IntervalSchedule.objects.create(every=7, period=IntervalSchedule.MINUTES)


class Address(NamedTuple):
    """`key`: the name of its route without the app, or the route itself where it has no name; `sent`: by its form."""

    key: str
    url: str
    sent: dict[str, Any]


def addresses(world: dict[str, Any]) -> list[Address]:
    """Whoever follows them in this order is signed out at the end."""
    found = [Address(key, _url(key, route, world), _sent(key, world)) for key, route in routes()]
    return sorted(found, key=lambda address: address.key == "logout")


def routes() -> Iterator[tuple[str, str]]:
    """Key and route of everything below /admin/."""
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver):
            yield from _below(resolver, "")


def _below(resolver: URLResolver, before: str) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _below(pattern, route)
        elif route.startswith("admin/"):
            yield (
                re.sub("^(commitments|auth|django_celery_beat)_", "", pattern.name or route.removeprefix("admin/")),
                route,
            )


def _url(key: str, route: str, world: dict[str, Any]) -> str:
    """The route with the keys of rows in place of its parameters."""
    noun = route.split("/")[2] if route.count("/") > 2 else ""
    row = world["judged"] if key == "assessment_correct" else world.get(noun)
    entry = row.history.first().pk if hasattr(row, "history") else 0
    in_place = {
        "[^/]+)/history/([^/]+)/$": f"{row and row.pk}/history/{entry}/",
        "<path:content_type_id>": ContentType.objects.get_for_model(User).pk,
        "<path:object_id>": row.pk if row else 1,
        "<int:candidate>": world["candidate"].pk,
        "<int:pk>": row.pk if row else 1,
        "<id>": row.pk if row else 1,
        "(?P<url>.*)$": "nothing-here/",
    }
    for written, value in in_place.items():
        route = route.replace(written, str(value))
    route = re.sub(r"\(\?P<app_label>[^)]*\)/\$", "commitments/", route)
    return "/" + route.replace("^(", "").replace("^", "")


def _sent(key: str, world: dict[str, Any]) -> dict[str, Any]:
    """What does something where it may; the other forms are sent empty and come back."""
    draft, row = world["assessment"], world["commitment"]
    if key == "queue_check":
        return {"rows": f"{row.pk}:{row.version}", "searched_zh": "各方官网"}
    if key == "draftregister_change":
        return {"accept": f"{world['candidate'].pk}:1"}
    if key == "draftregister_publish":
        return {"version": world["draftregister"].document.version, "drafts": ""}
    if key == "assessment_steps":
        return {"rows": f"{draft.pk}:{draft.commitment.version}", "to": "in_review"}
    if key.endswith("_withdraw"):
        return {"reason_zh": "登记有误。"}
    return {"post": "yes"} if key.endswith("_delete") else {}


def digest() -> str:
    """Of every row of every table but the sessions."""
    return sha256(repr(stored()).encode()).hexdigest()
