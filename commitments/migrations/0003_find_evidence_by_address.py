from django.db import migrations, models

from commitments.text.address import key_of


def fill(apps, schema_editor):
    evidence = apps.get_model("commitments", "Evidence").objects.using(schema_editor.connection.alias)
    rows = list(evidence.only("pk", "url"))
    for row in rows:
        row.url_key = key_of(row.url)
    evidence.bulk_update(rows, ["url_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("commitments", "0002_plan_work_and_kinds_of_correction")]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="url_key",
            field=models.CharField(blank=True, db_index=True, default="", editable=False, max_length=1000),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
