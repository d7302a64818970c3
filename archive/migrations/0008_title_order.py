"""A place among the titles for every speech, and an index that lists are read from."""

from django.db import migrations, models

from archive.text.collation import title_key

BATCH = 1000


def give_places(apps, schema_editor):
    Speech = apps.get_model("archive", "Speech")
    last = 0
    while rows := list(
        Speech.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "title")[:BATCH]
    ):
        for pk, title in rows:
            Speech.objects.filter(pk=pk).update(title_order=title_key(title))
        last = rows[-1][0]


class Migration(migrations.Migration):
    # PostgreSQL makes no index in a transaction that has changed the table's rows.
    atomic = False

    dependencies = [
        ("archive", "0007_deed"),
    ]

    operations = [
        migrations.AddField(
            model_name="speech",
            name="title_order",
            field=models.BinaryField(null=True),
        ),
        migrations.RunPython(give_places, migrations.RunPython.noop, atomic=True),
        migrations.AddIndex(
            model_name="speech",
            index=models.Index(
                fields=["published", "date", "speaker", "event", "kind", "characters", "title_order"],
                name="speech_lists",
            ),
        ),
    ]
