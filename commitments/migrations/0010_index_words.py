import django.db.models.deletion
from django.db import migrations, models

# As they were when this migration was written; search/sqlite.py and search/postgresql.py read and fill them.
WORDS = {
    "sqlite": [
        "CREATE VIRTUAL TABLE commitments_searchwords "
        "USING fts5(head, body, content='', columnsize=0, tokenize='ascii')"
    ],
    "postgresql": [
        "ALTER TABLE commitments_searchrow ADD COLUMN words tsvector",
        "CREATE INDEX commitments_searchrow_words ON commitments_searchrow USING gin (words)",
    ],
}
NO_WORDS = {"sqlite": ["DROP TABLE commitments_searchwords"], "postgresql": []}  # there they go with their table


def make_words(apps, schema_editor):
    for statement in WORDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_words(apps, schema_editor):
    for statement in NO_WORDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def mark_all(apps, schema_editor):
    """What is there already is indexed like anything that changed."""
    schema_editor.execute("INSERT INTO commitments_stale (commitment_id) SELECT id FROM commitments_commitment")


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0009_keep_present_standings"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchIndex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "commitment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="commitments.commitment",
                    ),
                ),
                ("head", models.TextField()),
                ("body", models.TextField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=60, unique=True)),
                ("commitments", models.PositiveIntegerField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Related",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("keywords", models.JSONField(default=list)),
                ("others", models.JSONField(default=list)),
                (
                    "commitment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="commitments.commitment"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RunPython(make_words, drop_words),
        migrations.RunPython(mark_all, migrations.RunPython.noop),
    ]
