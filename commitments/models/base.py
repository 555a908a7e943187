"""What several tables share: seed memory, publication, and short ways to declare constraints."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.choices import Publication, Vocabulary


class Seeded(models.Model):
    """A row that a shipped register may have brought; the digest is of the values that were loaded."""

    seed_key = models.CharField(max_length=200, null=True, unique=True, editable=False, default=None)
    seed_digest = models.CharField(max_length=64, blank=True, editable=False, default="")

    class Meta:
        abstract = True


class PublishedQuerySet(models.QuerySet[Any]):
    def published(self):
        """The only door to the public: rows that readers may see."""
        return self.filter(publication=Publication.PUBLISHED)


class Publishable(models.Model):
    """A row with its own public state. Once published it is never deleted, only withdrawn with a reason."""

    publication = models.CharField(
        _("publication"), max_length=10, choices=Publication.choices, default=Publication.DRAFT.value, editable=False
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_reason_zh = models.TextField(_("reason for withdrawal"), blank=True, editable=False)
    withdrawn_reason_en = models.TextField(_("reason for withdrawal (English)"), blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.publication == Publication.PUBLISHED


def one_of(field: str, vocabulary: type[Vocabulary] | Iterable[Vocabulary], *, blank: bool = False):
    """The database accepts only the words of a vocabulary."""
    values = [member.value for member in vocabulary] + ([""] if blank else [])
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=f"%(class)s_{field}_known")


def not_blank(field: str):
    return models.CheckConstraint(condition=~Q(**{field: ""}), name=f"%(class)s_{field}_given")


def publication_constraints() -> list[models.BaseConstraint]:
    """State and dates tell the same story."""
    return [
        one_of("publication", Publication),
        models.CheckConstraint(
            condition=Q(publication=Publication.DRAFT.value, published_at__isnull=True)
            | Q(publication__in=[Publication.PUBLISHED.value, Publication.WITHDRAWN.value], published_at__isnull=False),
            name="%(class)s_published_has_date",
        ),
        models.CheckConstraint(
            condition=Q(publication=Publication.WITHDRAWN.value, withdrawn_at__isnull=False)
            & ~Q(withdrawn_reason_zh="")
            | ~Q(publication=Publication.WITHDRAWN.value) & Q(withdrawn_at__isnull=True, withdrawn_reason_zh=""),
            name="%(class)s_withdrawn_has_reason",
        ),
    ]
