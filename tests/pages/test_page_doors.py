"""Every door to live that Wagtail has for pages, tried on a page and on a news item: only an
approval by a second person opens one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from portal.editorial import proof, publishing
from portal.pages.models import (
    CalendarPage,
    ConsultationPage,
    FormPage,
    HomePage,
    PortalPage,
    ProcedurePage,
    ProceduresPage,
    StandardPage,
)
from tests import factories as make

pytestmark = pytest.mark.django_db

KINDS = pytest.mark.parametrize(
    "kind",
    ["page", "news", "section", "collection", "news_index", "questions_page", "answer",
     "consultation", "calendar", "form_page", "procedures"],
)  # fmt: skip
REFUSED = (PermissionDenied, DatabaseError)


@pytest.fixture
def at():
    return make.house()


def draft_of(at, kind, **fields):
    fields = {"live": False} | fields
    today = timezone.localdate()
    bare = {
        "consultation": (ConsultationPage, {"draft_text": "Điều 1. A", "opens": today,
                                            "closes": today + dt.timedelta(5)}),
        "calendar": (CalendarPage, {"entries": "[]"}),
        "form_page": (FormPage, {"form_fields": "[]", "purpose": "đếm hạt"}),
        "procedures": (ProceduresPage, {}),
    }  # fmt: skip
    if kind in bare:
        model, more = bare[kind]
        return make.page(at, model=model, **more | fields)
    return getattr(make, kind)(at, **fields)


def test_every_kind_of_page_is_walked(at):
    """A kind that nobody put on the list of doors fails here."""
    from portal.editorial.models import publishable_models

    kinds = {model for model in publishable_models() if issubclass(model, PortalPage)}
    walked = {type(draft_of(at, kind, title=f"Trang {kind}")) for kind in KINDS.args[1]} | {
        HomePage,
        ProcedurePage,
    }
    assert kinds == walked


def is_live(page) -> bool:
    return Page.objects.filter(pk=page.pk, live=True).exists()


def refused(action) -> None:
    """The action is refused, and what it began is rolled back."""
    with pytest.raises(REFUSED), transaction.atomic():
        action()


def door_save(page, at):
    page.live = True
    page.save()


def door_save_update_fields(page, at):
    page.live = True
    page.save(update_fields=["live"])


def door_update_of_its_class(page, at):
    type(page).objects.filter(pk=page.pk).update(live=True)


def door_update_of_wagtails_table(page, at):
    Page.objects.filter(pk=page.pk).update(live=True)


def door_bulk_update(page, at):
    row = Page.objects.get(pk=page.pk)
    row.live = True
    Page.objects.bulk_update([row], ["live"])


def door_save_of_the_bare_page(page, at):
    row = Page.objects.get(pk=page.pk)
    row.live = True
    row.save()


def door_save_of_the_middle_class(page, at):
    row = PortalPage.objects.get(pk=page.pk)
    row.live = True
    row.save()


def door_revision_publish(page, at):
    page.latest_revision.publish(user=at.head_a)


def door_object_publish(page, at):
    page.publish(page.latest_revision, user=at.head_a)


def door_publish_action(page, at):
    action = PublishPageRevisionAction(page.latest_revision, user=at.head_a)
    action.execute(skip_permission_checks=True)


def door_record_of_another(page, at):
    other = make.page(at, "Trang khác", live=True)
    page.live, page.publication_record = True, other.publication_record
    page.save()


DOORS = [value for name, value in list(globals().items()) if name.startswith("door_")]


@KINDS
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_draft_goes_live_by_no_door(at, kind, door):
    page = draft_of(at, kind)
    refused(lambda: door(page, at))
    assert not is_live(page)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_what_was_withdrawn_comes_back_by_no_door(at, door):
    page = make.withdraw(make.page(at, live=True), at)
    refused(lambda: door(page, at))
    assert not is_live(page)


@pytest.mark.parametrize(
    "door",
    [door_save, door_revision_publish, door_object_publish, door_publish_action],
    ids=lambda door: door.__name__,
)
def test_a_changed_draft_of_a_live_page_replaces_it_by_no_door(at, door):
    page = make.page(at, live=True)
    draft = page.get_latest_revision_as_object()
    draft.title = "Chưa ai duyệt"
    draft.save_revision(user=at.clerk_a, clean=False)
    page = StandardPage.objects.get(pk=page.pk)
    page.title = "Chưa ai duyệt"
    refused(lambda: door(page, at))
    assert StandardPage.objects.get(pk=page.pk).title != "Chưa ai duyệt"


def test_a_new_page_is_not_born_live(at):
    for model in (StandardPage,):
        fresh = model(title="Sinh ra đã đăng", slug="sinh-ra", unit=at.a, body="[]", live=True)
        refused(lambda fresh=fresh: make.home().add_child(instance=fresh))
    assert not Page.objects.filter(slug="sinh-ra").exists()


def test_copies_and_aliases_of_a_live_page_are_drafts_or_nothing(at):
    page = make.page(at, live=True)
    refused(lambda: page.copy(update_attrs={"slug": "ban-sao", "title": "Bản sao"}, keep_live=True))
    refused(lambda: CreatePageAliasAction(page, update_slug="bi-danh").execute(
        skip_permission_checks=True))  # fmt: skip
    copied = page.copy(update_attrs={"slug": "ban-sao"}, keep_live=False)
    assert not is_live(copied)
    assert copied.specific.publication_record is None
    assert is_live(page)


def test_a_slug_is_a_part_of_what_was_approved(at):
    page = make.page(at, live=True)
    page.slug = "dia-chi-khac"
    refused(page.save)
    assert StandardPage.objects.get(pk=page.pk).slug == "trang-hat-mit"


@pytest.mark.parametrize(
    "door",
    [
        lambda page: page.unpublish(),
        lambda page: UnpublishPageAction(page).execute(skip_permission_checks=True),
        lambda page: Page.objects.get(pk=page.pk).unpublish(),
    ],
)
def test_a_live_page_comes_down_only_with_a_record(at, door):
    page = make.page(at, live=True)
    refused(lambda: door(page))
    assert is_live(page)


@pytest.mark.parametrize("state", ["live", "withdrawn"])
def test_what_was_published_is_never_deleted(at, state):
    page = make.page(at, live=True)
    if state == "withdrawn":
        page = make.withdraw(page, at)
    refused(page.delete)
    refused(lambda: StandardPage.objects.filter(pk=page.pk).delete())
    refused(lambda: Page.objects.filter(pk=page.pk).delete())
    assert StandardPage.objects.filter(pk=page.pk).exists()


def test_a_section_with_a_live_page_under_it_is_not_deleted(at):
    section = make.section(at, "Nháp")
    page = make.page(at, parent=section, live=True)
    refused(lambda: type(section).objects.get(pk=section.pk).delete())
    assert is_live(page)


@KINDS
def test_the_clock_publishes_nothing(at, kind):
    page = draft_of(at, kind)
    past = timezone.now() - dt.timedelta(hours=1)
    page.go_live_at = past
    page.save_revision(user=at.clerk_a, approved_go_live_at=past, clean=False)
    Page.objects.filter(pk=page.pk).update(go_live_at=past)
    try:
        with transaction.atomic():
            call_command("publish_scheduled", verbosity=0)
    except PermissionDenied:
        pass
    assert not is_live(page)


# --- doors over HTTP --------------------------------------------------------------------------

WHO = pytest.mark.parametrize("who", ["clerk_a", "editor_a", "head_a", "deputy_a", "superuser"])


def post_everywhere(client, page) -> None:
    """Each of Wagtail's addresses that can publish or take down, with what its forms send."""
    form = {"action-publish": "1", "title": "Chưa ai duyệt", "slug": page.slug, "confirm": "1",
            "summary": "", "unit": page.unit_id, "audience": "public", "body-count": 1,
            "body-0-deleted": "", "body-0-order": 0, "body-0-type": "text", "body-0-id": "",
            "body-0-value": '{"entityMap":{},"blocks":[{"key":"a","text":"X","type":"unstyled",'
                            '"depth":0,"inlineStyleRanges":[],"entityRanges":[]}]}',
            "aside-count": 0, "new_parent_page": page.get_parent().pk}  # fmt: skip
    pages = "wagtailadmin_pages:"
    urls = [
        reverse(f"{pages}edit", args=[page.pk]),
        reverse(f"{pages}unpublish", args=[page.pk]),
        reverse(f"{pages}delete", args=[page.pk]),
        reverse(f"{pages}convert_alias", args=[page.pk]),
        reverse(f"{pages}copy", args=[page.pk]),
        reverse(f"{pages}revisions_revert", args=[page.pk, page.latest_revision_id]),
        reverse(f"{pages}set_privacy", args=[page.pk]),
    ]
    for action in ("publish", "unpublish", "delete", "move"):
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        urls.append(f"{bulk}?id={page.pk}")
    for action in (
        "publish",
        "unpublish",
        "delete",
        "copy",
        "create_alias",
        "move",
        "convert_alias",
    ):
        urls.append(f"/admin/api/main/pages/{page.pk}/action/{action}/")
    client.raise_request_exception = False
    for url in urls:
        copying = {"new_title": "Bản sao", "new_slug": "ban-sao", "publish_copies": "1",
                   "destination_page_id": page.get_parent().pk, "recursive": "1",
                   "restriction_type": "login"}  # fmt: skip
        client.post(url, form | copying)


