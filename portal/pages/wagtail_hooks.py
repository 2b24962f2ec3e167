"""Wiring of the admin: nothing is decided here."""

from functools import partial

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Collection
from wagtail.permissions import register_permission_policy

from .admin import (
    buttons,
    citations,
    comments,
    copies,
    duties,
    links,
    menu,
    pasting,
    questions,
    submissions,
    transfer,
    translating,
    unused,
    usage,
)
from .admin.listing import PortalPagesViewSet
from .library import FoldersPolicy, LibraryPolicy
from .models import Attachment, Picture
from .permissions import listed

# Exact ones stand before those that Wagtail registers later.
register_permission_policy(Picture, LibraryPolicy(Picture), exact_class=True)
register_permission_policy(Attachment, LibraryPolicy(Attachment), exact_class=True)
register_permission_policy(Collection, FoldersPolicy(Collection), exact_class=True)


hooks.register("construct_main_menu", menu.arrange)


@hooks.register("register_admin_urls")
def duty_urls():
    return [
        path("chuyen-muc-bat-buoc/", duties.listing, name="section_duties"),
        path("chuyen-muc-bat-buoc/moi/", duties.duty, name="section_duty_new"),
        path("chuyen-muc-bat-buoc/<int:pk>/", duties.duty, name="section_duty"),
        path("thong-ke-truy-cap/", usage.page, name="usage"),
        path("tin-tuc/", menu.news, name="news"),
        path("dich-trang/<int:pk>/<slug:code>/", translating.translate, name="translate_page"),
        path("ban-lam-viec/<int:pk>/", copies.of_page, name="page_copies"),
        path("chuyen-trang/<int:pk>/", transfer.take_along, name="take_along"),
        path("chuyen-trang/nhap/", transfer.bring, name="bring_pages"),
        path("lien-ket-hong/", links.listing, name="broken_links"),
        path("loi-dan/", citations.named, name="named"),
        path("noi-dung-dan/", pasting.pasted, name="pasted"),
        path("tep-khong-dung/", unused.listing, name="unused_files"),
    ]


@hooks.register("register_admin_urls")
def question_urls():
    return [
        path("cau-hoi/", questions.listing, name="questions"),
        path("cau-hoi/<int:pk>/", questions.one, name="question"),
        path("bieu-mau/", submissions.listing, name="form_pages"),
        path("bieu-mau/<int:pk>/", submissions.one, name="form_submissions"),
        path("gop-y/", comments.listing, name="comments"),
        path("gop-y/<int:pk>/", comments.one, name="comment"),
    ]


class _Shown(MenuItem):
    """An entry for those who may see what it opens."""

    def __init__(self, label, name: str, seen_by, icon: str, order: int) -> None:
        super().__init__(label, reverse(name), name=name, icon_name=icon, order=order)
        self.seen_by = seen_by

    def is_shown(self, request) -> bool:
        return self.seen_by(request.user)


#: label, name of the address, who sees it, icon, place in the menu
_MENU = (
    (_("Questions of the public"), "questions", questions.may_see, "help", 142),
    (_("Comments on drafts"), "comments", questions.may_see, "comment", 143),
    (_("Filled forms"), "form_pages", submissions.may_see, "form", 144),
    (_("Mandatory sections"), "section_duties", duties.may_see, "list-ul", 145),
    (_("Unused files"), "unused_files", unused.may_see, "bin", 305),
    (_("Broken links"), "broken_links", links.may_see, "link", 147),
    (_("Bring pages in"), "bring_pages", transfer.may_bring, "upload", 310),
    (_("News"), "news", menu.writes_news, "doc-full-inverse", 40),
    (_("Visit statistics"), "usage", usage.may_see, "view", 146),
)
for _entry in _MENU:
    hooks.register("register_admin_menu_item", partial(_Shown, *_entry))


hooks.register("insert_global_admin_js", citations.script)
hooks.register("insert_global_admin_js", pasting.script)
hooks.register("register_admin_viewset", PortalPagesViewSet)
hooks.register("construct_page_action_menu", buttons.our_acts)
hooks.register("register_page_header_buttons", buttons.share_button)
hooks.register("register_page_header_buttons", copies.button)
hooks.register("register_page_header_buttons", transfer.button)
hooks.register("register_page_header_buttons", buttons.translate_button)
hooks.register("after_edit_page", buttons.go_to_review)
hooks.register("after_create_page", buttons.go_to_review)


@hooks.register("construct_explorer_page_queryset")
def known_pages_in_explorer(parent_page, pages, request):
    """Pages of other units that are not live are not listed."""
    return pages & listed(request.user)


@hooks.register("construct_page_chooser_queryset")
def known_pages_in_chooser(pages, request):
    return pages & listed(request.user)


@hooks.register("construct_reports_menu")
def no_foreign_reports(request, menu_items) -> None:
    """Wagtail's reports tell of all units; ours stand in the menu itself."""
    menu_items.clear()
