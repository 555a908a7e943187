"""Puts our own site in the place of the stock admin site."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "commitments.admin.desk.Desk"

    def ready(self) -> None:
        """Our pages first: the site is made when the first page is registered, and its class stands among them."""
        import_module("commitments.admin")
        super().ready()
