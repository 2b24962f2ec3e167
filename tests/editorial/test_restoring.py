"""A draft is made of a revision without a query for each row that hangs on it. All is fiction."""

from __future__ import annotations

import pytest
from taggit.models import Tag

from legal_docs.models import Signer
from tests import factories as make

pytestmark = pytest.mark.django_db


def signed(at):
    work = make.document(at)
    signature = work._meta.get_field("signatures").related_model
    for name in ("Nguyễn Thị Thử", "Lê Văn Mẫu", "Trần Ví Dụ"):
        work.signatures.add(signature(signer=Signer.objects.create(name=name)))
    work.keywords.add("hạt", "mít", "quả")
    work.save_revision(user=at.clerk_a, clean=False)
    return type(work).objects.for_review().get(pk=work.pk)


def test_rows_and_what_they_name_cost_one_query_of_a_kind(django_assert_num_queries):
    work = signed(make.house())
    revision = work.latest_revision
    revision.content_object = work
    with django_assert_num_queries(2):  # signers, tags; the issuer is the row's own
        draft = revision.as_object()
        assert [str(one) for one in draft.signatures.all()] == [
            "Nguyễn Thị Thử",
            "Lê Văn Mẫu",
            "Trần Ví Dụ",
        ]
        assert sorted(map(str, draft.keywords.all())) == ["hạt", "mít", "quả"]
        assert [one.pk for one in draft.issuers.all()] == [work.lead_issuer_id]


def test_a_row_whose_tag_is_gone_is_left_out():
    work = signed(make.house())
    Tag.objects.get(name="mít").delete()
    draft = work.get_latest_revision_as_object()
    assert sorted(map(str, draft.keywords.all())) == ["hạt", "quả"]
    assert draft.signatures.count() == 3


def test_the_draft_of_other_issuers_reads_them():
    at = make.house()
    work = signed(at)
    draft = work.get_latest_revision_as_object()
    draft.issuers.set([at.b])
    draft.save_revision(user=at.clerk_a, clean=False)
    again = type(work).objects.for_review().get(pk=work.pk).get_latest_revision_as_object()
    assert [one.pk for one in again.issuers.all()] == [at.b.pk]
    assert [one.pk for one in type(work).objects.get(pk=work.pk).issuers.all()] == [at.issuer.pk]
