import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0005_stagedupload_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="speech",
            options={
                "ordering": [models.OrderBy(models.F("date"), descending=True, nulls_last=True), "-pk"],
                "permissions": [
                    ("publish_speech", "发布和撤下讲话"),
                    ("sheet_speech", "用表格批量修改讲话信息"),
                ],
                "verbose_name": "讲话",
                "verbose_name_plural": "讲话",
            },
        ),
        migrations.CreateModel(
            name="StagedSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("columns", models.JSONField(default=list)),
                ("rows", models.JSONField(default=list)),
                ("warnings", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(auto_now=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staged_sheet",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
