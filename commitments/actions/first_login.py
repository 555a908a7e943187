"""The first login of a new machine: made once, with a random password that is shown once and stored nowhere."""

import secrets
from typing import NamedTuple

from django.contrib.auth.models import Group, User
from django.db import transaction

from commitments.rules.review import Role

NAME = "admin"


class Login(NamedTuple):
    name: str
    password: str


@transaction.atomic
def ensure_first_login() -> Login | None:
    """None when someone can log in already. The account holds all three roles and administers the others."""
    if User.objects.filter(is_active=True, is_staff=True).exists():
        return None
    login = Login(NAME, secrets.token_urlsafe(12))
    user = User.objects.create_superuser(login.name, password=login.password)
    user.groups.set(Group.objects.filter(name__in=[role.value for role in Role]))
    return login
