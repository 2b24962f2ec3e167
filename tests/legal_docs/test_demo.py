"""The demo: it loads, tells nothing internal to strangers, and leaves again without a trace
but the ledger's."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from jsonschema import Draft202012Validator

from legal_docs.demo import accounts, loading, removing
from legal_docs.effects import statuses_on
from legal_docs.importers.records import Rejected
from legal_docs.importers.sources import portal as portal_form
from legal_docs.models import (
    Expression,
    ImportRecord,
    LegalDocument,
    Manifestation,
    Relation,
    Signer,
    WorkIdentity,
)
from legal_docs.validity import RELATION_BY_CODE
from legal_docs.works import kinds
from portal.editorial import ledger
from portal.editorial.models import Mandate, PublicationRecord
from portal.organisations.access import access_of
from portal.organisations.audience import PUBLIC
from portal.organisations.models import Membership, Organisation, Succession, User

DAY = dt.date(2026, 11, 22)
SCHEMA = Path(django_settings.BASE_DIR) / "docs" / "import-format.schema.json"
INTERNAL = {"9120/STC-NS", "9044/KH-UBND"}


@pytest.fixture
def reference(db):
    call_command("load_reference", verbosity=0)


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo, loaded once for this module; each test works on a savepoint of it."""
    root = tmp_path_factory.mktemp("demo")
    here = override_settings(
        VAR_DIR=root, MEDIA_ROOT=root / "files", SEARCH_INDEX_DIR=root / "index"
    )
    with django_db_blocker.unblock(), here, transaction.atomic():
        call_command("load_reference", verbosity=0)
        yield loading.load(), root / "files"
        transaction.set_rollback(True)


@pytest.fixture
def loaded(loaded_once, db, settings):
    report, settings.MEDIA_ROOT = loaded_once
    return report


def demo_works() -> list:
    return [work for kind in kinds() for work in kind.model.objects.filter(demo=True)]


def numbers_for(audience) -> set[str]:
    return {work.number for kind in kinds() for work in kind.model.objects.visible_to(audience)}


