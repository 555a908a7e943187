"""Which commitments changed since what is derived from them was made: filled by triggers, so that no write is missed.

A mark is added in the transaction of the write, whoever writes and however; `actions/derived.py` reads and removes it.
"""

from typing import NamedTuple

from django.db import models

MARK = "mark_"


class Stale(models.Model):
    """One mark. Never unique: two writers who mark the same commitment must not wait for each other."""

    commitment_id = models.BigIntegerField()

    objects = models.Manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.commitment_id)


class Marker(NamedTuple):
    """After `event` on `table`, the commitments that `ids` selects are marked; all rows, or where `columns` changed."""

    table: str
    event: str  # INSERT, UPDATE or DELETE
    ids: str
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{MARK}{self.table.removeprefix('commitments_')}_{self.event.lower()}"


COMMITMENT, ASSESSMENT = "commitments_commitment", "commitments_assessment"
CITATION, LINK = "commitments_citation", "commitments_evidencelink"
_SIDES = {"INSERT": ("NEW",), "UPDATE": ("NEW", "OLD"), "DELETE": ("OLD",)}
_SAID_IN = (
    *("publication", "path", "parent_id", "kind", "target", "title_zh", "title_en", "criterion_zh", "criterion_en"),
    *("verifiability", "due_on", "successor_id"),
)
_OF_EVIDENCE = (
    f"SELECT l.commitment_id AS id FROM {LINK} l WHERE l.evidence_id = NEW.id "
    f"UNION SELECT a.commitment_id FROM {CITATION} c JOIN {ASSESSMENT} a ON a.id = c.assessment_id "
    "WHERE c.evidence_id = NEW.id"
)
_OF_DOCUMENT = (
    f"SELECT c.id AS id FROM {COMMITMENT} c WHERE c.document_id = NEW.id "
    "UNION SELECT p.commitment_id FROM commitments_passage p WHERE p.document_id = NEW.id"
)


def _with_ancestors(ids: str) -> str:
    """The tree is three deep (rules/structure.py): a status is told by what is above it too."""
    parents = f"SELECT c.parent_id FROM {COMMITMENT} c WHERE c.parent_id IS NOT NULL AND c.id IN ({ids})"
    theirs = f"SELECT p.parent_id FROM {COMMITMENT} p WHERE p.parent_id IS NOT NULL AND p.id IN ({parents})"
    return f"{ids} UNION {parents} UNION {theirs}"


def _each(table: str, select: str, *, ancestors: bool = False) -> list[Marker]:
    """A marker for each event; `select` gives the ids of one side of the row, {row} standing for NEW or OLD."""
    found = []
    for event, sides in _SIDES.items():
        ids = " UNION ".join(select.format(row=side) for side in sides)
        found.append(Marker(table, event, _with_ancestors(ids) if ancestors else ids))
    return found


MARKERS: tuple[Marker, ...] = (
    *(
        marker._replace(columns=_SAID_IN if marker.event == "UPDATE" else ())
        for marker in _each(
            COMMITMENT,
            "SELECT {row}.id AS id UNION SELECT {row}.parent_id WHERE {row}.parent_id IS NOT NULL",
            ancestors=True,
        )
    ),
    *_each(ASSESSMENT, "SELECT {row}.commitment_id AS id", ancestors=True),
    *_each(
        CITATION,
        f"SELECT a.commitment_id AS id FROM {ASSESSMENT} a WHERE a.id = {{row}}.assessment_id",
        ancestors=True,
    ),
    *_each(LINK, "SELECT {row}.commitment_id AS id", ancestors=True),
    *(
        marker
        for noun in ("check", "note", "passage", "commitmentparty", "commitmenttheme")
        for marker in _each(f"commitments_{noun}", "SELECT {row}.commitment_id AS id")
    ),
    Marker(
        "commitments_evidence",
        "UPDATE",
        _with_ancestors(_OF_EVIDENCE),
        ("publication", "title", "summary_zh", "summary_en", "published_on", "publisher_id", "kind"),
    ),
    Marker("commitments_sourcedocument", "UPDATE", _OF_DOCUMENT, ("publication", "slug")),
)


def marker_names() -> set[str]:
    return {marker.name for marker in MARKERS}


def marker_statements(marker: Marker, vendor: str) -> list[str]:
    insert = f"INSERT INTO commitments_stale (commitment_id) SELECT DISTINCT m.id FROM ({marker.ids}) m"
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in marker.columns)
    if vendor == "sqlite":
        when = f" WHEN {changed}" if changed else ""
        return [f"CREATE TRIGGER {marker.name} AFTER {marker.event} ON {marker.table}{when} BEGIN {insert}; END"]
    body = f"IF {changed} THEN {insert}; END IF;" if changed else f"{insert};"
    return [
        f"CREATE OR REPLACE FUNCTION {marker.name}() RETURNS trigger LANGUAGE plpgsql AS $mark$ BEGIN {body} "
        "RETURN NULL; END $mark$",
        f"CREATE TRIGGER {marker.name} AFTER {marker.event} ON {marker.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {marker.name}()",
    ]
