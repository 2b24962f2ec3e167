"""Bringing a package in: pages become drafts, once; what is the same stays as it is."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from taggit.managers import TaggableManager
from wagtail.documents.forms import get_document_form
from wagtail.fields import StreamField
from wagtail.images.forms import get_image_form
from wagtail.models import Locale, Page

from portal.core import text
from portal.editorial.states import EDITABLE
from portal.organisations import audit
from portal.organisations.access import access_of
from portal.organisations.models import Organisation
from portal.organisations.models.visible import AudienceKind
from portal.organisations.roles import Ability
from portal.pages.addresses import free_slug
from portal.pages.languages import DEFAULT
from portal.pages.models import Attachment, HomePage, Picture, PortalPage, PortalSettings

from .opening import Package
from .packing import SETTINGS
from .values import inward, plain_fields, settle


@dataclass(slots=True)
class Report:
    """What became of each page; ``rows`` are (title, outcome, remark, page or None)."""

    counts: Counter = field(default_factory=Counter)
    rows: list[tuple[str, str, str, PortalPage | None]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, title: str, outcome: str, remark: str = "", page=None) -> None:
        self.counts[outcome] += 1
        self.rows.append((title, outcome, remark, page))


CREATED, CHANGED, SAME, REFUSED = "created", "changed", "unchanged", "refused"


class Bringer:
    """One package for one person under one page."""

    def __init__(self, package: Package, parent: PortalPage, user) -> None:
        self.package, self.parent, self.user = package, parent, user
        self.report = Report()
        self.access = access_of(user)
        self.pages: dict[str, PortalPage] = {}
        self.made: set[str] = set()
        self.pictures: dict[str, int] = {}
        self.files: dict[str, int] = {}

    def run(self) -> Report:
        """Everything in one transaction; a page that can't be taken is named and left out."""
        with transaction.atomic():
            self._library()
            rows = self.package.content["pages"]
            for row in rows:
                self._place(row)
            for row in rows:
                if row["uid"] in self.pages:
                    self._fill(row)
        return self.report

    # --- pictures and files -----------------------------------------------------------------

    def _library(self) -> None:
        for row in self.package.content["pictures"]:
            self._bring(row, Picture, "file_hash", self.pictures)
        for row in self.package.content["files"]:
            self._bring(row, Attachment, "sha256", self.files)

    def _bring(self, row: dict, model, mark: str, known: dict[str, int]) -> None:
        """The same bytes are brought in once; others go by the form of an upload."""
        said = str(row.get("hash", ""))
        if there := model.objects.filter(**{mark: said}).first() if said else None:
            known[said] = there.pk
            return
        title = str(row.get("title") or said)[:255]
        found = self.package.bytes_of(said)
        made = self._uploaded(row, model, title, found) if found else None
        if made is None or getattr(made, mark) != said:
            if made is not None:
                made.delete()
            self.report.notes.append(_("Not taken: %(title)s") % {"title": title})
            return
        known[said] = made.pk

    def _uploaded(self, row: dict, model, title: str, found: tuple[str, bytes]):
        extension, content = found
        upload = SimpleUploadedFile(f"{text.slugify(title)[:60] or 'tep'}.{extension}", content)
        instance = model(uploaded_by_user=self.user)
        form_class = get_image_form(model) if model is Picture else get_document_form(model)
        data = {
            "title": title, "alt_text": str(row.get("alt", ""))[:255], "audience": "public",
            "credit": str(row.get("credit", ""))[:255], "tags": "", "collection": "",
        }  # fmt: skip
        focus = row.get("focus")
        if isinstance(focus, list) and len(focus) == 4 and all(isinstance(n, int) for n in focus):
            names = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
            data |= dict(zip(names, focus, strict=True))
        form = form_class(data, {"file": upload}, instance=instance, user=self.user)
        if not form.is_valid():
            return None
        made = form.save(commit=False)
        if model is Picture:
            made._set_file_hash()
        made.save()
        return made

    # --- pages ------------------------------------------------------------------------------

    def _place(self, row: dict) -> None:
        """Find the page of a row, or make it as an empty draft in its place."""
        title = str(row["fields"].get("title", ""))[:255] or _("(without a title)")
        model = _kind(str(row.get("kind", "")))
        parent = self.pages.get(row["parent"], self.parent)
        if model is None or not self._known_parent(row):
            self.report.add(title, REFUSED, _("no kind of page here") if model is None
                            else _("the page above it was not taken"))  # fmt: skip
            return
        if not Locale.objects.filter(
            language_code=row["uid"].partition(".")[2] or DEFAULT
        ).exists():
            self.report.add(title, REFUSED, _("its language is not spoken here"))
            return
        page = self._standing(row, model, parent)
        if page is not None:
            if not page.permissions_for_user(self.user).can_edit():
                self.report.add(title, REFUSED, _("the page here belongs to another unit"))
            elif page.editorial_state not in EDITABLE:
                self.report.add(title, REFUSED, _("the page here is under review"))
            else:
                self.pages[row["uid"]] = page
            return
        if not self._may_add(model, parent):
            self.report.add(title, REFUSED, _("you may add no such page there"))
            return
        key, locale = _identity(row["uid"])
        made = model(
            title=title, slug=free_slug(parent, str(row.get("slug", "")), title), live=False,
            unit=self._unit(row, model), translation_key=key, locale=locale,
        )  # fmt: skip
        parent = type(parent).objects.get(pk=parent.pk)
        try:
            with transaction.atomic():
                parent.add_child(instance=made)
        except (ValidationError, ValueError) as error:
            self.report.add(title, REFUSED, _words(error))
            return
        self.pages[row["uid"]] = made
        self.made.add(row["uid"])

    def _known_parent(self, row: dict) -> bool:
        """The first page stands under the chosen one; all others under one that was taken."""
        first = self.package.content["pages"][0]
        return row is first or row["parent"] in self.pages

    def _standing(self, row: dict, model, parent: PortalPage) -> PortalPage | None:
        """The same page here: by its identity, else by its address below the same page."""
        if issubclass(model, HomePage):
            return HomePage.objects.order_by("path").first()
        key, locale = _identity(row["uid"])
        found = model.objects.filter(translation_key=key, locale=locale).first()
        if found is not None:
            return found
        children = model.objects.child_of(parent)
        return children.filter(slug=text.slugify(str(row.get("slug", "")))).first()

    def _may_add(self, model, parent: PortalPage) -> bool:
        return (
            parent.permissions_for_user(self.user).can_add_subpage()
            and model.can_create_at(parent)
            and self._unit({}, model) is not None
        )

    def _unit(self, row: dict, model) -> Organisation | None:
        """The unit that the package names where somebody writes for it, else one of his own."""
        units = self.access.units(Ability.WRITE, model.content_code)
        named = units.filter(slug=str(row.get("unit", ""))).first() if row.get("unit") else None
        held = self.user.memberships.values("unit")
        return named or units.filter(pk__in=held).first() or units.first()

    def _fill(self, row: dict) -> None:
        """Put the content of a row into the newest draft of its page, if it differs."""
        is_new = row["uid"] in self.made
        page = type(self.pages[row["uid"]]).objects.get(pk=self.pages[row["uid"]].pk)
        draft = page if is_new else page.get_latest_revision_as_object()
        before = None if is_new else _settled_hash(page)
        try:
            with transaction.atomic():
                self._set(draft, row)
                if before == draft.approval_hash():
                    self.report.add(page.title, SAME, page=page)
                    return
                draft.full_clean()
                if is_new:
                    draft.save()
                draft.save_revision(user=self.user, clean=False)
        except (ValidationError, ValueError, TypeError, KeyError, ObjectDoesNotExist) as error:
            self.report.add(page.title, REFUSED, _words(error), None if is_new else page)
            if is_new:
                type(page).objects.get(pk=page.pk).delete()
                del self.pages[row["uid"]]
            return
        act = "page.brought" if is_new else "page.brought_again"
        audit.record(self.user, act, page, reason=str(self.package.content.get("portal", ""))[:200])
        self.report.add(draft.title, CREATED if is_new else CHANGED, page=page)

    def _set(self, draft, row: dict) -> None:
        for one in plain_fields(draft):
            if one.name in row["fields"]:
                inward(draft, one, row["fields"][one.name], self.id_of)
                if isinstance(one, StreamField):
                    one.stream_block.clean(getattr(draft, one.name))
        if row.get("audience") in AudienceKind.values:
            draft.audience = row["audience"]
        slugs = [str(one) for one in row.get("audience_units") or ()][:200]
        draft.audience_units = list(Organisation.objects.filter(slug__in=slugs))
        if draft.audience == AudienceKind.CHOSEN and not draft.audience_units.all():
            raise ValidationError(_("none of the units that it is meant for is here"))
        for name in getattr(draft, "MANY_FIELDS", ()):
            self._set_many(draft, name, row["many"].get(name) or ())

    def _set_many(self, draft, name: str, said) -> None:
        words = [str(one)[:100] for one in said if isinstance(one, str)][:100]
        field_here = draft._meta.get_field(name)
        if isinstance(field_here, TaggableManager):
            getattr(draft, name).set(words)
            return
        pks = [pk for one in words if (pk := self.id_of("page", ["page", one]))]
        setattr(draft, name, list(field_here.related_model.objects.filter(pk__in=pks)))

    def id_of(self, sort: str, name: Any) -> int | None:
        """The number here of what a package names; None when it is not here."""
        if not isinstance(name, list) or len(name) != 2 or name[0] != sort:
            return None
        mark = str(name[1])
        if sort == "picture":
            return self.pictures.get(mark)
        if sort == "file":
            return self.files.get(mark)
        if mark in self.pages:
            return self.pages[mark].pk
        try:
            key, locale = _identity(mark)
        except (ValueError, ObjectDoesNotExist):
            return None
        rows = Page.objects.filter(translation_key=key, locale=locale)
        return rows.values_list("pk", flat=True).first()


