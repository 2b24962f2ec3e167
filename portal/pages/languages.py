"""Pages in two languages: a translation is a page of its own, under the English section, with the
identity of the page that it translates (Wagtail's ``translation_key`` and ``locale``).

It is written, reviewed and published like every other page. Nothing is made or goes live by
itself: a page without a translation says so to whoever reads the portal in the other language.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Locale

from portal.organisations.audience import Audience

from .addresses import free_slug

DEFAULT = settings.LANGUAGE_CODE
#: Names of languages in themselves.
NAMES = {"vi": "Tiếng Việt", "en": "English"}
_reading: ContextVar[str] = ContextVar("language of the page", default=DEFAULT)


def reading() -> str:
    """The language of the page that is being made; lists show what is written in it."""
    return _reading.get()


@contextmanager
def page_language(code: str) -> Iterator[None]:
    """While a page of a language is made: its lists, and for a foreign page its interface, too."""
    token = _reading.set(code)
    try:
        if code == DEFAULT:
            yield
        else:
            with translation.override(code):
                yield
    finally:
        _reading.reset(token)


@dataclass(frozen=True, slots=True)
class Version:
    """The same page in another language."""

    code: str
    name: str
    url: str
    title: str


def versions_of(page, audience: Audience) -> list[Version]:
    """The translations of a page that this reader may see; one query."""
    found = _pages().visible_to(audience).filter(translation_key=page.translation_key)
    found = found.exclude(pk=page.pk).select_related("locale").order_by("locale_id")
    return [
        Version(one.locale.language_code, NAMES.get(one.locale.language_code, ""), one.address,
                one.title)
        for one in found.only("title", "url_path", "depth", "locale")
    ]  # fmt: skip


def _pages():
    from .models import PortalPage

    return PortalPage.objects.all()


def make_locales() -> None:
    """The languages of the portal; called after migrations."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)


def other_languages(page) -> list[str]:
    """Languages in which a page has no version yet, live or draft."""
    there = set(
        _pages()
        .filter(translation_key=page.translation_key)
        .values_list("locale__language_code", flat=True)
    )
    return [code for code, _name in settings.LANGUAGES if code not in there]


def begin(page, code: str, user):
    """A draft of a page in another language, with the words of the original, for its translator.

    Raises:
        ValidationError: the page above it has no translation yet, or the page has one.
        PermissionDenied: he may not write there.
    """
    if page.working_copy_of_id:
        raise PermissionDenied(
            _("A working copy is brought into its original; that is translated.")
        )
    if code not in other_languages(page):
        raise ValidationError(_("There is a version in this language already."))
    locale = Locale.objects.get(language_code=code)
    parent = _parent_for(page, locale, user)
    return _draft(page, type(page), parent, locale, user)


def _parent_for(page, locale: Locale, user):
    """The translation of the page above; the first section of a language is made where needed."""
    from .models import HomePage

    if isinstance(page, HomePage):
        return page
    above = page.get_parent().specific
    found = _pages().filter(translation_key=above.translation_key, locale=locale).first()
    if found is not None:
        return found.specific
    if not isinstance(above, HomePage):
        raise ValidationError(
            _("Translate the page above it first: %(title)s") % {"title": above.title}
        )
    return begin(above, locale.language_code, user)


def _draft(page, kind, parent, locale: Locale, user):
    from portal.organisations.access import access_of
    from portal.organisations.roles import Ability

    from .models import HomePage, SectionPage
    from .transfer.values import inward, outward, plain_fields, same

    source = page.get_latest_revision_as_object()
    is_home = isinstance(page, HomePage)
    kind = SectionPage if is_home else kind
    unit = page.unit
    if unit is None or not access_of(user).can(Ability.WRITE, unit, kind.content_code):
        raise PermissionDenied(_("You don't write for the unit of this page."))
    if not parent.permissions_for_user(user).can_add_subpage() or not kind.can_create_at(parent):
        raise PermissionDenied(_("You may add no such page there."))
    title = NAMES[locale.language_code] if is_home else source.title
    wanted = locale.language_code if is_home else source.slug
    made = kind(
        title=title, slug=free_slug(parent, wanted), live=False, unit=unit,
        locale=locale, translation_key=page.translation_key, audience=source.audience,
    )  # fmt: skip
    if not is_home:
        for field in plain_fields(made):
            inward(made, field, outward(source, field, same), same)
        for name in getattr(made, "MANY_FIELDS", ()):
            _take_over(made, source, name)
    made.audience_units = list(source.audience_units.all())
    type(parent).objects.get(pk=parent.pk).add_child(instance=made)
    made.save_revision(user=user, clean=False)
    return made


def _take_over(made, source, name: str) -> None:
    from wagtail.models import Page

    rows = list(getattr(source, name).all())
    if rows and isinstance(rows[0], Page):
        return  # related pages are chosen among those of the same language
    getattr(made, name).set([row.name for row in rows])
