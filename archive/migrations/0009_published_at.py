from django.db import migrations, models
from django.db.models import F


def begin(apps, schema_editor):
    Speech = apps.get_model("archive", "Speech")
    Speech.objects.filter(published=True).update(published_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0008_title_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="speech",
            name="published_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
