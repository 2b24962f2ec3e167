"""Writing a package: pages of a part of the tree, the pictures and files that they use."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from portal.pages.models import Attachment, Picture, PortalPage, PortalSettings
from portal.pages.permissions import own_pages

from .values import outward, plain_fields

FORMAT, VERSION = "cong-van-ban/trang", 1
CONTENT = "trang.json"
#: Fields of the settings that are no words of one house alone.
SETTINGS = ("name_vi", "name_en", "authority", "masthead", "accent", "accent_dark", "responsible",
            "address", "telephone", "email", "licence", "social", "security_contact")  # fmt: skip


class Packer:
    """Collects what pages point at while their values are written."""

    def __init__(self) -> None:
        self.pictures: dict[str, Picture] = {}
        self.files: dict[str, Attachment] = {}

    def name(self, sort: str, pk: Any) -> list[str] | None:
        """What a thing is called outside this portal; None when it is not there."""
        if not str(pk).isdigit():
            return None
        if sort == "page":
            page = Page.objects.filter(pk=pk).select_related("locale").first()
            return ["page", uid_of(page)] if page else None
        if sort == "picture":
            return self._kept(Picture, pk, self.pictures, "picture", "file_hash")
        if sort == "file":
            return self._kept(Attachment, pk, self.files, "file", "sha256")
        return None

    @staticmethod
    def _kept(model: type[models.Model], pk, kept: dict, sort: str, mark: str) -> list[str] | None:
        row = model._base_manager.filter(pk=pk).first()
        if row is None:
            return None
        if mark == "file_hash":
            row.get_file_hash()  # old rows have none yet
        if not getattr(row, mark):
            return None
        kept[getattr(row, mark)] = row
        return [sort, getattr(row, mark)]


def pages_under(root: PortalPage, user) -> list[PortalPage]:
    """The page and those under it that somebody writes for, in the order of the tree, as their
    newest drafts; what stands under a page that is not his is left out with it."""
    rows = PortalPage.objects.filter(
        pk__in=own_pages(user).values("pk"), path__startswith=root.path
    )
    found: list[PortalPage] = []
    for row in rows.order_by("path").specific():
        parents = {one.path for one in found}
        if row.path == root.path or row.path[: -row.steplen] in parents:
            found.append(row.get_latest_revision_as_object())
    return found


def pack(root: PortalPage, user, target: BinaryIO, *, with_settings: bool = False) -> int:
    """Write a package; how many pages it holds."""
    packer = Packer()
    pages = pages_under(root, user)
    content = {
        "format": FORMAT, "version": VERSION, "portal": settings.PORTAL_URL,
        "made": timezone.now().isoformat(timespec="seconds"),
        "pages": [_page(page, packer) for page in pages],
    }  # fmt: skip
    content["pictures"] = [_picture(row) for row in packer.pictures.values()]
    content["files"] = [
        {"hash": row.sha256, "name": row.filename, "title": row.title}
        for row in packer.files.values()
    ]
    if with_settings:
        row = PortalSettings.objects.first() or PortalSettings()
        content["settings"] = {name: getattr(row, name) for name in SETTINGS}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(CONTENT, json.dumps(content, ensure_ascii=False, indent=1))
        for one, folder in ((packer.pictures, "anh"), (packer.files, "tep")):
            for mark, row in one.items():
                _bytes(package, f"{folder}/{mark}{Path(row.file.name).suffix.lower()}", row.file)
    return len(pages)


def _bytes(package: zipfile.ZipFile, name: str, stored) -> None:
    with stored.storage.open(stored.name, "rb") as source, package.open(name, "w") as target:
        while part := source.read(1 << 20):
            target.write(part)


def uid_of(page: Page) -> str:
    """The identity of a page; a translation has that of its original, with its language."""
    code = page.locale.language_code
    return str(page.translation_key) + ("" if code == settings.LANGUAGE_CODE else f".{code}")


def _page(page: PortalPage, packer: Packer) -> dict[str, object]:
    parent = page.get_parent()
    return {
        "uid": uid_of(page),
        "parent": uid_of(parent),
        "kind": page._meta.label_lower,
        "address": page.address,
        "slug": page.slug,
        "unit": page.unit.slug if page.unit else "",
        "audience": page.audience,
        "audience_units": sorted(unit.slug for unit in page.audience_units.all()),
        "fields": {field.name: outward(page, field, packer.name) for field in plain_fields(page)},
        "many": {name: _many(page, name) for name in getattr(page, "MANY_FIELDS", ())},
    }


def _many(page, name: str) -> list[object]:
    """Topics by their words, pages by their uid."""
    rows = getattr(page, name).all()
    return sorted(uid_of(row) if isinstance(row, Page) else row.name for row in rows)


def _picture(row: Picture) -> dict[str, object]:
    focus = (row.focal_point_x, row.focal_point_y, row.focal_point_width, row.focal_point_height)
    return {
        "hash": row.file_hash, "name": row.filename, "title": row.title, "alt": row.alt_text,
        "credit": row.credit, "focus": list(focus) if row.focal_point_x is not None else None,
    }  # fmt: skip