@WHO
def test_no_form_of_wagtail_publishes_a_draft(at, client, who):
    page = make.page(at)
    client.force_login(getattr(at, who))
    post_everywhere(client, page)
    assert not is_live(page)
    assert not Page.objects.filter(live=True, depth__gt=2).exists()


@WHO
def test_no_form_of_wagtail_changes_or_takes_down_a_live_page(at, client, who):
    page = make.page(at, live=True)
    client.force_login(getattr(at, who))
    post_everywhere(client, page)
    after = StandardPage.objects.get(pk=page.pk)
    assert (after.live, after.title, after.path) == (True, page.title, page.path)
    assert not after.get_view_restrictions().exists()
    assert list(proof.content_faults()) == []
    assert Page.objects.filter(live=True, depth__gt=2).count() == 1


@WHO
def test_create_and_publish_makes_a_draft_at_most(at, client, who):
    client.force_login(getattr(at, who))
    client.raise_request_exception = False
    url = reverse("wagtailadmin_pages:add", args=["pages", "sectionpage", make.home().pk])
    client.post(url, {
        "title": "Làm và đăng", "slug": "lam-va-dang", "summary": "", "unit": at.a.pk,
        "audience": "public", "body-count": 0, "aside-count": 0, "action-publish": "1",
    })  # fmt: skip
    assert not Page.objects.filter(slug="lam-va-dang", live=True).exists()


