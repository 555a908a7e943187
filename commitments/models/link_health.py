"""How each link stands now, when it is looked at next, which addresses it had, and whose turn it is at a host."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.choices import LinkVerdict
from commitments.models.base import not_blank, one_of
from commitments.models.evidence import Evidence


class LinkHealth(models.Model):
    """Derived from the visits; kept so that lists and plans need not read them all."""

    evidence = models.OneToOneField(
        Evidence, on_delete=models.CASCADE, related_name="link_health", verbose_name=_("evidence")
    )
    verdict = models.CharField(
        _("state of the link"), max_length=15, choices=LinkVerdict.choices, default=LinkVerdict.UNCHECKED.value
    )
    since = models.DateTimeField(_("since"), null=True, blank=True)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    next_check_at = models.DateTimeField(_("next check"), db_index=True)
    needs_person = models.BooleanField(_("needs a person"), default=False)
    new_address = models.URLField(_("new address"), max_length=1000, blank=True)
    accepted_text_sha256 = models.CharField(_("accepted text"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("state of a link")
        verbose_name_plural = _("states of links")
        ordering = ["next_check_at", "id"]
        constraints = [one_of("verdict", LinkVerdict)]

    def __str__(self) -> str:
        return f"{self.evidence.code} {LinkVerdict(self.verdict).label}"


class FormerAddress(models.Model):
    """An address that a person replaced by the one to which it had moved."""

    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, related_name="former_addresses", verbose_name=_("evidence")
    )
    url = models.URLField(_("address"), max_length=1000)
    replaced_at = models.DateTimeField(_("replaced at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        ordering = ["-replaced_at", "-id"]
        constraints = [not_blank("url")]

    def __str__(self) -> str:
        return self.url[:120]


class Host(models.Model):
    """One connection at a time, and a pause between two: whoever moves `free_at` on has the turn."""

    name = models.CharField(_("host"), max_length=255, unique=True)
    free_at = models.DateTimeField(_("free from"))
    robots = models.TextField(_("robots.txt"), blank=True)
    robots_read_at = models.DateTimeField(_("robots.txt read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
