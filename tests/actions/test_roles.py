"""Roles: three groups, read afresh each time, held by people and not by rank."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.utils.translation import override

from commitments.actions.roles import EDITED, READ, SCHEDULES, desk_review_user, ensure_roles, roles_of
from commitments.actions.rows import check_role
from commitments.rules.refusal import Refused
from commitments.rules.review import Role
from tests import people
from tests.models.written import refuses

pytestmark = pytest.mark.django_db


def permissions(role: Role) -> set[str]:
    return set(Group.objects.get(name=role.value).permissions.values_list("codename", flat=True))


def test_migrate_leaves_three_groups():
    assert set(Group.objects.values_list("name", flat=True)) == {"analyst", "reviewer", "publisher"}


def test_only_analysts_may_edit_in_the_admin_and_publishers_add_editions():
    assert {f"change_{noun}" for noun in EDITED} <= permissions(Role.ANALYST)
    for role in (Role.REVIEWER, Role.PUBLISHER):
        written = {codename for codename in permissions(role) if not codename.startswith("view_")}
        assert written == ({"add_edition"} if role == Role.PUBLISHER else set())
    assert not {"add_edition", "change_edition", "delete_edition"} & permissions(Role.ANALYST)


def test_nobody_is_given_the_right_to_delete_a_document_or_to_touch_histories():
    for role in Role:
        assert "delete_sourcedocument" not in permissions(role)
        assert not any("historical" in codename for codename in permissions(role))


def test_every_permission_that_the_roles_name_exists():
    assert len(permissions(Role.ANALYST)) == 4 * len(EDITED) + 2 * 3 + 1 + len(READ) + len(SCHEDULES[Role.ANALYST])
    assert len(permissions(Role.REVIEWER)) == len(EDITED) + 2 + 1 + len(READ)
    assert len(permissions(Role.PUBLISHER)) == len(EDITED) + 2 + 2 + len(READ)


def test_making_the_roles_again_gives_back_what_is_missing_and_keeps_what_was_added():
    group = Group.objects.get(name="reviewer")
    missing = group.permissions.get(codename="view_note")
    added = Group.objects.get(name="analyst").permissions.get(codename="change_note")
    group.permissions.remove(missing)
    group.permissions.add(added)
    ensure_roles()
    ensure_roles()
    assert {missing, added} <= set(group.permissions.all())
    assert Group.objects.count() == 3


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("analyst", {Role.ANALYST}),
        ("reviewer", {Role.REVIEWER}),
        ("publisher", {Role.PUBLISHER}),
        ("one_for_all", set(Role)),
        ("visitor", set()),
    ],
)
def test_a_person_holds_the_roles_of_their_groups(name, held):
    person = getattr(people, name)()
    assert roles_of(person) == held
    for role in Role:
        if role in held:
            check_role(person, role)
        else:
            with override("en"), refuses(f"This needs the role: {role.value}."):
                check_role(person, role)


def test_a_lost_role_is_lost_at_once():
    anna = people.analyst()
    assert roles_of(anna) == {Role.ANALYST}
    anna.groups.clear()
    assert roles_of(anna) == frozenset()


def test_strangers_the_inactive_and_a_superuser_without_groups_hold_none():
    superuser = User.objects.create_superuser("root", password="correct horse battery")
    olga = people.one_for_all()
    olga.is_active = False
    for person in (AnonymousUser(), olga, superuser, desk_review_user()):
        assert roles_of(person) == frozenset()
        with pytest.raises(Refused):
            check_role(person, Role.ANALYST)


def test_a_group_of_another_name_is_no_role():
    vera = people.visitor()
    vera.groups.add(Group.objects.create(name="Analyst"))
    assert roles_of(vera) == frozenset()


def test_desk_review_is_one_person_who_cannot_log_in():
    assert desk_review_user() == desk_review_user()
    assert not desk_review_user().is_active and not desk_review_user().has_usable_password()
