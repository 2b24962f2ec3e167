"""Checkpoints: when they are signed, by which key, and how witnesses get them."""

from __future__ import annotations

import datetime as dt
import json
import stat
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.utils import timezone

from portal.core import clock
from portal.editorial import checkpoints, signing, witnesses
from portal.editorial.models import Checkpoint, PublicationRecord, SigningKey, WitnessLetter
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


def test_nothing_is_signed_before_the_first_line(at):
    assert checkpoints.sign_when_due() is None
    assert not SigningKey.objects.exists()


def test_every_quarter_of_an_hour_with_new_lines_and_once_a_day(at):
    make.document(at, live=True)
    assert checkpoints.sign_when_due().lines == 1
    assert checkpoints.sign_when_due() is None
    make.document(at, "02/2031/TT-BTN", live=True)
    now = timezone.now()
    with time_machine.travel(now + dt.timedelta(minutes=14), tick=False):
        assert checkpoints.sign_when_due() is None
    with time_machine.travel(now + dt.timedelta(minutes=16), tick=False):
        assert checkpoints.sign_when_due().lines == 2
    with time_machine.travel(now + dt.timedelta(hours=2), tick=False):
        assert checkpoints.sign_when_due() is None
    with time_machine.travel(now + dt.timedelta(hours=25), tick=False):
        assert checkpoints.sign_when_due().lines == 2
    assert list(checkpoints.faults()) == []


def test_a_thousand_lines_are_signed_at_once(at, monkeypatch):
    make.document(at, live=True)
    checkpoints.sign_when_due()
    monkeypatch.setattr(checkpoints, "EVERY_LINES", 1)
    make.document(at, "02/2031/TT-BTN", live=True)
    assert checkpoints.sign_when_due().lines == 2


def test_the_clock_knows_the_job():
    assert "ledger-checkpoints" in {job.name for job in clock.jobs()}


def test_a_broken_chain_is_not_signed(at):
    make.document(at, live=True)
    last = checkpoints.sign(None)
    make.document(at, "02/2031/TT-BTN", live=True)
    make.take_guard_away()
    PublicationRecord.objects.filter(number=2).update(label="Khác")
    assert checkpoints.sign(last) is None
    PublicationRecord.objects.filter(number=1).update(hash="0" * 64)
    assert checkpoints.sign(last) is None


def test_the_key_lies_outside_the_database_for_its_owner_only(at, settings):
    key, _private = signing.current()
    [path] = settings.LEDGER_KEY_DIR.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() not in str(SigningKey.objects.values())
    assert signing.current()[0] == key


def test_a_lost_key_is_an_error_and_not_a_new_key(at, settings):
    signing.current()
    for path in settings.LEDGER_KEY_DIR.iterdir():
        path.unlink()
    with pytest.raises(ImproperlyConfigured):
        signing.current()
    with pytest.raises(ImproperlyConfigured):
        signing.rotate()


def test_a_new_key_is_introduced_by_the_one_before(at):
    make.document(at, live=True)
    checkpoints.sign(None)
    out = StringIO()
    call_command("ledger_key", "rotate", stdout=out)
    first, second = SigningKey.objects.order_by("pk")
    assert second.introduced_by == first.name and second.public in out.getvalue()
    checkpoints.sign(Checkpoint.objects.first())
    assert [row.key for row in Checkpoint.objects.order_by("pk")] == [first.name, second.name]
    assert list(checkpoints.faults()) == []
    make.take_guard_away()
    SigningKey.objects.filter(pk=second.pk).update(signature="00" * 64)
    assert any("khóa" in fault for fault in checkpoints.faults())


@pytest.mark.parametrize("field", ["lines", "hash", "at", "key", "portal", "signature"])
def test_a_changed_checkpoint_is_found(at, field):
    make.document(at, live=True)
    checkpoints.sign(None)
    make.take_guard_away()
    new = {"lines": 0, "at": timezone.now()}.get(field, "0" * 16)
    Checkpoint.objects.update(**{field: new})
    assert any("mốc ký" in fault for fault in checkpoints.faults())


def test_witnesses_get_each_checkpoint_and_failures_are_tried_again(at, settings, monkeypatch):
    settings.LEDGER_WITNESS_EMAILS = ["lam-chung@example.vn"]
    settings.LEDGER_WITNESS_URLS = ["https://lam-chung.example.vn/moc"]
    posted = []

    def refuse(url, text):
        raise OSError("không nối được")

    monkeypatch.setattr(witnesses, "_post", refuse)
    make.document(at, live=True)
    made = checkpoints.sign_when_due()
    [letter] = mail.outbox
    told = json.loads(letter.body)
    assert (told["lines"], told["hash"]) == (made.lines, made.hash)
    key = SigningKey.objects.get()
    assert signing.is_signed(key.public, made.statement(), told.pop("signature"))
    waiting = WitnessLetter.objects.get(sent_at=None)
    assert (waiting.tries, waiting.error) == (1, "không nối được")
    assert witnesses.send_waiting() == 0, "not at once"
    monkeypatch.setattr(witnesses, "_post", lambda url, text: posted.append((url, text)))
    with time_machine.travel(waiting.next_try + dt.timedelta(seconds=1), tick=False):
        assert witnesses.send_waiting() == 1
        assert witnesses.send_waiting() == 0
    assert posted == [("https://lam-chung.example.vn/moc", letter.body)]


def test_checkpoints_and_keys_are_public(at, client):
    make.document(at, live=True)
    made = checkpoints.sign(None)
    body = client.get("/so-cong-bo/moc-ky.json").json()
    [row] = body["checkpoints"]
    assert row["hash"] == made.hash
    signed = row.pop("signature")
    assert signing.is_signed(body["keys"][0]["public"], row, signed)
