"""The application; what must run once the tables are known stands in the two modules that it loads."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    name = "commitments"
    verbose_name = _("Register of commitments")

    def ready(self) -> None:
        for module in ("checks", "migrating"):
            import_module(f"commitments.{module}")
