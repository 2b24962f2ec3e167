"""Apart from the change of the tables, because PostgreSQL does not mix both in a transaction."""

from django.db import migrations
from django.utils import timezone


def keep_rights(apps, schema_editor):
    """Roles given before needed no second person, and heads approved: both stay as they were."""
    Membership = apps.get_model("organisations", "Membership")
    Membership.objects.update(confirmed_at=timezone.now())
    for row in Membership.objects.filter(role="lanh-dao-don-vi"):
        row.pk, row.role = None, "truong-ban"
        row.save()


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_roles_delegations_log")]

    operations = [migrations.RunPython(keep_rights, migrations.RunPython.noop)]
