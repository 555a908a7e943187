"""What words are looked for in, derived from the register: made again from it at any time, so without history.

The tokens of `head` and `body` stand beside them: on SQLite in a virtual table without content (`WORDS`), on
PostgreSQL in a column `words` of this table. Both come with the migration; search/sqlite.py and
search/postgresql.py are the only ones that know them.
"""

from django.db import models

from commitments.models.commitment import Commitment

WORDS = "commitments_searchwords"


class SearchRow(models.Model):
    """Keys (text/folding.py) of what the public may read of one public commitment, by field."""

    commitment = models.OneToOneField(Commitment, on_delete=models.CASCADE, primary_key=True, related_name="+")
    head = models.TextField()
    body = models.TextField()

    objects = models.Manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.head


class SearchIndex(models.Model):
    """One row: with which version of the code the whole index was made."""

    version = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now=True)

    objects = models.Manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.version)


class SearchTerm(models.Model):
    """A term of this register's own, found in its texts: kept whole in questions, and offered while typing."""

    text = models.CharField(max_length=60)
    key = models.CharField(max_length=60, unique=True)
    commitments = models.PositiveIntegerField()

    objects = models.Manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.text


class Related(models.Model):
    """Keywords of a public commitment and those most like it, by id, the most alike first. Replaced, never changed."""

    commitment = models.OneToOneField(Commitment, on_delete=models.CASCADE, related_name="+")
    keywords = models.JSONField(default=list)
    others = models.JSONField(default=list)

    objects = models.Manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.commitment_id)