def test_a_public_password_is_not_loaded_in_production(reference, settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(PermissionDenied):
        loading.load()
    assert not User.objects.exists()


def test_a_real_account_of_that_name_is_left_alone(reference):
    User.objects.create_user("vanthu", password="that-la-cua-toi")
    with pytest.raises(PermissionDenied):
        loading.load()
    assert not Organisation.objects.filter(demo=True).exists()


def test_the_commands_speak(reference, capsys):
    call_command("demo", "load")
    call_command("demo", "accounts")
    call_command("demo", "remove")
    said = capsys.readouterr().out
    assert "43 tạo mới" in said and accounts.PASSWORD in said and "Đã gỡ 54 văn bản" in said


def test_the_file_keeps_to_the_published_form():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for record in loading.records():
        errors = [error.message for error in validator.iter_errors(record)]
        assert errors == [], record["id"]


def test_every_document_goes_live_with_a_text(loaded):
    count = len(loading.records())
    assert loaded.counts["created"] == count >= 40
    works = demo_works()
    assert len(works) == count
    assert all(work.live and work.publication_record.mandate.demo for work in works)
    assert Expression.objects.live().count() == count
    assert not WorkIdentity.objects.filter(work_class="").exists(), "a citation leads nowhere"
    assert list(ledger.broken_lines()) == []


def test_each_status_is_there(loaded):
    documents = LegalDocument.objects.filter(demo=True)
    found = Counter(statuses_on(documents.values_list("identity_id", flat=True), DAY).values())
    assert found == {
        "con_hieu_luc": 20,
        "het_hieu_luc_mot_phan": 4,
        "het_hieu_luc_toan_bo": 3,
        "chua_co_hieu_luc": 2,
        "khong_xac_dinh": 1,
        "ngung_hieu_luc": 1,
    }


def test_long_laws_and_an_attached_statute_are_parsed(loaded):
    for number, articles in (("11/2023/QH90", 64), ("24/2024/QH90", 62)):
        text = Expression.objects.get(work__number=number)
        assert text.provisions.filter(kind="dieu").count() == articles
        assert text.notes == []
    eids = set(
        Expression.objects.get(work__number="903/2026/QĐ-UBND").provisions.values_list(
            "eid", flat=True
        )
    )
    assert {"dieu-1", "quy-che.dieu-1", "phu-luc-1", "phu-luc-2"} <= eids


def test_every_document_says_that_it_is_fiction(loaded):
    for record in loading.records():
        assert "văn bản hư cấu dùng để trình diễn" in record["keywords"]
    for work in demo_works():
        assert "văn bản hư cấu dùng để trình diễn" in work.keywords.names()


def test_internal_ones_are_for_their_readers_only(loaded, client):
    assert not INTERNAL & numbers_for(PUBLIC)
    member = access_of(User.objects.get(username="thanhvien")).audience
    assert INTERNAL & numbers_for(member) == {"9120/STC-NS"}
    clerk = access_of(User.objects.get(username="vanthu")).audience
    assert numbers_for(clerk) >= INTERNAL
    for work in demo_works():
        answer = client.get(work.get_absolute_url()).status_code
        assert answer == (404 if work.number in INTERNAL else 200), work


def test_citations_lead_to_the_other_law(loaded, client):
    work = LegalDocument.objects.get(number="24/2024/QH90")
    page = client.get(work.get_absolute_url()).content.decode()
    links = re.findall(r'<a class="citation" href="(/dan-chieu/[^"]*)">([^<]*)</a>', page)
    found = [unescape(href) for href, words in links if words.startswith("Điều 36 của Luật Chợ")]
    answer = client.get(found[0])
    assert answer.headers["Location"] == "/van-ban/nghi-vien-trinh-dien/11-2023-qh90/dieu-36/"


def test_a_second_load_writes_nothing(loaded):
    before = PublicationRecord.objects.count(), Mandate.objects.count(), User.objects.count()
    report = loading.load()
    assert report.counts["unchanged"] == len(loading.records())
    assert report.counts["created"] == report.counts["updated"] == 0
    after = PublicationRecord.objects.count(), Mandate.objects.count(), User.objects.count()
    assert before == after


def test_mandates_have_two_people(loaded):
    for mandate in Mandate.objects.all():
        assert mandate.demo and mandate.is_approved
        assert mandate.proposed_by != mandate.approved_by
        assert mandate.proposed_by.demo and mandate.approved_by.demo


def test_remove_leaves_the_ledger_and_nothing_else(loaded, django_capture_on_commit_callbacks):
    lines = PublicationRecord.objects.count()
    stored = Manifestation.objects.get().file
    with django_capture_on_commit_callbacks(execute=True):
        done = removing.remove()
    assert done.works == len(loading.records())
    assert demo_works() == []
    for model in (WorkIdentity, Expression, Relation, Manifestation, ImportRecord, Signer):
        assert not model.objects.exists(), model
    assert not stored.storage.exists(stored.name)
    assert not Membership.objects.exists()
    assert not Succession.objects.filter(predecessor__demo=True).exists()
    # What a mandate names stays, closed and switched off.
    kept = set(Organisation.objects.filter(demo=True).values_list("pk", flat=True))
    assert kept == set(Mandate.objects.values_list("owner_id", flat=True))
    assert not Organisation.objects.filter(demo=True, valid_to=None).exists()
    users = User.objects.filter(demo=True)
    assert users.count() == done.kept_accounts == 5, "who proposed, approved, took down"
    assert not users.filter(is_active=True).exists()
    assert not any(user.has_usable_password() for user in users)
    assert PublicationRecord.objects.count() == 2 * lines
    assert list(ledger.broken_lines()) == []


def test_it_can_come_back(loaded):
    removing.remove()
    report = loading.load()
    assert report.counts["created"] == len(loading.records())
    assert User.objects.get(username="vanthu").check_password(accounts.PASSWORD)
    assert list(ledger.broken_lines()) == []


def test_a_document_that_a_real_one_cites_stays_as_a_stub(loaded):
    identity = WorkIdentity.objects.get(number="11/2023/QH90")
    real = WorkIdentity.objects.create(number="X", number_key="x", work_class="legal")
    edge = Relation.objects.create(source=real, target=identity, kind="can_cu", stated_by=real)
    removing.remove()
    edge.refresh_from_db()
    identity.refresh_from_db()
    assert identity.is_stub and identity.url == ""


GOOD = {"id": "1", "number": "977/2026/QĐ-UBND"}


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, True),
        ({"issued": "31/12/2026", "in_force": "2027-01-01", "expires": None}, True),
        ({"issued": "hôm qua"}, False),
        ({"number": ""}, False),
        ({"number": "", "subject": "Giờ thả diều"}, True),
        ({"issuers": "Ủy ban nhân dân tỉnh Hoa Ban"}, False),
        ({"keywords": [1]}, False),
        ({"gazette": "Số 2"}, False),
        ({"signers": ["Lò Văn Suối Trong"]}, False),
        ({"audience": "secret"}, False),
        ({"text": {"articles": [{"label": "Điều 1", "heading": "A", "text": "b"}]}}, True),
        ({"text": "Điều 1."}, False),
        ({"relations": [{"kind": "can_cu", "number": "1/2026/NĐ-CPTD"}]}, True),
        ({"relations": [{"kind": "can_cu"}]}, False),
        ({"relations": [{"kind": "thuong", "number": "1"}]}, False),
        ({"files": [{"path": "tep/1.pdf"}]}, True),
        ({"files": [{"path": "../1.pdf"}]}, False),
        ({"files": [{"path": "/etc/1.pdf"}]}, False),
    ],
)
def test_schema_and_importer_judge_alike(change, fits):
    record = {**GOOD, **change}
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert Draft202012Validator(schema).is_valid(record) is fits
    if fits:
        portal_form.build(record)
    else:
        with pytest.raises(Rejected):
            portal_form.build(record)


def test_schema_knows_every_kind_of_relation():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert set(schema["$defs"]["relation"]["properties"]["kind"]["enum"]) == set(RELATION_BY_CODE)
