"""The start-up check: the guard of the ledger is in place in the database."""

from __future__ import annotations

from django.core.checks import Error, Tags, register

from . import protection


@register(Tags.database)
def ledger_is_guarded(app_configs=None, databases=None, **kwargs) -> list[Error]:
    """Error for each trigger that is missing, changed or switched off.

    Run by ``check --database default``, by ``migrate`` and at each start of the portal. Tables
    that do not exist yet need none.
    """
    return [
        Error(
            f"The ledger's trigger {name} is not in place.",
            hint="“manage.py migrate --skip-checks” puts it back; then run check_ledger.",
            id="editorial.E001",
        )
        for using in databases or ()
        for name in _missing(using)
    ]


def _missing(using: str) -> list[str]:
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    applied = MigrationRecorder(connections[using]).applied_migrations()
    return protection.missing(using) if ("editorial", "0004_signing") in applied else []
