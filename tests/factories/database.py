"""What a database administrator can do and the portal can't."""

from __future__ import annotations

from django.db import connection

from portal.editorial import protection


def take_guard_away() -> None:
    """Drop the triggers of the ledger, as an owner of the database could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # checks that wait for the end hold the tables
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for trigger in protection.wanted():
            cursor.execute(protection.drop(trigger, connection.vendor))
