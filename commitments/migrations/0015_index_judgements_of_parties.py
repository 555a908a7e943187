import django.db.models.deletion
from django.db import migrations, models

OF_ALL = "commitments_assessment_party_id_e4fb888b"
MADE_AGAIN = f"CREATE INDEX IF NOT EXISTS {OF_ALL} ON commitments_assessment (party_id)"


class Migration(migrations.Migration):
    dependencies = [("commitments", "0014_find_by_code_day_and_withdrawal")]

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
            database_operations=[migrations.RunSQL(f"DROP INDEX IF EXISTS {OF_ALL}", MADE_AGAIN)],
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(
                condition=models.Q(("party__isnull", False)), fields=["party"], name="assessment_of_party"
            ),
        ),
    ]
