from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0004_revision_gone'),
    ]

    operations = [
        migrations.AddField(
            model_name='stagedupload',
            name='notes',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='stagedupload',
            name='text',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
    ]
