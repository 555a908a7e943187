import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

OF_PARTIES = "commitments_assessment_party_id_e4fb888b"
MADE_AGAIN = f"CREATE INDEX IF NOT EXISTS {OF_PARTIES} ON commitments_assessment (party_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0013_keep_former_slugs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # The index alone: to alter the field would have SQLite write the table anew, without its triggers.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="assessment",
                    name="party",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Only for a judgement about one party; empty for the commitment as a whole.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="commitments.party",
                        verbose_name="party",
                    ),
                ),
            ],
            database_operations=[migrations.RunSQL(f"DROP INDEX IF EXISTS {OF_PARTIES}", MADE_AGAIN)],
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(
                condition=models.Q(("party__isnull", False)), fields=["party"], name="assessment_of_party"
            ),
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(
                condition=models.Q(("seed_key__isnull", False)), fields=["published_at"], name="assessment_seeded_at"
            ),
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", False)),
                fields=["withdrawn_at"],
                name="assessment_withdrawn",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(django.db.models.functions.text.Upper("code"), name="commitment_by_code"),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", False)),
                fields=["withdrawn_at"],
                name="commitment_withdrawn",
            ),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["-published_on", "code"], name="evidence_by_day"),
        ),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", False)), fields=["withdrawn_at"], name="evidence_withdrawn"
            ),
        ),
    ]
