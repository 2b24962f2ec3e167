"""The index against the database: not only what is there, but what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from legal_docs.models import LegalDocument, Provision
from search.engine import engine, page_engine
from search.engines.records import digest_of
from search.indexing import keeping, outbox
from search.indexing.pages import all_page_records
from search.indexing.records import all_records
from search.models import IndexEvent
from search.second_stage import forward
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def works(at):
    found = [make.document(at, f"{n}/2031/TT-BTN", live=True) for n in range(1, 6)]
    make.directive(at, live=True)
    make.news(at, "Rơm vào mùa", live=True)
    outbox.drain()
    assert not keeping.drift()
    return found


def test_a_document_whose_change_nobody_told_of_is_found_and_mended(works, capsys):
    one, two, three = works[:3]
    LegalDocument.objects.filter(pk=one.pk).update(subject="Đổi mà không báo")
    Provision.objects.filter(expression__work=two.identity_id).update(text="Điều đã khác.")
    LegalDocument.objects.filter(pk=three.pk).update(in_force=None)
    assert not IndexEvent.objects.exists()
    found = keeping.drift()
    assert found.changed == {("legal", one.pk), ("legal", two.pk), ("legal", three.pk)}
    assert not found.missing and not found.stale
    assert not keeping.drift(contents=False)
    with pytest.raises(CommandError):
        call_command("search_check")
    assert "khác 3" in capsys.readouterr().out
    call_command("search_check", heal=True)
    assert not keeping.drift()


def test_the_forward_index_is_compared_by_content_too(works):
    one = works[0]
    record = next(found for found in all_records() if found.id == one.pk)
    forward().update([replace(record, title="Chỉ ở đây mà khác")])
    forward().update([])  # a merge of its segments carries the digest along
    assert engine().digests()[("legal", one.pk)] == digest_of(record)
    assert keeping.drift().changed == {("legal", one.pk)}
    assert keeping.heal() == 1
    outbox.drain()
    assert not keeping.drift()


def test_what_is_gone_and_what_is_missing_is_told_apart(works):
    engine().delete([("legal", works[0].pk)])
    engine().index([next(iter(all_records())).__class__(kind="legal", id=999, title="Lạ",
                                                        visible_to=("public",))])  # fmt: skip
    found = keeping.drift()
    assert found.missing == {("legal", works[0].pk)} and found.stale == {("legal", 999)}
    assert not found.changed
    assert keeping.heal(found) == 2
    outbox.drain()
    assert not keeping.drift()


def test_both_indexes_say_what_they_have(works):
    for of, records in ((engine(), all_records()), (page_engine(), all_page_records())):
        assert of.digests() == {(one.kind, one.id): digest_of(one) for one in records}


def test_twenty_documents_more_take_no_query_more(works, at):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            keeping.drift()
        return len(captured)

    few = queries()
    for number in range(20, 40):
        make.document(at, f"{number}/2031/TT-BTN", live=True)
    outbox.drain()
    assert queries() <= few
