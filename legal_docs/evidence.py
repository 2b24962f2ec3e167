"""Texts and files of works as evidence: are they what their hashes say, and what may go abroad."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from portal.core.batching import batched
from portal.editorial.manifest import file_hash
from portal.editorial.models import PublicationRecord
from portal.organisations.audience import PUBLIC
from portal.organisations.models import Organisation

from . import matching
from .models import DocumentType, Expression, Field, Manifestation, Provision, WorkIdentity
from .models.part import Part
from .works import kinds, visible_works

#: Once published: what stands, and what stood.
SHOWN = (Part.State.LIVE, Part.State.PAST)
#: Units whose text holds all that stands in their HTML; of containers it is the heading only.
WHOLE = ("dieu", "khoan", "diem")


class WorkEvidence:
    """Evidence of legal documents and directives."""

    def faults(self) -> Iterator[str]:
        recorded = _recorded()
        for row in _shown(Expression).select_related("work").iterator(chunk_size=20):
            name = f"bản văn {row.pk} của {row.work}"
            if matching.text_hash(row.html) != row.text_hash:
                yield f"{name}: chữ không khớp với băm đã duyệt"
            elif matching.key_of_html(row.html) != row.text_key:
                yield f"{name}: khóa tra cứu đã bị sửa"
            if row.work_id in recorded and row.text_hash not in recorded[row.work_id]:
                yield f"{name}: không dòng nào của sổ công bố nói đến nó"
            yield from (f"{name}: {fault}" for fault in _provision_faults(row))
        for row in _shown(Manifestation).select_related("work").iterator():
            yield from _file_faults(row, recorded)

    def texts(self, hashes: Collection[str]) -> Iterable[tuple[str, str]]:
        for chunk in batched(sorted(hashes)):
            rows = _shown(Expression).filter(text_hash__in=chunk)
            for digest, html in rows.values_list("text_hash", "html").iterator(chunk_size=20):
                yield digest, matching.without_links(html)

    def files(self, hashes: Collection[str]) -> Iterable[tuple[str, Path]]:
        for chunk in batched(sorted(hashes)):
            for row in _shown(Manifestation).filter(sha256__in=chunk):
                yield row.sha256, Path(row.file.path)

    def names(self) -> Mapping[str, Mapping[str, str]]:
        public = WorkIdentity.objects.exclude(work_class="")
        works = visible_works(public.iterator(), PUBLIC)
        return {
            "organisations": _by_key(Organisation.objects.values_list("pk", "name")),
            "types": _by_key(DocumentType.objects.values_list("pk", "label")),
            "fields": _by_key(Field.objects.values_list("pk", "name")),
            "works": {str(pk): work.title_short for pk, work in works.items()},
        }


def _shown(model):
    return model.objects.filter(state__in=SHOWN).order_by("pk")


def _by_key(pairs) -> dict[str, str]:
    return {str(key): name for key, name in pairs}


def _recorded() -> dict[int, set[str]]:
    """Identity → hashes of texts and files that its lines name; without works of which a line of
    format 1 speaks, because that names none."""
    found: dict[int, set[str]] = {}
    for kind in kinds():
        works = dict(kind.model._base_manager.values_list("pk", "identity_id"))
        hashes: dict[int, set[str]] = defaultdict(set)
        old = set()
        lines = PublicationRecord.objects.filter(
            content_type__app_label=kind.model._meta.app_label,
            content_type__model=kind.model._meta.model_name,
        )
        for line in lines.only("object_id", "texts", "files", "format").iterator():
            hashes[line.object_id].update(line.texts, line.files)
            if line.format == 1:
                old.add(line.object_id)
        found |= {works[pk]: all_ for pk, all_ in hashes.items() if pk in works and pk not in old}
    return found


def _provision_faults(expression: Expression) -> Iterator[str]:
    """Provisions are derived from the text; each must be its place in it."""
    rows = Provision.objects.filter(expression=expression.pk).order_by("order")
    named = []
    for row in rows:
        html = expression.html[row.start : row.end]
        seen = matching.plain(matching.visible(html))
        whole = row.kind in WHOLE and "<figure" not in html
        head = matching.plain(f"{row.label}{row.heading}")
        if (
            f'id="{row.eid}"' not in html
            or matching.key_of_html(html) != row.text_key
            or (whole and matching.plain(row.text) != seen)
            or (row.kind == "dieu" and not seen.startswith(head))
        ):
            yield f"điều khoản {row.eid} không khớp với bản văn"
        named.append([row.eid, row.kind, row.label, row.heading, row.depth])
    if named != [[str(row[0])[:120], *row[1:]] for row in expression.outline]:
        yield "mục lục và các điều khoản không khớp"


def _file_faults(row: Manifestation, recorded: dict[int, set[str]]) -> Iterator[str]:
    name = f"tệp {row.name} ({row.pk}) của {row.work}"
    path = Path(row.file.path)
    if not path.is_file():
        yield f"{name}: không còn trên đĩa"
    elif file_hash(path) != row.sha256:
        yield f"{name}: các byte không khớp với băm đã duyệt"
    if row.work_id in recorded and row.sha256 not in recorded[row.work_id]:
        yield f"{name}: không dòng nào của sổ công bố nói đến nó"
