"""Compare the search index with the database: what is there, and what it says."""

from django.core.management.base import BaseCommand, CommandError

from search.indexing import keeping, outbox


class Command(BaseCommand):
    help = "So chỉ mục tìm kiếm với cơ sở dữ liệu, cả nội dung; --heal sửa chỗ lệch."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--heal", action="store_true", help="sửa chỗ lệch")
        parser.add_argument(
            "--quick", action="store_true", help="chỉ xem thiếu và thừa, không so nội dung"
        )

    def handle(self, *args, **options) -> None:
        drift = keeping.drift(contents=not options["quick"])
        self.stdout.write(_said(drift))
        if not drift:
            return
        if not options["heal"]:
            raise CommandError("Chỉ mục lệch với cơ sở dữ liệu; chạy search_check --heal.")
        keeping.heal(drift)
        outbox.drain(timeout=60.0)
        left = keeping.drift(contents=not options["quick"])
        if left:
            raise CommandError(f"Còn lệch. {_said(left)}")
        self.stdout.write("Đã sửa.")


def _said(drift: keeping.Drift) -> str:
    return f"Thiếu {len(drift.missing)}, thừa {len(drift.stale)}, khác {len(drift.changed)}."
