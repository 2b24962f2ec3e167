"""Examine stored files: signatures and text (docs/checks.md)."""

from __future__ import annotations

from collections import Counter

from django.core.management.base import BaseCommand

from legal_docs import examining
from legal_docs.models import Manifestation
from legal_docs.models.part import Part


class Command(BaseCommand):
    help = "Examines files that nobody has examined yet, or whose trust store has changed."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--all", action="store_true", help="examine all files anew")

    def handle(self, *args, **options) -> None:
        if options["all"]:
            rows = Manifestation.objects.exclude(state=Part.State.PAST)
            sums = list(dict.fromkeys(rows.values_list("sha256", flat=True)))
        else:
            sums = examining.waiting()
        store = examining.trust_store()
        counted: Counter[str] = Counter()
        for sha256 in sums:
            found = examining.signatures_of(examining.examine(sha256, store))
            counted[found.verdict.value if found else "khong-con"] += 1
        said = ", ".join(f"{name} {count}" for name, count in sorted(counted.items()))
        self.stdout.write(f"{len(sums)} tệp. {said}")
