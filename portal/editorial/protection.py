"""The database itself refuses what would falsify the ledger, on PostgreSQL and SQLite.

Tables register here. ``migrate`` ends by putting the triggers in place (``post_migrate``), every
time: SQLite rebuilds a table to alter a column and drops its triggers on the way. SQL that the
triggers can't see, or an owner who drops them, is what the chain, the signed checkpoints and the
witnesses are for (``docs/ledger.md``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.db import connections, transaction

REFUSAL = "the ledger of publications is append-only"


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger as the database has it: its name, its table, the statement that makes it."""

    name: str
    table: str
    create: str


class Guarded(Protocol):
    """A rule over tables, as triggers of one vendor."""

    tables: tuple[str, ...]

    def triggers(self, vendor: str) -> list[Trigger]: ...


_GUARDED: dict[tuple[str, ...], Guarded] = {}


def register(rule: Guarded) -> None:
    """Guard tables; called from ``AppConfig.ready``."""
    _GUARDED[rule.tables] = rule


def _refuse(vendor: str) -> str:
    if vendor == "postgresql":
        return "EXECUTE FUNCTION ledger_refuse()"
    return f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"


FUNCTION = f"""CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END$$"""


@dataclass(frozen=True, slots=True)
class AppendOnlyTable:
    """Rows of a table are inserted and never changed, deleted or written over.

    ``keys`` are its unique columns: on SQLite ``INSERT OR REPLACE`` deletes the row in its way
    without asking triggers of deletion.
    """

    table: str
    keys: tuple[str, ...] = ("id",)

    @property
    def tables(self) -> tuple[str, ...]:
        return (self.table,)

    def triggers(self, vendor: str) -> list[Trigger]:
        made = [self._trigger(vendor, event) for event in ("UPDATE", "DELETE")]
        if vendor == "postgresql":
            return [*made, self._trigger(vendor, "TRUNCATE", "FOR EACH STATEMENT")]
        taken = " OR ".join(f'"{key}" = NEW."{key}"' for key in self.keys)
        when = f'WHEN EXISTS (SELECT 1 FROM "{self.table}" WHERE {taken})'
        return [*made, self._trigger(vendor, "INSERT", f"FOR EACH ROW {when}")]

    def _trigger(self, vendor: str, event: str, how: str = "FOR EACH ROW") -> Trigger:
        name = f"{self.table}_no_{event.lower()}"
        create = f'CREATE TRIGGER "{name}" BEFORE {event} ON "{self.table}" {how} {_refuse(vendor)}'
        return Trigger(name, self.table, create)


@dataclass(frozen=True, slots=True)
class LivePageNeedsRecord:
    """“live ⇒ publication record” for a page type, whose ``live`` stands in Wagtail's own table
    (a check constraint sees one table only). ``table`` is that of the page type."""

    table: str
    link: str = "page_ptr_id"
    pages: str = "wagtailcore_page"

    @property
    def tables(self) -> tuple[str, ...]:
        return (self.table, self.pages)

    def triggers(self, vendor: str) -> list[Trigger]:
        page = (
            f'NEW.live AND EXISTS (SELECT 1 FROM "{self.table}" t WHERE t."{self.link}" = NEW.id '
            "AND t.publication_record_id IS NULL)"
        )
        own = (
            "NEW.publication_record_id IS NULL AND EXISTS "
            f'(SELECT 1 FROM "{self.pages}" p WHERE p.id = NEW."{self.link}" AND p.live)'
        )
        return [
            trigger
            for event in ("INSERT", "UPDATE")
            for table, condition in ((self.pages, page), (self.table, own))
            for trigger in [self._trigger(vendor, event, table, condition)]
        ]

    def _trigger(self, vendor: str, event: str, table: str, condition: str) -> Trigger:
        name = f"{self.table}_{'page' if table == self.pages else 'own'}_{event.lower()}"
        head = f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW'
        if vendor == "postgresql":  # its WHEN takes no subquery: the function holds the condition
            create = f"""CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN IF {condition} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE =
'integrity_constraint_violation'; END IF; RETURN NEW; END$$; {head} EXECUTE FUNCTION "{name}"()"""
        else:
            create = f"{head} WHEN {condition} {_refuse(vendor)}"
        return Trigger(name, table, create)


def wanted(using: str = "default") -> list[Trigger]:
    """All triggers of tables that exist."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    return [
        trigger
        for rule in _GUARDED.values()
        if present.issuperset(rule.tables)
        for trigger in rule.triggers(connection.vendor)
    ]


def missing(using: str = "default") -> list[str]:
    """Triggers that are not in place, were changed, or are switched off; empty when all is well."""
    found = _in_place(using)
    return [
        trigger.name
        for trigger in wanted(using)
        if found.get(trigger.name) not in (trigger.create, True)
    ]


def install(using: str = "default") -> None:
    """Put back whatever is missing."""
    gone = set(missing(using))
    if not gone:
        return
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for trigger in wanted(using):
            if trigger.name in gone:
                cursor.execute(drop(trigger, connection.vendor))
                cursor.execute(trigger.create)


def drop(trigger: Trigger, vendor: str) -> str:
    """The statement that takes a trigger away: before it is made anew, never to pass it."""
    on = f' ON "{trigger.table}"' if vendor == "postgresql" else ""
    return f'DROP TRIGGER IF EXISTS "{trigger.name}"{on}'


def step_aside(using: str = "default") -> None:
    """Before a migration: triggers that name two tables would stop SQLite from rebuilding one."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for rule in _GUARDED.values():
            if len(rule.tables) > 1 and connection.vendor == "sqlite":
                for trigger in rule.triggers(connection.vendor):
                    cursor.execute(drop(trigger, connection.vendor))


def _in_place(using: str) -> dict[str, str | bool]:
    """Name → its statement (SQLite), or whether it is switched on and refuses (PostgreSQL)."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return dict(cursor.fetchall())
        cursor.execute(
            "SELECT t.tgname, t.tgenabled IN ('O', 'A') AND p.prosrc LIKE %s FROM pg_trigger t "
            "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal",
            [f"%RAISE EXCEPTION '{REFUSAL}'%"],
        )
        return dict(cursor.fetchall())
