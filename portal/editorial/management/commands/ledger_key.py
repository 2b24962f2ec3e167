"""Show or rotate the key that signs checkpoints of the ledger."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from portal.editorial import signing
from portal.editorial.models import SigningKey


class Command(BaseCommand):
    help = "Khóa ký các mốc của sổ công bố: xem (show) hoặc thay (rotate)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("verb", nargs="?", choices=["show", "rotate"], default="show")

    def handle(self, *args, **options) -> None:
        if options["verb"] == "rotate":
            signing.rotate()
        signing.current()
        for key in SigningKey.objects.order_by("pk"):
            by = f", do khóa {key.introduced_by} giới thiệu" if key.introduced_by else ""
            self.stdout.write(f"{key.name}  {key.public}  từ {key.since:%d/%m/%Y %H:%M} UTC{by}")
