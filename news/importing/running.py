"""Bring items in: idempotent, with pictures from a folder, a report, redirects of old addresses."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from PIL import Image, UnidentifiedImageError
from wagtail.contrib.redirects.models import Redirect

from news.models import NewsArticle, NewsIndexPage
from news.models.imported import ImportedNews
from portal.editorial.models import Mandate
from portal.editorial.publishing import publish_under_mandate
from portal.organisations.models import Organisation
from portal.pages.addresses import free_slug
from portal.pages.models import Picture

from .reading import IncomingNews, Part


@dataclass(slots=True)
class Report:
    """What became of the items, and what could not be brought along."""

    counts: Counter = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def run(
    items: Iterable[IncomingNews],
    index: NewsIndexPage,
    unit: Organisation,
    source: str,
    *,
    pictures: Path | None = None,
    mandate: Mandate | None = None,
    user=None,
) -> Report:
    """Bring every item in that is not there yet, each in a transaction of its own.

    ``source`` names the old portal; with a ``mandate`` items go live under it, else they wait as
    drafts. Pictures are looked up by name in ``pictures``; nothing is fetched from anywhere.
    """
    report = Report()
    files = {path.name: path for path in pictures.rglob("*") if path.is_file()} if pictures else {}
    for item in items:
        if ImportedNews.objects.filter(source=source, key=item.key).exists():
            report.counts["unchanged"] += 1
            continue
        try:
            with transaction.atomic():
                _bring(item, index, unit, source, files, mandate, user, report)
            report.counts["created"] += 1
        except ValidationError as error:
            report.counts["rejected"] += 1
            report.notes.append(f"{item.title}: {'; '.join(error.messages)}")
    return report


def _bring(item, index, unit, source, files, mandate, user, report) -> None:
    article = NewsArticle(
        title=item.title, slug=free_slug(index, item.title, fallback="tin"), summary=item.summary,
        day=item.day or timezone.localdate(), author=item.author, unit=unit, source=source,
        body=json.dumps([b for part in item.parts if (b := _block(part, files, report, item))]),
        live=False,
    )  # fmt: skip
    article.topics.add(*item.topics)
    NewsIndexPage.objects.get(pk=index.pk).add_child(instance=article)
    article.full_clean()
    article.save_revision(user=user, clean=False)
    ImportedNews.objects.create(article=article, source=source, key=item.key)
    _redirect(item.old_path, article)
    if mandate is not None:
        publish_under_mandate(NewsArticle.objects.get(pk=article.pk), mandate)


def _block(part: Part, files: dict[str, Path], report: Report, item) -> dict | None:
    if part.html:
        return {"type": "text", "value": part.html}
    if part.table:
        return {"type": "table", "value": part.table}
    path = files.get(part.picture)
    picture = _picture(path, part.alt or item.title) if path else None
    if picture is None:
        report.counts["pictures missing"] += 1
        report.notes.append(f"{item.title}: thiếu ảnh {part.picture}")
        return None
    value = {"picture": picture.pk, "alt_text": part.alt, "caption": "", "credit": ""}
    return {"type": "picture", "value": value}


def _picture(path: Path, title: str) -> Picture | None:
    """The picture of a file, once for the same bytes; None when it is no picture."""
    try:
        with Image.open(path) as opened:
            opened.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
        return None
    with path.open("rb") as stream:
        row = Picture(title=title[:255], file=ImageFile(stream, name=path.name))
        row._set_file_hash()
        same = Picture.objects.filter(file_hash=row.file_hash).first()
        if same is None:
            row.save()
    return same or row


def _redirect(old_path: str, article: NewsArticle) -> None:
    path = Redirect.normalise_path(old_path) if old_path else ""
    if path and path != "/" and path != article.address.rstrip("/"):
        Redirect.objects.get_or_create(
            old_path=path, site=None, defaults={"redirect_page": article, "is_permanent": True}
        )
