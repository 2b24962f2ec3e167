"""Keep the search index: drain, rebuild, check."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from modelsearch.backends import get_search_backend
from wagtail.models import Page

from search.engine import engine
from search.engines.base import EngineError
from search.indexing import keeping, outbox


class Command(BaseCommand):
    help = (
        "Chỉ mục tìm kiếm: drain (cập nhật), rebuild (dựng lại), ensure (dựng nếu chưa có, cả chỉ"
        " mục của phần quản trị), check (so với cơ sở dữ liệu), heal (sửa chỗ lệch)."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("verb", choices=["drain", "rebuild", "ensure", "check", "heal"])

    def handle(self, *args, **options) -> None:
        verb = options["verb"]
        if verb == "drain":
            self.stdout.write(f"Đã cập nhật {outbox.drain(timeout=60.0)} văn bản.")
        elif verb == "rebuild":
            self.stdout.write(f"Đã dựng lại chỉ mục với {keeping.rebuild()} văn bản.")
        elif verb == "ensure":
            self._ensure()
        elif verb == "heal":
            self.stdout.write(f"Đã sửa {keeping.heal()} văn bản; chỉ mục có {engine().count()}.")
        else:
            missing, stale = keeping.drift()
            self.stdout.write(f"Thiếu {len(missing)}, thừa {len(stale)}.")
            if missing or stale:
                raise CommandError("Chỉ mục lệch với cơ sở dữ liệu; chạy search_index heal.")

    def _ensure(self) -> None:
        try:
            if not engine().ping():
                self.stdout.write(f"Đã dựng chỉ mục với {keeping.rebuild()} văn bản.")
        except EngineError as error:
            # The portal reads without it, and the worker fills it when it answers again.
            self.stderr.write(f"Máy tìm kiếm không trả lời, chỉ mục chưa được dựng: {error}")
            return
        if not _admin_index_is_there():
            call_command("wagtail_update_index", verbosity=0)
            self.stdout.write("Đã dựng chỉ mục của phần quản trị.")


def _admin_index_is_there() -> bool:
    index = get_search_backend().get_index_for_model(Page)
    # Ours says it plainly; in a cluster it is the alias that a rebuild leaves.
    return bool(index.is_there() if hasattr(index, "is_there") else index.is_alias())
