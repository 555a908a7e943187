"""Accounts are deactivated, never deleted: the history names them."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests import people
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_no_one_can_delete_an_account(client):
    keeper, other = make_user("keeper", is_superuser=True), people.analyst()
    User.objects.filter(pk=keeper.pk).update(is_staff=True)
    client.force_login(keeper)
    assert client.post(reverse("admin:auth_user_delete", args=[other.pk]), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=other.pk).exists()
    assert client.get(reverse("admin:auth_user_change", args=[other.pk])).status_code == 200
