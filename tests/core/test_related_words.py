"""The words of related rows are what ``str`` says of each, from one query. All is fiction."""

from __future__ import annotations

import pytest

from legal_docs.models import Field, Signer
from portal.core.related_words import related_words
from tests import factories as make

pytestmark = pytest.mark.django_db
WORKS = ("issuers", "fields", "signatures", "keywords", "audience_units")


def full_work(kind: str):
    at = make.house()
    work = getattr(make, kind)(at)
    signature = work._meta.get_field("signatures").related_model
    for number, name in enumerate(("Nguyễn Thị Thử", "Lê Văn Mẫu")):
        signer = Signer.objects.create(name=name)
        work.signatures.add(signature(signer=signer, title="Trưởng phòng" * number))
    for name, order in (("Quả khô", 2), ("Ăn chay", 1)):
        work.fields.add(Field.objects.create(name=name, slug=str(order), order=order))
    work.keywords.add("mít", "hạt")
    work.audience_units.add(at.b, at.a)
    work.issuers.add(at.b)
    work.save()
    return type(work).objects.get(pk=work.pk)


@pytest.mark.parametrize("kind", ["document", "directive"])
def test_they_are_what_str_says(kind, django_assert_num_queries):
    work = full_work(kind)
    names = WORKS if kind == "document" else (*WORKS, "recipients")
    with django_assert_num_queries(1):
        words = related_words(work, *names)
    assert words == {name: [str(one) for one in getattr(work, name).all()] for name in names}
    assert words["signatures"] == ["Nguyễn Thị Thử", "Lê Văn Mẫu (Trưởng phòng)"]
    assert words["fields"] == ["Ăn chay", "Quả khô"]


def test_pages_say_theirs(django_assert_num_queries):
    at = make.house()
    other = make.news(at, "Vỏ quýt")
    item = make.news(at, topics=["mùa vụ"], units=[at.b])
    item.related.add(other)
    item.save()
    item = type(item).objects.get(pk=item.pk)
    with django_assert_num_queries(1):
        words = related_words(item, "audience_units", "topics", "related")
    assert words == {
        "audience_units": ["Sở Vỏ Quýt"],
        "topics": ["mùa vụ"],
        "related": ["Vỏ quýt"],
    }


def test_a_draft_has_them_in_memory(django_assert_num_queries):
    at = make.house()
    work = make.document(at).get_latest_revision_as_object()
    work.keywords.add("chưa lưu")
    with django_assert_num_queries(0):
        assert related_words(work, "keywords", "issuers") == {
            "keywords": ["chưa lưu"],
            "issuers": ["Bộ Thử nghiệm"],
        }


def test_nothing_related_is_an_empty_list():
    work = make.document(make.house())
    row = type(work).objects.get(pk=work.pk)
    assert related_words(row, "fields", "signatures") == {"fields": [], "signatures": []}
    assert related_words(row) == {}
