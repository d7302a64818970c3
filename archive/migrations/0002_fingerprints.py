import django.db.models.deletion
from django.db import migrations, models


class CreateClustered(migrations.CreateModel):
    """CreateModel, on SQLite without the hidden row number: the table is its primary key, and half as large."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != 'sqlite':
            return super().database_forwards(app_label, schema_editor, from_state, to_state)
        model = to_state.apps.get_model(app_label, self.name)
        sql, params = schema_editor.table_sql(model)
        schema_editor.execute(f'{sql} WITHOUT ROWID', params or None)


def entry():
    return [
        ('hash', models.BigIntegerField()),
        ('position', models.PositiveIntegerField()),
        ('pk', models.CompositePrimaryKey('hash', 'speech_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
        ('speech', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='archive.speech')),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0001_initial'),
    ]

    operations = [
        CreateClustered(name='Fingerprint', fields=entry(), options={'abstract': False}),
        CreateClustered(name='Clause', fields=entry(), options={'abstract': False}),
        migrations.CreateModel(
            name='Printed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('letters', models.CharField(db_index=True, max_length=64)),
                ('version', models.PositiveSmallIntegerField()),
                ('count', models.PositiveIntegerField()),
                ('speech', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='printed', to='archive.speech')),
            ],
            options={
                'verbose_name': '指纹',
                'verbose_name_plural': '指纹',
            },
        ),
        migrations.CreateModel(
            name='Formula',
            fields=[
                ('hash', models.BigIntegerField(primary_key=True, serialize=False)),
                ('text', models.CharField(max_length=200)),
                ('letters', models.CharField(max_length=60)),
                ('speeches', models.PositiveIntegerField()),
                ('members', models.JSONField()),
            ],
            options={
                'ordering': ['-speeches', 'letters'],
            },
        ),
        migrations.CreateModel(
            name='LedgerCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=100)),
                ('made_at', models.DateTimeField(auto_now=True)),
            ],
        ),
    ]
