from django.conf import settings
from django.db import migrations, models


def keep(apps, schema_editor):
    """Accounts that were noted as a list become rows; one that is gone wrote nothing any more."""
    copies = apps.get_model("editorial", "WorkingCopy")
    users = apps.get_model("organisations", "User")
    for row in copies.objects.exclude(noted=[]):
        row.authors.set(users.objects.filter(pk__in=row.noted))


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("editorial", "0023_letters_have_one_form"),
    ]

    operations = [
        migrations.RenameField("workingcopy", "authors", "noted"),
        migrations.AddField(
            "workingcopy",
            "authors",
            models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
        migrations.RemoveField("workingcopy", "noted"),
    ]