def _identity(uid: str) -> tuple[uuid.UUID, Locale]:
    """The two halves of a page's identity in a package.

    Raises:
        ValueError, Locale.DoesNotExist: it is none, or of a language that is not spoken here.
    """
    key, _dot, code = uid.partition(".")
    return uuid.UUID(key), Locale.objects.get(language_code=code or DEFAULT)


def _settled_hash(page: PortalPage) -> str:
    scratch = page.get_latest_revision_as_object()
    settle(scratch)
    return scratch.approval_hash()


def _kind(label: str) -> type[PortalPage] | None:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, PortalPage) and model is not PortalPage else None


def _words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(error.messages)[:300] or _("it is not complete")
    return _("a value in it can't be read")


def settings_of(package: Package) -> dict[str, str]:
    """The settings in a package that differ from those here, as text."""
    said = package.content.get("settings")
    here = PortalSettings.objects.first() or PortalSettings()
    if not isinstance(said, dict):
        return {}
    return {
        name: str(said[name]) for name in SETTINGS
        if isinstance(said.get(name), str) and said[name] != getattr(here, name)
    }  # fmt: skip


def apply_settings(package: Package, user) -> list[str]:
    """Take over the settings of a package; the names of those that changed.

    Raises:
        ValidationError: a colour has too little contrast, or a value is none.
    """
    changed = settings_of(package)
    if not changed:
        return []
    row = PortalSettings.load()
    before = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    changes = {name: [before[name], value] for name, value in changed.items()}
    audit.record(user, "settings.brought", row, changes=changes)
    return sorted(changed)
