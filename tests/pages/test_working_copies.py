"""Working copies of pages: by field and by block, outside everything that readers and lists show,
four eyes kept. All names and texts are fiction."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from portal.editorial import publishing, working_copies
from portal.editorial.models import WorkingCopy, publishable_models
from portal.editorial.workflow import reviewing
from portal.organisations.models import AudienceKind
from portal.pages import languages
from portal.pages.addresses import COPIES
from portal.pages.models import PortalPage, StandardPage
from tests import factories as make
from tests.pages.test_page_doors import DOORS, KINDS, REFUSED, draft_of, is_live, post_everywhere

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


def body(*texts: str) -> str:
    """Paragraphs, each with an id of its own letter: “a: lời” is block “a”."""
    rows = [text.partition(": ")[::2] for text in texts]
    return json.dumps(
        [{"type": "text", "value": f"<p>{said}</p>", "id": key} for key, said in rows]
    )


def said(page) -> list[str]:
    return [str(block.value).replace("<p>", "").replace("</p>", "") for block in page.body]


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def change(page, user, **fields):
    draft = fresh(page).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=user, clean=False)
    return fresh(page)


def live(at, *texts: str, **fields):
    return make.page(at, live=True, body=body(*texts or ("a: Một", "b: Hai", "c: Ba")), **fields)


def bring_in(copy, user, **choices):
    seen = working_copies.merge(copy, choices).seen
    return working_copies.bring_in(copy, user, choices, seen)


def draft(page):
    return fresh(page).get_latest_revision_as_object()


FORM = json.dumps(
    [
        {
            "type": "field",
            "value": {"help": "", "kind": "line", "label": "Tên", "needed": True, "choices": ""},
        }
    ]
)


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


# --- doors --------------------------------------------------------------------------------------


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_copy_goes_live_by_no_door(at, door):
    copy = working_copies.begin(live(at), at.clerk_a)
    with pytest.raises(REFUSED), transaction.atomic():
        door(fresh(copy), at)
    assert not is_live(copy)


def test_a_copy_takes_no_way_of_ours_either(at):
    copy = change(working_copies.begin(live(at), at.clerk_a), at.clerk_a, summary="Khác")
    with pytest.raises(PermissionDenied):
        reviewing.submit(copy, at.clerk_a)
    seen = draft(copy).approval_hash()
    with pytest.raises(PermissionDenied), transaction.atomic():
        publishing.publish(copy, publishing.approve(copy, at.head_a, seen), by=at.head_a)
    record = fresh(copy).working_copy_of.publication_record
    with pytest.raises(DatabaseError), transaction.atomic():
        type(copy).objects.filter(pk=copy.pk).update(publication_record=record)
    assert not is_live(copy)


def test_the_clock_publishes_no_copy(at):
    copy = working_copies.begin(live(at), at.clerk_a)
    past = timezone.now() - dt.timedelta(hours=1)
    copy.go_live_at = past
    copy.save_revision(user=at.clerk_a, approved_go_live_at=past, clean=False)
    try:
        with transaction.atomic():
            call_command("publish_scheduled", verbosity=0)
    except PermissionDenied:
        pass
    assert not is_live(copy)


@pytest.mark.parametrize("who", ["clerk_a", "head_a", "deputy_a", "superuser"])
def test_no_form_and_no_address_of_wagtail_publishes_a_copy(at, client, who):
    page = live(at)
    copy = working_copies.begin(page, at.clerk_a)
    client.force_login(getattr(at, who))
    post_everywhere(client, fresh(copy))
    assert Page.objects.filter(live=True, depth__gt=2).count() == 1, "the original alone"
    found = StandardPage.objects.filter(pk=copy.pk).first()
    assert found is None or found.get_parent().slug == COPIES, "it was moved nowhere"
    assert fresh(page).live_hash() == page.publication_record.content_hash
    others = Page.objects.filter(depth__gt=2).exclude(pk__in=[page.pk, copy.pk])
    assert not others.exists(), "nothing was copied from it"


def test_what_is_put_under_a_copy_or_moved_out_is_never_live(at):
    page = live(at)
    copy = working_copies.begin(page, at.clerk_a)
    under = StandardPage(title="Con", slug="con", unit=at.a, body="[]", live=False)
    copy.add_child(instance=under)
    under.save_revision(user=at.clerk_a, clean=False)
    with pytest.raises(REFUSED), transaction.atomic():
        make.publish(fresh(under), at)
    fresh(copy).move(make.section(at), pos="last-child")
    with pytest.raises(REFUSED), transaction.atomic():
        make.publish(fresh(copy), at)
    assert not is_live(under) and not is_live(copy)


def test_a_revision_makes_no_copy_an_item_of_its_own(at):
    page = live(at)
    copy = working_copies.begin(page, at.clerk_a)
    revision = copy.latest_revision
    revision.content["working_copy_of"] = None
    revision.save()
    assert draft(copy).working_copy_of_id == page.pk
    revision = fresh(page).save_revision(user=at.clerk_a, clean=False)
    revision.content["working_copy_of"] = copy.pk
    revision.save()
    assert draft(page).working_copy_of_id is None


# --- leaks --------------------------------------------------------------------------------------

WORD = "Lời chỉ có trong bản làm việc"


@pytest.fixture
def hidden(at):
    """A live news item and a working copy that says a word which stands nowhere else."""
    item = make.news(at, topics=["mùa vụ"], live=True)
    copy = change(
        working_copies.begin(item, at.clerk_a), at.clerk_a, title=WORD, summary=WORD,
        body=body(f"a: {WORD}"), show_in_menus=True,
    )  # fmt: skip
    draft(copy).save(clean=False)  # the row itself says it, too
    return fresh(item), fresh(copy)


def public_pages(item) -> list[str]:
    above = item.get_parent().specific
    return ["/", above.address, f"{above.address}atom.xml", item.address, "/sitemap.xml",
            "/so-do-trang/", "/tim-kiem/?q=ban+lam+viec", "/tin-tuc/"]  # fmt: skip


def test_readers_meet_it_nowhere(at, client, hidden):
    item, copy = hidden
    make.collection(at, live=True)
    for who in (None, at.member_a, at.member_b, at.clerk_a):
        client.logout()
        if who:
            client.force_login(who)
        for url in public_pages(item):
            answer = client.get(url, follow=True)
            assert WORD not in answer.content.decode(), url
        for url in (copy.address, f"/{COPIES}/", copy.url_path):
            assert client.get(url).status_code == 404, url


def test_its_address_shadows_no_page(at, client):
    page = live(at, slug="gioi-thieu")
    copy = working_copies.begin(page, at.clerk_a)
    assert copy.address == page.address == "/gioi-thieu/"
    assert client.get("/gioi-thieu/").status_code == 200
    again = make.page(at, "Trang khác", slug="gioi-thieu-2")
    second = working_copies.begin(page, at.clerk_a)
    assert second.slug == "gioi-thieu-2" == again.slug, "addresses of copies are in nobody's way"


def test_lists_choosers_and_counts_of_the_admin_do_not_show_it(at, client, hidden):
    item, copy = hidden
    above = item.get_parent()
    count = above.numchild
    client.force_login(at.clerk_a)
    root = Page.objects.get(depth=1)
    urls = [
        reverse("wagtailadmin_explore", args=[root.pk]),
        reverse("wagtailadmin_explore", args=[above.pk]),
        reverse("wagtailadmin_explore", args=[copy.get_parent().pk]),
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page_child", args=[copy.get_parent().pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=chỉ+có",
        reverse("wagtailadmin_pages:search") + "?q=chỉ+có",
        f"/admin/api/main/pages/?for_explorer=1&child_of={copy.get_parent().pk}",
        reverse("my_work"),
        reverse("wagtailadmin_home"),
        reverse("bring_pages"),
        reverse("wagtailadmin_pages:edit", args=[make.news(at, "Tin khác").pk]),
    ]
    for url in urls:
        answer = client.get(url, follow=True)
        found = answer.content.decode()
        assert WORD not in found, url
    above.refresh_from_db()
    assert above.numchild == count + 1, "the other news item alone"
    assert fresh(item).working_copies.count() == 1


def test_other_units_know_nothing_of_it(at, client, hidden):
    item, copy = hidden
    for who in (at.clerk_b, at.head_b):
        client.force_login(who)
        for name in ("wagtailadmin_pages:edit", "wagtailadmin_pages:delete", "page_copies"):
            assert client.get(reverse(name, args=[copy.pk])).status_code in (302, 404)
        answer = client.post(reverse("page_copies", args=[item.pk]))
        assert answer.status_code == 404
    assert item.working_copies.count() == 1


def test_a_copy_is_no_translation_and_has_none(at, hidden):
    item, copy = hidden
    assert copy.translation_key != item.translation_key
    assert languages.other_languages(item) == ["en"]
    with pytest.raises(PermissionDenied):
        languages.begin(copy, "en", at.clerk_a)


def test_the_index_of_searching_leaves_it_out(at, hidden):
    _item, copy = hidden
    assert copy not in type(copy).get_indexed_objects()
    assert copy.search_key == ""


# --- in the admin -------------------------------------------------------------------------------


def address(page) -> str:
    return reverse("page_copies", args=[page.pk])


def test_an_editor_begins_changes_and_brings_in(at, client):
    page = live(at)
    client.force_login(at.clerk_a)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert address(page) in client.get(edit).content.decode()
    assert "Bắt đầu" in client.get(address(page)).content.decode()
    answer = client.post(address(page))
    copy = page.working_copies.get().specific
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    shown = client.get(answer["Location"]).content.decode()
    assert address(copy) in shown and "action-review" not in shown and "bản làm việc" in shown
    change(copy, at.clerk_a, title="Của bản sao", body=body("a: Sao", "b: Hai", "c: Ba"))
    change(page, at.clerk_a, title="Của bản gốc", body=body("a: Gốc", "b: Hai", "c: Ba"))
    text = client.get(address(copy)).content.decode()
    for words in ("Của bản sao", "Của bản gốc", "Trang hạt mít", "Sao", "Gốc", "Một"):
        assert words in text.replace("<del>", "").replace("</del>", "").replace(
            "<ins>", ""
        ).replace("</ins>", ""), words
    form = {"seen": working_copies.merge(copy).seen}
    assert client.post(address(copy), form).status_code == 200, "not all was chosen"
    form |= {f"choice:{one.place}": "mine" for one in working_copies.merge(copy).conflicts}
    answer = client.post(address(copy), form)
    assert answer.status_code == 302 and "/duyet/" in answer["Location"]
    assert draft(page).title == "Của bản sao"
    assert 'name="seen"' not in client.get(address(copy)).content.decode()
    assert WorkingCopy.objects.get(copy_id=copy.pk).merged_by == at.clerk_a


@KINDS
def test_an_editor_opens_and_previews_a_copy_of_every_kind(at, client, kind):
    fields = {"form_fields": FORM} if kind == "form_page" else {}
    page = make.publish(draft_of(at, kind, **fields), at)
    copy = working_copies.begin(page, at.clerk_a)
    client.force_login(at.clerk_a)
    for name in ("edit", "view_draft", "history"):
        assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[copy.pk])).status_code == 200
    assert client.get(address(copy)).status_code == 200


def test_a_copy_has_no_page_of_review_no_sharing_and_no_sending(at, client):
    copy = working_copies.begin(live(at), at.clerk_a)
    client.force_login(at.clerk_a)
    for name in ("review", "submit", "share"):
        assert client.get(reverse(name, args=["pages.standardpage", copy.pk])).status_code == 404


def test_a_copy_is_thrown_away_and_leaves_the_original(at, client):
    page = live(at)
    copy = working_copies.begin(page, at.clerk_a)
    client.force_login(at.clerk_a)
    client.post(reverse("wagtailadmin_pages:delete", args=[copy.pk]))
    assert not StandardPage.objects.filter(pk=copy.pk).exists()
    assert fresh(page).live_hash() == page.publication_record.content_hash
    assert client.get(address(page)).status_code == 200


def test_the_page_of_merging_asks_no_more_for_more_blocks(at, client):
    texts = [f"k{number}: Đoạn {number}" for number in range(40)]
    page = live(at, *texts)
    copy = working_copies.begin(page, at.clerk_a)
    changed = [f"{text} sao" for text in texts]
    client.force_login(at.clerk_a)
    change(copy, at.clerk_a, body=body(*changed[:2], *texts[2:]))
    change(page, at.clerk_a, body=body(*[f"{text} gốc" for text in texts]))
    few = asked(client, address(copy))
    change(copy, at.clerk_a, body=body(*changed))
    assert len(working_copies.merge(copy).conflicts) == 40
    assert asked(client, address(copy)) == few


def asked(client, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)
