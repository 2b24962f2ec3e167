"""No word of the admin stays English on the screens that editors meet."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
import wagtail
import wagtail_modeladmin
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

from portal.editorial.workflow import reviewing
from portal.pages import asking, coordinating
from tests import factories as make

pytestmark = pytest.mark.django_db

#: The same in both languages, or a sign for a format.
SAME = {"Excel", "%s MB", "Video", "CSV", "Atom", "Email", "%(size)d byte", "%(field_label)s:",
        "%(truncated_text)s…", "%(status_display)s %(task_name)s %(started_at)s"}  # fmt: skip


@pytest.fixture
def untranslated(monkeypatch):
    """Collects every message that is asked for in Vietnamese and has none."""
    found: set[str] = set()

    def watched(name: str, place: int):
        original = getattr(trans_real, name)

        def ask(*args):
            said = original(*args)
            message = args[place]
            asked = {str(message), str(args[place + 1])} if "n" in name[:2] else {str(message)}
            words = any(sign.isalpha() for sign in message) and "\x04" not in message
            if words and translation.get_language() == "vi" and said in asked - SAME:
                found.add(message)
            return said

        return ask

    for name, place in (("gettext", 0), ("ngettext", 0), ("pgettext", 1), ("npgettext", 1)):
        monkeypatch.setattr(translation._trans, name, watched(name, place), raising=False)
    return found


def screens(at) -> list[str]:
    page, article = make.page(at, live=True), make.news(at, live=True)
    section, document = make.section(at), make.document(at)
    picture = make.picture(uploaded_by_user=at.clerk_a)
    home, index = make.home(), article.get_parent()
    pages = "wagtailadmin_pages:"
    found = ["/admin/", "/admin/account/", "/admin/pages/search/?q=a", "/admin/choose-page/",
             "/admin/images/", "/admin/images/add/", "/admin/images/multiple/add/",
             f"/admin/images/{picture.pk}/", f"/admin/images/usage/{picture.pk}/",
             "/admin/images/chooser/", "/admin/documents/", "/admin/documents/add/",
             "/admin/documents/multiple/add/", "/admin/documents/chooser/", "/admin/redirects/",
             "/admin/redirects/add/", "/admin/settings/pages/portalsettings/",
             "/admin/viec-cua-toi/", "/admin/chuyen-muc-bat-buoc/",
             "/admin/choose-external-link/", "/admin/choose-email-link/",
             "/admin/choose-phone-link/", "/admin/choose-anchor-link/"]  # fmt: skip
    for model in ("legal_docs_legaldocument", "directives_directive"):
        found += [reverse(f"wagtailsnippets_{model}:{view}") for view in ("list", "add")]
    snippet = "wagtailsnippets_legal_docs_legaldocument:"
    found += [
        reverse(f"{snippet}{one}", args=[document.pk]) for one in ("edit", "history", "usage")
    ]
    for one in (page, article, section, home):
        found += [reverse(f"{pages}{view}", args=[one.pk])
                  for view in ("edit", "history", "usage", "copy", "move")]  # fmt: skip
    for parent in (home, index, section):
        found.append(reverse("wagtailadmin_explore", args=[parent.pk]))
        found.append(reverse(f"{pages}add_subpage", args=[parent.pk]))
    for model in ("standardpage", "sectionpage", "collectionpage"):
        found.append(reverse(f"{pages}add", args=["pages", model, home.pk]))
    found.append(reverse(f"{pages}add", args=["news", "newsarticle", index.pk]))
    return found + rarer(at, page, section, document, picture)


def rarer(at, page, section, document, picture) -> list[str]:
    """Choosers with nothing in them, bulk acts, comparison, filters, a locked page, our reports."""
    pages, home = "wagtailadmin_pages:", make.home()
    draft, file = (
        make.page(at, "Nháp", parent=section),
        make.attachment(uploaded_by_user=at.clerk_a),
    )
    locked = make.page(at, "Trang khóa", locked=True, locked_by=at.clerk_b)
    first = page.revisions.first()
    page.save_revision(user=at.clerk_a, clean=False)
    last = page.revisions.last()
    asked = asking.take(make.questions_page(at), "Phơi ở đâu cho khô?", "Tôi muốn phơi.", "Mít")
    coordinating.request_input(asked, at.clerk_a, at.b, "Chỗ phơi?", asked.due)
    sent = make.document(at, "8/2031/TT-BTN")
    reviewing.submit(sent, at.clerk_a)
    bulk = [
        f"/admin/bulk/{kind}/{act}/?id={pk}&next=/admin/"
        for kind, acts, pk in (
            ("wagtailcore/page", ("delete", "move"), draft.pk),
            ("pages/picture", ("delete", "add_tags", "add_to_collection"), picture.pk),
            ("pages/attachment", ("delete", "add_tags", "add_to_collection"), file.pk),
        )
        for act in acts
    ]
    snippet = "wagtailsnippets_legal_docs_legaldocument:"
    return [
        *bulk,
        reverse(f"{pages}move_confirm", args=[draft.pk, home.pk]),
        reverse(f"{pages}delete", args=[draft.pk]),
        reverse(f"{pages}edit", args=[locked.pk]),
        reverse(f"{pages}revisions_compare", args=[page.pk, first.pk, last.pk]),
        reverse(f"{pages}revisions_revert", args=[page.pk, first.pk]),
        reverse(f"{snippet}delete", args=[document.pk]),
        reverse(f"{snippet}list") + "?q=khong-co-gi",
        reverse("wagtailadmin_explore", args=[home.pk]) + "?q=khong-co-gi",
        reverse("wagtailadmin_explore", args=[home.pk]) + f"?unit={at.a.pk}&ordering=ord",
        "/admin/pages/search/?q=khong-co-gi",
        "/admin/choose-page/?page_type=pages.sectionpage,pages.homepage",
        "/admin/choose-page/?page_type=news.newsarticle&multiple=1",
        "/admin/choose-page/search/?q=khong-co-gi",
        "/admin/images/?q=khong-co-gi", "/admin/documents/?q=khong-co-gi",
        "/admin/images/chooser/results/?q=khong-co-gi", f"/admin/images/{picture.pk}/delete/",
        f"/admin/images/chooser/{picture.pk}/select_format/",
        "/admin/documents/chooser/results/?q=khong-co-gi", f"/admin/documents/edit/{file.pk}/",
        f"/admin/documents/usage/{file.pk}/", f"/admin/documents/delete/{file.pk}/",
        "/admin/redirects/?q=khong-co-gi", "/admin/redirects/import/",
        *map(reverse, ("questions", "comments", "form_pages", "usage", "unused_files",
                       "broken_links", "bring_pages", "error_reports", "review_statistics",
                       "roles", "delegations", "notices", "mandates", "intake", "search_report")),
        reverse("question", args=[asked.pk]),
        reverse("review", args=["pages.standardpage", page.pk]),
        reverse("review", args=["legal_docs.legaldocument", sent.pk]),
        reverse("submit", args=["pages.standardpage", draft.pk]),
        reverse("share", args=["pages.standardpage", draft.pk]),
    ]  # fmt: skip


def test_every_word_of_the_editors_screens_is_vietnamese(client, untranslated):
    at = make.house()
    urls = screens(at)
    assert len(urls) >= 100
    met: set[str] = set()
    for who in (at.clerk_a, at.head_a, at.secretary_a, at.administrator):
        client.force_login(who)
        met |= {url for url in urls if client.get(url, follow=True).status_code == 200}
    assert set(urls) - met == set(), "somebody with a role opens each of them"
    assert sorted(untranslated) == [], "\n".join(sorted(untranslated))


#: Rooms of the admin's library that people with roles enter.
ROOMS = ("admin", "documents", "images", "snippets", "contrib/redirects", "contrib/settings", "")
#: Whose words nobody with a role meets, and why.
CLOSED = (
    "apps.py", "contrib/", "models/", "models.py", "utils.py", "api/",  # names for programmers
    "templates/wagtailadmin/workflows/", "templates/wagtailadmin/permissions/",  # our routes, roles
    "templates/wagtailadmin/notifications/", "templates/wagtailadmin/reports/",  # our own ones
    "templates/wagtailadmin/userbar/", "templates/wagtailcore/",  # not on our public pages
    "templates/wagtailadmin/account/password_reset/", "templates/wagtailadmin/login.html",  # ours
    "templates/wagtailadmin/home.html", "templates/wagtailadmin/home/upgrade_notification.html",
    "templates/wagtailadmin/home/whats_new_in_wagtail_version.html",
    "templates/wagtailadmin/collection_privacy/", "templates/wagtailadmin/collections/_privacy",
    # Publishing, unpublishing, schedules and aliases are no acts of anybody here (docs/trust.md).
    "templates/wagtailadmin/generic/confirm_unpublish.html",
    "templates/wagtailadmin/generic/confirm_workflow_cancellation.html",
    "templates/wagtailadmin/pages/confirm_unpublish.html",
    "templates/wagtailadmin/pages/confirm_workflow_cancellation.html",
    "templates/wagtailadmin/pages/bulk_actions/confirm_bulk_publish.html",
    "templates/wagtailadmin/pages/bulk_actions/confirm_bulk_unpublish.html",
    "templates/wagtailadmin/pages/confirm_convert_alias.html",
    "templates/wagtailadmin/pages/edit_alias.html",
    "templates/wagtailadmin/panels/publishing/",
    "templates/wagtailadmin/shared/revisions/confirm_unschedule.html",
    "templates/wagtailsnippets/snippets/action_menu/publish.html",
    "templates/wagtailadmin/pages/explorable_index",  # the root of the tree
)  # fmt: skip


def catalogues() -> list[Path]:
    root = Path(wagtail.__file__).parent
    folders = [root / room for room in ROOMS] + [Path(wagtail_modeladmin.__file__).parent]
    found = [folder / "locale/en/LC_MESSAGES/django.po" for folder in folders]
    return [file for file in found if file.exists()]


def test_whatever_the_library_can_say_to_somebody_with_a_role_is_vietnamese():
    """No walk of screens meets every message; the library's own list of words names them."""
    missing, known = [], 0
    for file in catalogues():
        for entry in polib.pofile(str(file)):
            places = [name for name, _line in entry.occurrences if not name.startswith(CLOSED)]
            if not places or entry.msgid in SAME or not any(map(str.isalpha, entry.msgid)):
                continue
            known += 1
            with translation.override("vi"):
                said = (
                    translation.pgettext(entry.msgctxt, entry.msgid)
                    if entry.msgctxt
                    else translation.ngettext(entry.msgid, entry.msgid_plural, 2)
                    if entry.msgid_plural
                    else translation.gettext(entry.msgid)
                )
            if said in (entry.msgid, entry.msgid_plural):
                missing.append(f"{places[0]}: {entry.msgid}")
    assert known > 800, "the library names its words elsewhere now"
    assert not missing, "\n".join(missing)


