"""Compare the search index with the database."""

from django.core.management.base import BaseCommand, CommandError

from search.indexing import keeping, outbox


class Command(BaseCommand):
    help = "So chỉ mục tìm kiếm với cơ sở dữ liệu; --heal sửa chỗ lệch."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--heal", action="store_true", help="sửa chỗ lệch")

    def handle(self, *args, **options) -> None:
        drift = keeping.drift()
        self.stdout.write(f"Thiếu {len(drift.missing)}, thừa {len(drift.stale)}.")
        if not drift:
            return
        if not options["heal"]:
            raise CommandError("Chỉ mục lệch với cơ sở dữ liệu; chạy search_check --heal.")
        keeping.heal()
        outbox.drain(timeout=60.0)
        left = keeping.drift()
        if left:
            raise CommandError(f"Còn lệch: thiếu {len(left.missing)}, thừa {len(left.stale)}.")
        self.stdout.write("Đã sửa.")
