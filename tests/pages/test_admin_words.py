"""No word of the admin stays English on the screens that editors meet."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
import wagtail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

from tests import factories as make

pytestmark = pytest.mark.django_db

#: The same in both languages, or a sign for a format.
SAME = {"Excel", "%s MB", "Video", "CSV", "Atom", "Email", "%(size)d byte"}


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
    return found


def test_every_word_of_the_editors_screens_is_vietnamese(client, untranslated):
    at = make.house()
    urls = screens(at)
    assert len(urls) >= 60
    for who in (at.clerk_a, at.head_a):
        client.force_login(who)
        opened = sum(client.get(url, follow=True).status_code == 200 for url in urls)
        assert opened > 45
    assert sorted(untranslated) == [], "\n".join(sorted(untranslated))


#: Rooms of the admin's library whose words editors meet, and the files that speak after an act:
#: messages, refusals, the history.
ROOMS = ("admin", "documents", "images", "snippets", "users", "")
SPEAKING = ("views/", "forms", "locks.py", "wagtail_hooks.py", "widgets/", "ui/", "blocks/")


def test_what_is_said_after_an_act_is_vietnamese():
    """No walk of screens meets these messages; the library's own list of words names them."""
    missing, known = [], 0
    root = Path(wagtail.__file__).parent
    for room in ROOMS:
        for entry in polib.pofile(str(root / room / "locale/en/LC_MESSAGES/django.po")):
            said_in = [file for file, _line in entry.occurrences if file.startswith(SPEAKING)]
            if not said_in or entry.msgid in SAME or not any(map(str.isalpha, entry.msgid)):
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
                missing.append(f"{said_in[0]}: {entry.msgid}")
    assert known > 400, "the library names its words elsewhere now"
    assert not missing, "\n".join(missing)
