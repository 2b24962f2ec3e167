"""Working copies of pages: copied, merged by field and by block, four eyes kept. All names and texts
are fiction."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from portal.editorial import publishing, working_copies
from portal.editorial.models import publishable_models
from portal.editorial.workflow import reviewing
from portal.organisations.models import AudienceKind
from portal.pages.addresses import COPIES
from portal.pages.models import PortalPage
from tests import factories as make
from tests.pages.copies_at_hand import FORM, body, bring_in, change, draft, fresh, live, said
from tests.pages.test_page_doors import KINDS, REFUSED, draft_of, is_live

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


# --- copying and merging ------------------------------------------------------------------------


@KINDS
def test_a_correction_in_between_and_the_copy_both_stand(at, kind):
    fields = {"form_fields": FORM} if kind == "form_page" else {}
    page = make.publish(draft_of(at, kind, title="Đang đăng", **fields), at)
    copy = change(working_copies.begin(page, at.clerk_a), at.clerk_a, summary="Của bản sao")
    page = make.publish(change(page, at.contributor_a, title="Đính chính"), at)
    assert not working_copies.merge(copy).conflicts
    page = bring_in(copy, at.clerk_a)
    assert (draft(page).title, draft(page).summary) == ("Đính chính", "Của bản sao")
    assert fresh(page).summary != "Của bản sao", "nothing is live before it was reviewed"
    page = make.publish(fresh(page), at)
    assert page.live and page.summary == "Của bản sao"
    assert page.live_hash() == page.publication_record.content_hash
    assert page.slug == fresh(page).slug and not page.url_path.startswith(f"/{COPIES}/")


def test_blocks_of_both_sides_come_together(at):
    page = live(at)
    copy = working_copies.begin(page, at.clerk_a)
    copy = change(copy, at.clerk_a, body=body("a: Một", "b: Hai mới", "n: Thêm", "c: Ba"))
    page = make.publish(change(page, at.clerk_a, body=body("x: Đầu", "a: Một sửa", "b: Hai")), at)
    assert not working_copies.merge(copy).conflicts
    assert said(draft(bring_in(copy, at.clerk_a))) == ["Đầu", "Một sửa", "Hai mới", "Thêm"]


def test_conflicts_are_named_by_field_and_block_and_each_is_chosen(at):
    page = live(at, summary="Trước")
    copy = working_copies.begin(page, at.clerk_a)
    copy = change(copy, at.clerk_a, summary="Của sao", body=body("a: Sao", "b: Hai", "c: Ba sao"))
    change(page, at.clerk_a, summary="Của đăng", body=body("a: Đăng", "b: Hai"))
    result = working_copies.merge(copy)
    assert {one.place for one in result.conflicts} == {"fields:summary", "body:a", "body:c"}
    with pytest.raises(ValidationError), transaction.atomic():
        working_copies.bring_in(copy, at.clerk_a, {"body:a": "mine"}, result.seen)
    choices = {"fields:summary": "theirs", "body:a": "mine", "body:c": "mine"}
    page = bring_in(copy, at.clerk_a, **choices)
    assert draft(page).summary == "Của đăng"
    assert said(draft(page)) == ["Sao", "Hai", "Ba sao"]


def test_blocks_moved_on_both_sides_are_one_decision(at):
    page = live(at)
    copy = working_copies.begin(page, at.clerk_a)
    copy = change(copy, at.clerk_a, body=body("c: Ba", "a: Một", "b: Hai"))
    change(page, at.clerk_a, body=body("b: Hai", "a: Một", "c: Ba"))
    (one,) = working_copies.merge(copy).conflicts
    page = bring_in(copy, at.clerk_a, **{one.place: "mine"})
    assert said(draft(page)) == ["Ba", "Một", "Hai"]


def test_blocks_that_got_new_ids_are_the_same_blocks(at):
    """An import or a tool that writes the body anew gives every block another id."""
    page = live(at)
    copy = working_copies.begin(page, at.clerk_a)
    copy = change(copy, at.clerk_a, body=body("a: Một mới", "b: Hai", "c: Ba"))
    change(page, at.clerk_a, body=body("k: Một", "l: Hai", "m: Ba", "n: Bốn"))
    assert not working_copies.merge(copy).conflicts
    assert said(draft(bring_in(copy, at.clerk_a))) == ["Một mới", "Hai", "Ba", "Bốn"]


def test_nothing_changed_in_the_copy_changes_nothing(at):
    page = live(at)
    copy = working_copies.begin(page, at.clerk_a)
    page = bring_in(copy, at.clerk_a)
    assert draft(page).approval_hash() == fresh(page).live_hash()


def test_topics_and_related_items_are_fields_like_others(at):
    other = make.news(at, "Vỏ quýt", live=True)
    item = make.news(at, topics=["mùa vụ"], live=True)
    copy = working_copies.begin(item, at.clerk_a)
    assert [tag.name for tag in copy.topics.all()] == ["mùa vụ"]
    mine = copy.get_latest_revision_as_object()
    mine.topics.add("xuất khẩu")
    mine.related.set([other])
    mine.save_revision(user=at.clerk_a, clean=False)
    theirs = draft(item)
    theirs.topics.set(["mùa vụ", "giá cả"])
    theirs.save_revision(user=at.clerk_a, clean=False)
    (one,) = working_copies.merge(copy).conflicts
    assert one.place == "fields:topics"
    item = bring_in(fresh(copy), at.clerk_a, **{one.place: "mine"})
    assert {tag.name for tag in draft(item).topics.all()} == {"mùa vụ", "xuất khẩu"}
    assert list(draft(item).related.all()) == [other]
    assert {tag.name for tag in fresh(item).topics.all()} == {"mùa vụ"}, "live is as it was"


def test_who_may_read_is_one_decision(at):
    page = live(at)
    copy = change(working_copies.begin(page, at.clerk_a), at.clerk_a, audience_units=[at.b])
    make.publish(change(page, at.clerk_a, audience=AudienceKind.UNITS), at)
    assert [one.place for one in working_copies.merge(copy).conflicts] == ["fields:audience"]


def test_a_copy_begins_with_all_that_is_live_and_nothing_of_the_draft(at):
    other = make.news(at, "Vỏ quýt", live=True)
    item = make.news(at, topics=["mùa vụ"], units=[at.b], audience=AudienceKind.CHOSEN)
    draft_of_it = draft(item)
    draft_of_it.related.set([other])
    draft_of_it.save_revision(user=at.clerk_a, clean=False)
    item = make.publish(fresh(item), at)
    change(item, at.clerk_a, summary="Chỉ ở bản nháp")
    copy = working_copies.begin(fresh(item), at.clerk_a)
    assert (list(copy.audience_units.all()), list(copy.related.all())) == ([at.b], [other])
    assert copy.owning_unit == at.a and copy.audience == AudienceKind.CHOSEN
    for page in (fresh(copy), draft(copy)):
        assert page.summary == item.summary
        assert (page.live, page.publication_record, page.live_revision) == (False, None, None)
    said_by = [
        {k: v for k, v in one.frozen_content().items() if k != "slug"}
        for one in (item, draft(copy))
    ]
    assert said_by[0] == said_by[1]


def test_every_row_that_hangs_on_a_page_is_merged_or_derived():
    """A kind that gets rows of its own (an InlinePanel) must say how they are merged."""
    derived = {"wagtail_admin_comments", "mentions", "tagged_topics"}
    for model in publishable_models():
        if issubclass(model, PortalPage):
            names = {one.get_accessor_name() for one in get_all_child_relations(model)}
            assert names <= derived, model


def test_two_copies_are_brought_in_one_after_the_other(at):
    page = live(at)
    first = working_copies.begin(page, at.clerk_a)
    second = working_copies.begin(page, at.contributor_a)
    assert first.slug != second.slug
    first = change(first, at.clerk_a, body=body("a: Thứ nhất", "b: Hai", "c: Ba"))
    second = change(
        second, at.contributor_a, body=body("a: Thứ hai", "b: Hai", "c: Ba"), summary="Từ hai"
    )
    bring_in(first, at.clerk_a)
    (one,) = working_copies.merge(second).conflicts
    assert one.place == "body:a"
    page = bring_in(second, at.contributor_a, **{one.place: "theirs"})
    assert said(draft(page))[0] == "Thứ nhất" and draft(page).summary == "Từ hai"
    wrote = publishing.authors_since_live(fresh(page))
    assert wrote >= {at.clerk_a.pk, at.contributor_a.pk}


# --- rights and states --------------------------------------------------------------------------


def test_who_wrote_in_the_copy_approves_nothing_of_it(at):
    page = live(at)
    copy = change(working_copies.begin(page, at.clerk_a), at.head_a, summary="Lãnh đạo viết")
    page = bring_in(copy, at.clerk_a)
    seen = draft(page).approval_hash()
    with pytest.raises(PermissionDenied):
        publishing.approve(fresh(page), at.head_a, seen)
    assert publishing.approve(fresh(page), at.deputy_a, seen)


def test_strangers_drafts_copies_and_stale_pages_are_refused(at):
    page = live(at)
    for original, who in (
        (page, at.clerk_b),
        (page, at.superuser),
        (make.page(at, "N"), at.clerk_a),
    ):
        with pytest.raises(PermissionDenied):
            working_copies.begin(original, who)
    copy = working_copies.begin(page, at.clerk_a)
    with pytest.raises(PermissionDenied):
        working_copies.begin(copy, at.clerk_a)
    seen = working_copies.merge(copy).seen
    change(page, at.clerk_a, summary="Sau khi mở trang")
    with pytest.raises(ValidationError), transaction.atomic():
        working_copies.bring_in(copy, at.clerk_a, {}, seen)
    bring_in(copy, at.clerk_a)
    with pytest.raises(PermissionDenied), transaction.atomic():
        bring_in(copy, at.clerk_a)
    assert fresh(copy).get_lock().for_user(at.clerk_a), "what was brought in changes no more"


def test_an_original_under_review_is_left_alone(at):
    page = live(at)
    copy = change(working_copies.begin(page, at.clerk_a), at.clerk_a, summary="Sao")
    page = change(page, at.clerk_a, title="Đang duyệt")
    reviewing.submit(page, at.clerk_a, public_note="Sửa")
    with pytest.raises(PermissionDenied), transaction.atomic():
        bring_in(copy, at.clerk_a)
    assert draft(page).summary != "Sao"


def test_the_original_is_withdrawn_while_a_copy_stands(at):
    page = live(at)
    copy = change(working_copies.begin(page, at.clerk_a), at.clerk_a, summary="Sao")
    page = make.withdraw(page, at)
    assert not is_live(copy)
    page = bring_in(copy, at.clerk_a)
    assert not is_live(page) and draft(page).summary == "Sao"
    assert is_live(make.publish(fresh(page), at)), "an approval of its own brings it back"


def test_an_original_is_not_deleted_and_moves_without_its_copies(at):
    section = make.section(at, live=True)
    page = live(at)
    copy = working_copies.begin(page, at.clerk_a)
    for delete in (fresh(page).delete, Page.objects.filter(pk=page.pk).delete):
        with pytest.raises(REFUSED), transaction.atomic():
            delete()
    fresh(page).move(section, pos="last-child")
    page = bring_in(copy, at.clerk_a)
    assert fresh(page).get_parent().pk == section.pk
    assert fresh(copy).get_parent().slug == COPIES


def test_a_copy_of_a_section_leaves_the_pages_under_it(at):
    section = make.section(at, live=True)
    under = make.page(at, "Trang con", parent=section, live=True)
    copy = working_copies.begin(fresh(section), at.clerk_a)
    assert copy.is_leaf() and is_live(under)
    assert not copy.permissions_for_user(at.clerk_a).can_add_subpage()
    change(copy, at.clerk_a, summary="Chuyên mục mới")
    bring_in(copy, at.clerk_a)
    assert [one.pk for one in fresh(section).get_children()] == [under.pk]


def test_the_home_page_has_copies_too(at):
    home = make.home()
    home.unit = at.a
    home.save()
    home = make.publish(change(home, at.clerk_a, unit=at.a), at)
    copy = change(working_copies.begin(home, at.clerk_a), at.clerk_a, heading="Đang soạn")
    assert copy.pk != home.pk
    home = bring_in(copy, at.clerk_a)
    assert draft(home).heading == "Đang soạn" and fresh(home).live
