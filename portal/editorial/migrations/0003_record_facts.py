from django.db import migrations, models


def tell_old_lines_as_their_items(apps, schema_editor):
    """Lines of format 1 named no audience: give them that of their item as it is now."""
    with schema_editor.connection.cursor() as cursor:
        tables = set(schema_editor.connection.introspection.table_names(cursor))
        for kind in apps.get_model("contenttypes", "ContentType").objects.all():
            table = f"{kind.app_label}_{kind.model}"
            if table not in tables or kind.app_label not in ("legal_docs", "directives"):
                continue
            for audience in ("public", "units"):
                cursor.execute(
                    f"UPDATE editorial_publicationrecord SET audience = %s WHERE format = 1 AND "
                    f'content_type_id = %s AND object_id IN (SELECT id FROM "{table}" WHERE audience = %s)',
                    [f'["{audience}"]', kind.pk, audience],
                )


class Migration(migrations.Migration):
    dependencies = [("editorial", "0002_initial")]

    operations = [
        migrations.CreateModel(
            name='FrozenContent',
            fields=[
                ('hash', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('text', models.TextField()),
            ],
            options={
                'verbose_name': 'published content',
                'verbose_name_plural': 'published contents',
            },
        ),
        migrations.AddField(
            model_name='publicationrecord',
            name='audience',
            field=models.JSONField(default=list, help_text='tokens of which a reader needs one'),
        ),
        migrations.AddField(
            model_name='publicationrecord',
            name='authority',
            field=models.JSONField(default=dict, help_text='the approval or mandate as it was'),
        ),
        migrations.AddField(
            model_name='publicationrecord',
            name='files',
            field=models.JSONField(default=list, help_text='SHA-256 of its files'),
        ),
        migrations.AddField(
            model_name='publicationrecord',
            name='format',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='publicationrecord',
            name='identity',
            field=models.JSONField(default=dict, help_text='class, name, number, issued, path'),
        ),
        migrations.AddField(
            model_name='publicationrecord',
            name='note',
            field=models.TextField(blank=True, verbose_name='public note'),
        ),
        migrations.AddField(
            model_name='publicationrecord',
            name='roles',
            field=models.JSONField(default=list, help_text='[role, unit] that approved; no names'),
        ),
        migrations.AddField(
            model_name='publicationrecord',
            name='salt',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='publicationrecord',
            name='texts',
            field=models.JSONField(default=list, help_text='text hashes of its expressions'),
        ),
        migrations.AlterField(
            model_name='publicationrecord',
            name='act',
            field=models.CharField(choices=[('dang', 'Published'), ('dinh-chinh', 'Replaced (correction of the posting)'), ('dang-lai', 'Published again'), ('go', 'Withdrawn'), ('go-khan', 'Taken down in an emergency')], max_length=10, verbose_name='act'),
        ),
        migrations.RunPython(tell_old_lines_as_their_items, migrations.RunPython.noop, elidable=True),
    ]