def test_a_clerk_makes_a_draft_and_sends_it(at, client):
    """The forms do work: what is refused above is refused for its reason."""
    client.force_login(at.clerk_a)
    url = reverse("wagtailadmin_pages:add", args=["pages", "sectionpage", make.home().pk])
    response = client.post(url, {
        "title": "Chuyên mục mới", "slug": "", "summary": "", "unit": at.a.pk,
        "audience": "public", "body-count": 0, "aside-count": 0, "action-review": "1",
    })  # fmt: skip
    form = getattr(response, "context", None) and response.context.get("form")
    assert response.status_code == 302, form.errors if form else response.content[:500]
    page = Page.objects.get(title="Chuyên mục mới").specific
    assert page.slug == "chuyen-muc-moi"
    assert response.url == reverse("submit", args=["pages.sectionpage", page.pk])
    assert not page.live


# --- approval ----------------------------------------------------------------------------------


def seen(page) -> str:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object().approval_hash()


@KINDS
@pytest.mark.parametrize("who", ["clerk_a", "head_b", "administrator", "superuser", "editor_a"])
def test_only_the_board_over_the_unit_approves(at, kind, who):
    page = draft_of(at, kind)
    with pytest.raises(PermissionDenied):
        publishing.approve(page, getattr(at, who), seen(page))


@KINDS
def test_an_author_does_not_approve(at, kind):
    page = draft_of(at, kind, author=at.head_a)
    with pytest.raises(PermissionDenied):
        publishing.approve(page, at.head_a, seen(page))


def _changed_picture(draft, at):
    draft.picture = make.picture("Ảnh khác", (70, 40))
    draft.picture_alt = "Ảnh khác"


CHANGES = {
    "title": lambda draft, at: setattr(draft, "title", "Khác"),
    "slug": lambda draft, at: setattr(draft, "slug", "khac"),
    "lead": lambda draft, at: setattr(draft, "summary", "Khác"),
    "audience": lambda draft, at: setattr(draft, "audience", "units"),
    "units": lambda draft, at: setattr(draft, "audience_units", [at.b]),
    "menu": lambda draft, at: setattr(draft, "show_in_menus", True),
    "text": lambda draft, at: setattr(draft, "body", [("text", "<p>Khác</p>")]),
    "day": lambda draft, at: setattr(draft, "day", dt.date(2030, 1, 1)),
    "topics": lambda draft, at: draft.topics.add("mít"),
    "related": lambda draft, at: setattr(draft, "related", [make.news(at, "Tin khác")]),
    "expires": lambda draft, at: setattr(draft, "expires", dt.date(2099, 1, 1)),
    "banner": lambda draft, at: setattr(draft, "banner_from", dt.date(2031, 1, 1)),
    "picture": _changed_picture,
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_after_it_was_seen_or_approved_does_not_go_live(at, change):
    page = make.news(at)
    before = seen(page)
    approval = publishing.approve(page, at.head_a, before)
    draft = page.get_latest_revision_as_object()
    CHANGES[change](draft, at)
    draft.save_revision(user=at.clerk_a, clean=False)
    page = type(page).objects.get(pk=page.pk)
    with pytest.raises(PermissionDenied):
        publishing.approve(page, at.head_a, before)
    refused(lambda: publishing.publish(page, approval, by=at.head_a))
    assert not is_live(page)


def test_the_bytes_under_an_approved_page_stay(at):
    """Another file under the same name or row would change what was approved."""
    picture, file = make.picture(), make.attachment()
    for row in (picture, file):
        row.file.name = "noi-khac.jpg"
        with pytest.raises(ValidationError):
            row.save()
    news = make.news(at, picture=picture, picture_alt="Hạt mít", live=True)
    refused(picture.delete)
    assert news.live


def test_what_went_live_is_what_the_ledger_says(at):
    rows = [
        make.page(at, live=True),
        make.section(at, live=True),
        make.collection(at, live=True),
        make.news(at, topics=["mít", "quả"], picture=make.picture(), picture_alt="Hạt",
                  body="Nội dung <b>đậm</b>", live=True),
    ]  # fmt: skip
    assert list(proof.content_faults()) == []
    for page in rows:
        fresh = type(page).objects.get(pk=page.pk)
        fresh.save()
        assert fresh.live_hash() == fresh.publication_record.content_hash
