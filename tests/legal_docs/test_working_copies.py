"""Working copies: outside lists and identities, merged by field and provision, four eyes kept."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from legal_docs import expressions, identities
from legal_docs.models import Expression, Provision, Relation
from legal_docs.structure import blocks_from_text
from portal.editorial import publishing, working_copies
from portal.editorial.models import WorkingCopy
from portal.editorial.owned_rows import listed, rows_of
from portal.editorial.workflow import reviewing
from portal.organisations.models import AudienceKind
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
    seen = working_copies.merge(copy, choices).seen
    return working_copies.bring_in(copy, user, choices, seen)


@KINDS
def test_a_correction_in_between_and_the_copy_both_stand(at, kind):
    work = live(at, kind)
    copy = change(working_copies.begin(work, at.clerk_a), at.clerk_a, text(d3="Từ bản làm việc."))
    work = make.publish(change(work, at.contributor_a, text(d1="Đính chính."), subject="Mới"), at)
    assert not working_copies.merge(copy).conflicts
    work = bring_in(copy, at.clerk_a)
    found = waiting(work)
    assert "Đính chính." in found["dieu-1"] and "Từ bản làm việc." in found["dieu-3"]
    assert work.get_latest_revision_as_object().subject == "Mới"
    work = make.publish(type(work).objects.get(pk=work.pk), at)
    assert work.live and work.live_hash() == work.publication_record.content_hash


def test_provisions_and_fields_in_conflict_are_named_and_chosen(at):
    work = live(at)
    copy = working_copies.begin(work, at.clerk_a)
    copy = change(copy, at.clerk_a, text(d2="Của bản sao."), subject="Của bản sao")
    make.publish(change(work, at.clerk_a, text(d2="Của bản đăng."), subject="Của bản đăng"), at)
    result = working_copies.merge(copy)
    places = {one.place.rpartition(":")[2] for one in result.conflicts}
    assert places == {"subject", "dieu-2"}
    with pytest.raises(ValidationError), transaction.atomic():
        working_copies.bring_in(copy, at.clerk_a, {}, result.seen)
    choices = {one.place: "mine" for one in result.conflicts}
    work = bring_in(copy, at.clerk_a, **choices)
    assert "Của bản sao." in waiting(work)["dieu-2"]
    assert work.get_latest_revision_as_object().subject == "Của bản sao"


def test_who_wrote_in_the_copy_approves_nothing_of_it(at):
    work = live(at)
    copy = change(working_copies.begin(work, at.clerk_a), at.head_a, subject="Lãnh đạo viết")
    work = bring_in(copy, at.clerk_a)
    seen = work.get_latest_revision_as_object().approval_hash()
    with pytest.raises(PermissionDenied):
        publishing.approve(work, at.head_a, seen)
    assert publishing.approve(work, at.deputy_a, seen)


def test_a_copy_goes_live_by_no_way(at):
    copy = change(working_copies.begin(live(at), at.clerk_a), at.clerk_a, subject="Khác")
    with pytest.raises(PermissionDenied):
        reviewing.submit(copy, at.clerk_a)
    seen = copy.get_latest_revision_as_object().approval_hash()
    with pytest.raises(PermissionDenied), transaction.atomic():
        publishing.publish(copy, publishing.approve(copy, at.head_a, seen), by=at.head_a)
    with pytest.raises(DatabaseError), transaction.atomic():
        type(copy).objects.filter(pk=copy.pk).update(live=True)


def test_a_copy_stands_outside_lists_and_identities(at):
    work = live(at)
    copy = change(working_copies.begin(work, at.clerk_a), at.clerk_a, subject="Khác")
    assert copy.identity.path is None and not copy.number_key and not copy.search_key
    assert not identities.same_documents(work) and not identities.same_documents(copy)
    assert copy not in listed(rows_of(type(work), at.clerk_a))
    work.refresh_from_db()
    assert work.identity.path and work.live


def test_strangers_and_stale_pages_are_refused(at):
    work = live(at)
    with pytest.raises(PermissionDenied):
        working_copies.begin(work, at.clerk_b)
    copy = working_copies.begin(work, at.clerk_a)
    seen = working_copies.merge(copy).seen
    change(copy, at.clerk_a, subject="Sau khi mở trang")
    with pytest.raises(ValidationError), transaction.atomic():
        working_copies.bring_in(copy, at.clerk_a, {}, seen)
    bring_in(copy, at.clerk_a)
    with pytest.raises(PermissionDenied), transaction.atomic():
        bring_in(copy, at.clerk_a)


def test_who_may_read_is_one_decision(at):
    """A correction that hides a document is not undone by a copy that names other units."""
    work = live(at)
    copy = change(working_copies.begin(work, at.clerk_a), at.clerk_a, audience_units=[at.b])
    make.publish(change(work, at.clerk_a, audience=AudienceKind.UNITS), at)
    result = working_copies.merge(copy)
    assert [one.place for one in result.conflicts] == ["fields:audience"]
    assert result.fields["audience"] == AudienceKind.UNITS


def test_a_provision_taken_away_on_one_side_and_changed_on_the_other(at):
    work = live(at)
    copy = change(working_copies.begin(work, at.clerk_a), at.clerk_a, text(d4=""))
    make.publish(change(work, at.clerk_a, text(d4="Đính chính điều 4.")), at)
    result = working_copies.merge(copy)
    (one,) = result.conflicts
    assert one.place.endswith("dieu-4") and one.mine is None
    work = bring_in(copy, at.clerk_a, **{one.place: "mine"})
    assert set(waiting(work)) == {"dieu-1", "dieu-2", "dieu-3"}


def test_the_merged_text_reads_as_if_it_had_been_typed(at):
    """Provisions and hash of a merge are those of the same words read in at once."""
    work = live(at)
    copy = change(working_copies.begin(work, at.clerk_a), at.clerk_a, text(d3="Một hai ba."))
    make.publish(change(work, at.clerk_a, text(d1="Bốn năm.")), at)
    work = bring_in(copy, at.clerk_a)
    merged = Expression.objects.get(work=work.identity_id, state="nhap")
    rows = list(merged.provisions.order_by("order").values("eid", "label", "text", "start", "end"))
    same = expressions.replace_draft(work, blocks_from_text(text(d1="Bốn năm.", d3="Một hai ba.")))
    assert same is None, "the same words are the text that waits already"
    for row in rows:
        fragment = merged.html[row["start"] : row["end"]]
        assert fragment.startswith("<") and f'id="{row["eid"]}"' in fragment


def related(at, **dates):
    """A live document that states a relation, and its working copy."""
    work, other = make.document(at), make.document(at, "07/2031/TT-BTN", live=True)
    make.relate(work, "sua_doi_bo_sung", other, effective=dt.date(2031, 5, 1))
    work = make.publish(work, at)
    return work, working_copies.begin(work, at.clerk_a), other


def edges(work, rows="draft") -> list[dt.date]:
    found = getattr(Relation.objects.filter(stated_by=work.identity_id), rows)()
    return [row.effective for row in found]


def test_another_date_of_a_live_relation_comes_with_the_copy(at):
    work, copy, _other = related(at)
    Relation.objects.filter(stated_by=copy.identity_id).update(effective=dt.date(2031, 6, 1))
    copy = change(copy, at.clerk_a)
    work = bring_in(copy, at.clerk_a)
    assert edges(work) == [dt.date(2031, 6, 1)] and edges(work, "live") == [dt.date(2031, 5, 1)]
    work = make.publish(type(work).objects.get(pk=work.pk), at)
    assert edges(work, "live") == [dt.date(2031, 6, 1)]


def test_a_relation_removed_on_one_side_and_changed_on_the_other(at, client):
    work, copy, other = related(at)
    Relation.objects.filter(stated_by=work.identity_id).update(drop=True)
    change(work, at.clerk_a)
    Relation.objects.filter(stated_by=copy.identity_id).update(until=dt.date(2032, 1, 1))
    copy = change(copy, at.clerk_a)
    (one,) = working_copies.merge(copy).conflicts
    client.force_login(at.clerk_a)
    body = client.get(page(copy)).content.decode()
    assert other.number in body and "01/05/2031" in body, "said in words, not in numbers of rows"
    work = bring_in(copy, at.clerk_a, **{one.place: "mine"})
    assert edges(work) == [dt.date(2031, 5, 1)]
    make.publish(type(work).objects.get(pk=work.pk), at)
    assert edges(work, "live") == [dt.date(2031, 5, 1)]


def test_what_was_removed_once_may_be_stated_again(at):
    work, _copy, other = related(at)
    Relation.objects.filter(stated_by=work.identity_id).update(drop=True)
    work = make.publish(change(work, at.clerk_a), at)
    assert edges(work, "live") == []
    for day in (dt.date(2031, 7, 1), None):
        if day:
            make.relate(work, "sua_doi_bo_sung", other, effective=day)
        else:
            with pytest.raises(DatabaseError), transaction.atomic():
                make.relate(work, "sua_doi_bo_sung", other)
    work = make.publish(change(work, at.clerk_a), at)
    assert edges(work, "live") == [dt.date(2031, 7, 1)]


# --- in the admin -------------------------------------------------------------------------------


def page(work, view="copies"):
    return reverse(f"wagtailsnippets_legal_docs_legaldocument:{view}", args=[work.pk])


def test_an_editor_begins_changes_and_brings_in(at, client):
    work = live(at)
    client.force_login(at.clerk_a)
    assert "Bắt đầu" in client.get(page(work)).content.decode()
    client.post(page(work))
    copy = work.working_copies.get()
    change(copy, at.clerk_a, text(d2="Của bản sao."), subject="Của bản sao")
    make.publish(change(work, at.clerk_a, text(d2="Của bản đăng."), subject="Của bản đăng"), at)
    body = client.get(page(copy)).content.decode()
    said = re.sub(r"</?(del|ins)>", "", body)
    assert "Điều 2" in said and "Của bản sao." in said and "Của bản đăng." in said
    assert body.count('value="mine"') == 2
    form = {"seen": working_copies.merge(copy).seen}
    assert client.post(page(copy), form).status_code == 200, "not all was chosen"
    assert not WorkingCopy.objects.get(copy_id=copy.pk).merged_at
    form |= {f"choice:{one.place}": "mine" for one in working_copies.merge(copy).conflicts}
    answer = client.post(page(copy), form)
    assert answer.status_code == 302 and "/duyet/" in answer["Location"]
    assert "Của bản sao." in waiting(work)["dieu-2"]
    copy.refresh_from_db()
    assert copy.get_lock().for_user(at.clerk_a)
    assert 'name="seen"' not in client.get(page(copy)).content.decode()


def test_a_copy_has_no_page_of_review_and_no_button_for_it(at, client):
    copy = working_copies.begin(live(at), at.clerk_a)
    client.force_login(at.clerk_a)
    for name in ("review", "submit", "share"):
        url = reverse(name, args=["legal_docs.legaldocument", copy.pk])
        assert client.get(url).status_code == 404
    body = client.get(page(copy, "edit")).content.decode()
    assert "action-submit" not in body and f"../../copies/{copy.pk}/" in body


def test_other_units_and_readers_do_not_meet_it(at, client):
    work = live(at)
    copy = change(
        working_copies.begin(work, at.clerk_a), at.clerk_a, subject="Chỉ có trong bản sao"
    )
    client.force_login(at.clerk_b)
    assert client.get(page(copy)).status_code == 404
    assert client.post(page(work)).status_code == 404
    client.force_login(at.clerk_a)
    listing = reverse("wagtailsnippets_legal_docs_legaldocument:list")
    assert "bản làm việc" not in client.get(listing).content.decode().lower()
    client.logout()
    assert "Chỉ có trong bản sao" not in client.get(work.get_absolute_url()).content.decode()


def test_a_copy_is_thrown_away_and_leaves_the_original(at, client):
    work = live(at)
    copy = working_copies.begin(work, at.clerk_a)
    client.force_login(at.clerk_a)
    client.post(page(copy, "delete"))
    assert not work.working_copies.exists()
    work.refresh_from_db()
    assert work.live and work.live_hash() == work.publication_record.content_hash
    assert client.get(page(work)).status_code == 200
