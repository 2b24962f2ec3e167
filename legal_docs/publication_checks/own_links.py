"""Links to documents of this portal that are not published: asked by the check of links."""

from __future__ import annotations

from collections.abc import Iterable

from legal_docs.models import OldPath, WorkIdentity
from legal_docs.works import kinds, live_identities
from portal.editorial.checks import links


def unpublished(paths: set[str]) -> set[str]:
    """Of these paths those that name a document, and none that is published."""
    prefixes = tuple(f"/{kind.prefix}/" for kind in kinds())
    works = {path: _work_path(path) for path in paths if path.startswith(prefixes)}
    asked = {work for work in works.values() if work}
    if not asked:
        return set()
    here = _published(asked)
    return {path for path, work in works.items() if work and work not in here}


def _work_path(path: str) -> str:
    """ "/van-ban/co-quan/so/dieu-5/" → "van-ban/co-quan/so"; "" for a list."""
    parts = path.strip("/").split("/")
    return "/".join(parts[:3]) if len(parts) > 2 else ""


def _published(asked: Iterable[str]) -> set[str]:
    rows = {row.path: row for row in WorkIdentity.objects.filter(path__in=asked)}
    for old in OldPath.objects.filter(path__in=asked).select_related("identity"):
        rows.setdefault(old.path, old.identity)
    live = live_identities(rows.values())
    return {path for path, row in rows.items() if row.pk in live}


links.register_finder(unpublished)
