"""Accounts: deactivated, never deleted, since the history names who wrote what."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User

admin.site.unregister(User)


@admin.register(User)
class Accounts(UserAdmin):
    def has_delete_permission(self, request, obj=None) -> bool:
        return False
