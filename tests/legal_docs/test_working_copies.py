"""Working copies: outside lists and identities, merged by field and provision, four eyes kept."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from legal_docs import copying, expressions, identities
from legal_docs.models import Expression, Provision
from legal_docs.structure import blocks_from_text
from portal.editorial import publishing
from portal.editorial.owned_rows import listed, rows_of
from portal.editorial.workflow import reviewing
from tests import factories as make

pytestmark = pytest.mark.django_db
KINDS = pytest.mark.parametrize("kind", ["document", "directive"])


def text(**changed) -> str:
    said = {f"d{n}": f"Nội dung điều {n}." for n in range(1, 5)} | changed
    return "\n".join(f"Điều {n}. Tên {n}\n{said[f'd{n}']}" for n in range(1, 5) if said[f"d{n}"])


@pytest.fixture
def at():
    return make.house()


def live(at, kind="document"):
    return getattr(make, kind)(at, live=True, text=text())


def change(work, user, new: str = "", **fields):
    if new:
        expressions.replace_draft(work, blocks_from_text(new))
    draft = work.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=user, clean=False)
    return type(work).objects.get(pk=work.pk)


def waiting(work) -> dict[str, str]:
    rows = Expression.objects.filter(work=work.identity_id, state="nhap")
    return dict(Provision.objects.filter(expression__in=rows).values_list("eid", "text"))


def bring_in(copy, user, **choices):
    seen = copying.merge(copy, choices).seen
    return copying.bring_in(copy, user, choices, seen)


@KINDS
def test_a_correction_in_between_and_the_copy_both_stand(at, kind):
    work = live(at, kind)
    copy = change(copying.begin(work, at.clerk_a), at.clerk_a, text(d3="Từ bản làm việc."))
    work = make.publish(change(work, at.contributor_a, text(d1="Đính chính."), subject="Mới"), at)
    assert not copying.merge(copy).conflicts
    work = bring_in(copy, at.clerk_a)
    found = waiting(work)
    assert "Đính chính." in found["dieu-1"] and "Từ bản làm việc." in found["dieu-3"]
    assert work.get_latest_revision_as_object().subject == "Mới"
    work = make.publish(type(work).objects.get(pk=work.pk), at)
    assert work.live and work.live_hash() == work.publication_record.content_hash


def test_provisions_and_fields_in_conflict_are_named_and_chosen(at):
    work = live(at)
    copy = copying.begin(work, at.clerk_a)
    copy = change(copy, at.clerk_a, text(d2="Của bản sao."), subject="Của bản sao")
    make.publish(change(work, at.clerk_a, text(d2="Của bản đăng."), subject="Của bản đăng"), at)
    result = copying.merge(copy)
    places = {one.place.rpartition(":")[2] for one in result.conflicts}
    assert places == {"subject", "dieu-2"}
    with pytest.raises(ValidationError), transaction.atomic():
        copying.bring_in(copy, at.clerk_a, {}, result.seen)
    choices = {one.place: "mine" for one in result.conflicts}
    work = bring_in(copy, at.clerk_a, **choices)
    assert "Của bản sao." in waiting(work)["dieu-2"]
    assert work.get_latest_revision_as_object().subject == "Của bản sao"


def test_who_wrote_in_the_copy_approves_nothing_of_it(at):
    work = live(at)
    copy = change(copying.begin(work, at.clerk_a), at.head_a, subject="Lãnh đạo viết")
    work = bring_in(copy, at.clerk_a)
    seen = work.get_latest_revision_as_object().approval_hash()
    with pytest.raises(PermissionDenied):
        publishing.approve(work, at.head_a, seen)
    assert publishing.approve(work, at.deputy_a, seen)


def test_a_copy_goes_live_by_no_way(at):
    copy = change(copying.begin(live(at), at.clerk_a), at.clerk_a, subject="Khác")
    with pytest.raises(PermissionDenied):
        reviewing.submit(copy, at.clerk_a)
    seen = copy.get_latest_revision_as_object().approval_hash()
    with pytest.raises(PermissionDenied), transaction.atomic():
        publishing.publish(copy, publishing.approve(copy, at.head_a, seen), by=at.head_a)
    with pytest.raises(DatabaseError), transaction.atomic():
        type(copy).objects.filter(pk=copy.pk).update(live=True)


def test_a_copy_stands_outside_lists_and_identities(at):
    work = live(at)
    copy = change(copying.begin(work, at.clerk_a), at.clerk_a, subject="Khác")
    assert copy.identity.path is None and not copy.number_key and not copy.search_key
    assert not identities.same_documents(work) and not identities.same_documents(copy)
    assert copy not in listed(rows_of(type(work), at.clerk_a))
    work.refresh_from_db()
    assert work.identity.path and work.live


def test_strangers_and_stale_pages_are_refused(at):
    work = live(at)
    with pytest.raises(PermissionDenied):
        copying.begin(work, at.clerk_b)
    copy = copying.begin(work, at.clerk_a)
    seen = copying.merge(copy).seen
    change(copy, at.clerk_a, subject="Sau khi mở trang")
    with pytest.raises(ValidationError), transaction.atomic():
        copying.bring_in(copy, at.clerk_a, {}, seen)
    bring_in(copy, at.clerk_a)
    with pytest.raises(PermissionDenied), transaction.atomic():
        bring_in(copy, at.clerk_a)
