"""The database refuses to falsify the ledger, and check_ledger names what an administrator did."""

from __future__ import annotations

import hashlib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, transaction

from legal_docs.models import Expression, LegalDocument, Manifestation, Provision
from portal.editorial import checkpoints, proof, protection
from portal.editorial.checks_database import ledger_is_guarded
from portal.editorial.models import Approval, FrozenContent, PublicationRecord
from portal.editorial.protection import LivePageNeedsRecord
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def live(at):
    work = make.document(at)
    make.attach_file(work)
    return make.publish(work, at)


def sql(statement: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


REFUSED = {
    "update": "UPDATE editorial_publicationrecord SET label = 'x'",
    "update of nothing that changes": "UPDATE editorial_publicationrecord SET number = number",
    "delete": "DELETE FROM editorial_publicationrecord",
    "update of a content": "UPDATE editorial_frozencontent SET text = '{}'",
    "delete of a content": "DELETE FROM editorial_frozencontent",
    "update of an approval": "UPDATE editorial_approval SET note = 'x'",
    "delete of an approval": "DELETE FROM editorial_approval",
    "update of a checkpoint": "UPDATE editorial_checkpoint SET lines = 0",
    "delete of a key": "DELETE FROM editorial_signingkey",
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_sql_is_refused(live, statement):
    checkpoints.sign(None)
    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement)


@pytest.mark.parametrize("table", ["publicationrecord", "frozencontent", "approval", "checkpoint"])
def test_what_overwrites_or_empties_at_one_stroke_is_refused(live, table):
    checkpoints.sign(None)
    name = f"editorial_{table}"
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL IMMEDIATE")  # checks that wait for the end hold the tables
        statement = f"TRUNCATE {name} CASCADE"
    else:
        statement = f"INSERT OR REPLACE INTO {name} SELECT * FROM {name}"
    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement)


def test_the_orm_is_refused(live):
    for rows in (PublicationRecord.objects, FrozenContent.objects, Approval.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**{"note": "x"} if rows.model is not FrozenContent else {"text": "x"})
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all()._raw_delete("default")


