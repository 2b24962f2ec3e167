"""Propose pairs of words that the portal's own public texts declare; an editor decides."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.management.base import BaseCommand

from legal_docs.models import Provision
from legal_docs.models.part import Part
from legal_docs.works import kinds
from portal.organisations.audience import PUBLIC
from search.models import NeverEqual, WordPair, pair_key
from search.understanding.learning import proposals


class Command(BaseCommand):
    help = (
        "Reads the public texts for declared abbreviations and short names and notes what is new "
        "as pairs that are not in use; running it again proposes nothing twice."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--least", type=int, default=3, help="how many documents must say so")
        parser.add_argument("--most", type=int, default=200, help="how many pairs to note at most")
        parser.add_argument("--dry-run", action="store_true", help="show, note nothing")

    def handle(self, *args, **options) -> None:
        known = set(WordPair.objects.values_list("typed", flat=True))
        never = set(NeverEqual.objects.filter(active=True).values_list("key", flat=True))
        noted = 0
        for found in proposals(public_texts(), least=options["least"]):
            if noted >= options["most"]:
                break
            if found.typed in known or pair_key(found.typed, found.meant) in never:
                continue
            noted += 1
            self.stdout.write(f"{found.count:5} {found.typed} → {found.meant} ({found.kind})")
            if not options["dry_run"]:
                WordPair.objects.get_or_create(
                    key=WordPair(
                        typed=found.typed, meant=found.meant, strength=found.kind
                    ).make_key(),
                    defaults={
                        "typed": found.typed[:160],
                        "meant": found.meant[:200],
                        "strength": found.kind.value,
                        "active": False,
                        "note": f"Đề xuất từ {found.count} văn bản; chờ biên tập viên xem.",
                    },
                )
        self.stdout.write(f"{noted} cặp từ mới được đề xuất, chưa cặp nào được dùng.")


def public_texts() -> Iterator[str]:
    """One text for each public document, put together from its provisions."""
    for kind in kinds():
        identities = (
            kind.model.objects.visible_to(PUBLIC)
            .order_by("identity_id")
            .values_list("identity_id", flat=True)
        )
        for identity in identities.iterator(chunk_size=500):
            parts = Provision.objects.filter(
                expression__work=identity,
                expression__state=Part.State.LIVE,
                expression__language="vi",
            ).values_list("text", flat=True)
            yield "\n".join(parts)
