"""Working copies of pages go live by no door and stand outside everything that readers and lists show.
All names and texts are fiction."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from portal.editorial import publishing, working_copies
from portal.editorial.models import WorkingCopy
from portal.editorial.workflow import reviewing
from portal.pages import languages
from portal.pages.addresses import COPIES
from portal.pages.models import StandardPage
from tests import factories as make
from tests.pages.copies_at_hand import FORM, body, change, draft, fresh, live
from tests.pages.test_page_doors import DOORS, KINDS, REFUSED, draft_of, is_live, post_everywhere

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


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
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)
