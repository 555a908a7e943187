"""The standing cast: Anna writes, Rui reviews, Petra publishes, Olga holds all three roles, Vera only visits."""

from django.contrib.auth.models import User

from commitments.rules.review import Role
from tests.factories import make_user


def analyst() -> User:
    return _person("anna", Role.ANALYST)


def reviewer() -> User:
    return _person("rui", Role.REVIEWER)


def publisher() -> User:
    return _person("petra", Role.PUBLISHER)


def one_for_all() -> User:
    return _person("olga", *Role)


def visitor() -> User:
    """Has an account and no role."""
    return _person("vera")


def _person(name: str, *roles: Role) -> User:
    return User.objects.filter(username=name).first() or make_user(name, *roles)