def test_what_scripts_of_the_library_say_is_vietnamese():
    """Scripts take their words from the catalogue of the browser: the library's and ours beside."""
    said: set[tuple[str | None, str]] = set()
    own = settings.BASE_DIR / "locale/wagtail/vi/LC_MESSAGES/djangojs.po"
    pairs = [(file.with_name("djangojs.po"), file.parents[2] / "vi/LC_MESSAGES/djangojs.po")
             for file in catalogues()]  # fmt: skip
    for file in [own, *(vi for _en, vi in pairs)]:
        if file.exists():
            said |= {(one.msgctxt, one.msgid) for one in polib.pofile(str(file)) if one.msgstr
                     or any(one.msgstr_plural.values())}  # fmt: skip
    wanted = {(one.msgctxt, one.msgid) for en, _vi in pairs if en.exists()
              for one in polib.pofile(str(en))}  # fmt: skip
    assert len(wanted) > 50
    assert wanted - said == set()


def test_no_word_of_ours_takes_the_place_of_another_word_of_the_library():
    """One English message has one translation for everybody: ours would win, wherever it stands."""
    ours, beside = (
        {(one.msgctxt, one.msgid): one.msgstr for one in polib.pofile(str(file))}
        for file in (
            settings.BASE_DIR / "locale/vi/LC_MESSAGES/django.po",
            settings.BASE_DIR / "locale/wagtail/vi/LC_MESSAGES/django.po",
        )
    )
    assert {key for key in ours.keys() & beside.keys() if ours[key] != beside[key]} == set()