def test_a_missing_or_changed_trigger_is_found_and_put_back(live):
    assert protection.missing() == []
    assert ledger_is_guarded(databases=["default"]) == []
    make.take_guard_away()
    names = protection.missing()
    assert "editorial_publicationrecord_no_update" in names
    assert len(ledger_is_guarded(databases=["default"])) == len(names) > 12
    protection.install()
    assert protection.missing() == []
    name, table = "editorial_publicationrecord_no_update", "editorial_publicationrecord"
    if connection.vendor == "postgresql":
        sql(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    else:
        sql(f"DROP TRIGGER {name}")
        sql(f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN 0 BEGIN SELECT 1; END")
    assert protection.missing() == [name]


def test_each_migration_ends_with_the_guard_in_place(live):
    """SQLite rebuilds a table to alter a column, and drops its triggers on the way."""
    make.take_guard_away()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert protection.missing() == []


def refused_sql(statement: str) -> None:
    """The database refuses it, and goes on."""
    with pytest.raises(DatabaseError, match="append-only"):
        sql(statement)


def test_a_page_type_is_live_only_with_a_record():
    """The helper for apps whose ``live`` stands in Wagtail's table, on tables made for it."""
    sql("CREATE TABLE thu_page (id integer PRIMARY KEY, live bool NOT NULL)")
    sql("CREATE TABLE thu_news (page_ptr_id integer PRIMARY KEY, publication_record_id integer)")
    rule = LivePageNeedsRecord("thu_news", pages="thu_page")
    for trigger in rule.triggers(connection.vendor):
        sql(trigger.create)
    sql("INSERT INTO thu_page VALUES (1, false)")
    sql("INSERT INTO thu_news VALUES (1, NULL)")
    refused_sql("UPDATE thu_page SET live = true")
    sql("UPDATE thu_news SET publication_record_id = 7")
    sql("UPDATE thu_page SET live = true")
    refused_sql("UPDATE thu_news SET publication_record_id = NULL")
    sql("INSERT INTO thu_page VALUES (2, true)")
    refused_sql("INSERT INTO thu_news VALUES (2, NULL)")


# --- an administrator of the database -------------------------------------------------------


def faults() -> str:
    return "\n".join([*proof.chain_faults(), *proof.content_faults()])


def test_all_is_well_after_publishing(live):
    checkpoints.sign(None)
    assert faults() == ""
    out = StringIO()
    call_command("check_ledger", stdout=out)
    assert "1 dòng; 0 lỗi" in out.getvalue()


def change(model, **fields):
    return lambda work: model.objects.update(**fields)


def edit_text(work):
    row = Expression.objects.get()
    Expression.objects.update(html=row.html.replace("quy định", "qui định", 1))


def edit_provision(work):
    row = Provision.objects.first()
    Provision.objects.filter(pk=row.pk).update(text=row.text + "x")


def edit_file(work):
    row = Manifestation.objects.get()
    with Path(row.file.path).open("r+b") as stream:
        stream.write(b"!")


def lose_file(work):
    row = Manifestation.objects.get()
    row.file.storage.delete(row.file.name)


def hide(work):
    LegalDocument.objects.update(live=False, publication_record=None)


TAMPERING = {
    "line": (change(PublicationRecord, label="Khác"), "dòng 1 "),
    "note": (change(PublicationRecord, note="Khác"), "dòng 1 "),
    "approval": (change(Approval, note="x"), "duyệt "),
    "content": (change(FrozenContent, text="{}"), "nội dung đã đăng"),
    "content gone": (lambda work: FrozenContent.objects.all()._raw_delete("default"), "của dòng 1"),
    "metadata": (change(LegalDocument, subject="Khác"), "khác với nội dung đã duyệt"),
    "text": (edit_text, "bản văn"),
    "text with its hash": (change(Expression, html="<p>x</p>", text_hash="0" * 64), "bản văn"),
    "text key": (change(Expression, text_key="0" * 32), "khóa tra cứu"),
    "provision": (edit_provision, "điều khoản"),
    "provision moved": (change(Provision, start=3), "điều khoản"),
    "provision renamed": (change(Provision, label="Điều 9."), "điều khoản"),
    "file": (edit_file, "các byte"),
    "file gone": (lose_file, "không còn trên đĩa"),
    "file with its hash": (change(Manifestation, sha256="0" * 64), "tệp"),
    "hidden": (hide, "phải đang đăng"),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_what_an_administrator_changed_is_found_and_named(live, name):
    act, words = TAMPERING[name]
    make.take_guard_away()
    act(live)
    protection.install()
    assert words in faults()
    with pytest.raises(CommandError):
        call_command("check_ledger", stdout=StringIO())


def test_a_text_that_was_never_published_is_found(live):
    make.take_guard_away()
    row = Expression.objects.get()
    row.pk, row.state = None, "cu"
    row.html = "<p>Bịa</p>"
    row.text_hash = hashlib.sha256(b"<p>B\xe1\xbb\x8ba</p>").hexdigest()
    Expression.objects.bulk_create([row])
    assert "không dòng nào của sổ công bố nói đến nó" in faults()


def test_a_ledger_written_anew_is_found_by_its_checkpoints(live, at):
    """Whoever rewrites the whole chain can't sign for the witnesses."""
    make.document(at, "02/2031/TT-BTN", live=True)
    checkpoints.sign(None)
    make.take_guard_away()
    previous = "0" * 64
    for line in PublicationRecord.objects.order_by("number"):
        line.label, line.previous_hash = "Viết lại", previous
        line.hash = previous = line.expected_hash(previous)
        PublicationRecord.objects.filter(pk=line.pk).update(
            label=line.label, previous_hash=line.previous_hash, hash=line.hash
        )
    protection.install()
    assert "mốc ký" in "\n".join(proof.chain_faults())
