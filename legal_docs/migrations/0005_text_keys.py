from django.db import migrations, models

from legal_docs import matching


def fill(apps, schema_editor):
    """Keys of the texts that are here already; only derived columns are written."""
    Expression = apps.get_model("legal_docs", "Expression")
    Provision = apps.get_model("legal_docs", "Provision")
    for expression in Expression.objects.only("pk", "html").iterator(chunk_size=20):
        Expression.objects.filter(pk=expression.pk).update(
            text_key=matching.key_of_html(expression.html)
        )
        rows = list(Provision.objects.filter(expression=expression.pk).only("start", "end"))
        for row in rows:
            row.text_key = matching.key_of_html(expression.html[row.start : row.end])
        Provision.objects.bulk_update(rows, ["text_key"], batch_size=300)


class Migration(migrations.Migration):
    dependencies = [("legal_docs", "0004_covering_indexes"), ("editorial", "0004_signing")]

    operations = [
        *(
            migrations.AddField(
                model,
                "text_key",
                models.CharField(db_index=True, default="", editable=False, max_length=32),
            )
            for model in ("expression", "provision")
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
