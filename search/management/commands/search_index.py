"""Keep the search index: drain, rebuild, check."""

from django.core.management.base import BaseCommand, CommandError

from search.engine import engine
from search.indexing import keeping, outbox


class Command(BaseCommand):
    help = "Chỉ mục tìm kiếm: drain (cập nhật), rebuild (dựng lại), check (so với cơ sở dữ liệu)."

    def add_arguments(self, parser) -> None:
        parser.add_argument("verb", choices=["drain", "rebuild", "check", "heal"])

    def handle(self, *args, **options) -> None:
        verb = options["verb"]
        if verb == "drain":
            self.stdout.write(f"Đã cập nhật {outbox.drain(timeout=60.0)} văn bản.")
        elif verb == "rebuild":
            self.stdout.write(f"Đã dựng lại chỉ mục với {keeping.rebuild()} văn bản.")
        elif verb == "heal":
            self.stdout.write(f"Đã sửa {keeping.heal()} văn bản; chỉ mục có {engine().count()}.")
        else:
            missing, stale = keeping.drift()
            self.stdout.write(f"Thiếu {len(missing)}, thừa {len(stale)}.")
            if missing or stale:
                raise CommandError("Chỉ mục lệch với cơ sở dữ liệu; chạy search_index heal.")
