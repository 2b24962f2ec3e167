"""Build the search index anew, beside the one in use."""

from __future__ import annotations

import sys

from django.core.management import call_command
from django.core.management.base import BaseCommand
from modelsearch.backends import get_search_backend
from tqdm import tqdm
from wagtail.models import Page

from search.engine import engine, page_engine
from search.engines.base import EngineError
from search.indexing import keeping
from search.indexing.pages import live_page_refs
from search.indexing.records import live_refs


class Command(BaseCommand):
    help = (
        "Dựng lại chỉ mục tìm kiếm bên cạnh chỉ mục đang dùng rồi thay; trong lúc đó vẫn tìm được."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--if-missing",
            action="store_true",
            help="chỉ dựng khi chưa có, kể cả chỉ mục của phần quản trị",
        )

    def handle(self, *args, **options) -> None:
        if not options["if_missing"]:
            self.stdout.write(f"Đã dựng lại chỉ mục với {self._rebuild()} văn bản.")
            return
        try:
            if not engine().ping():
                self.stdout.write(f"Đã dựng chỉ mục với {self._rebuild()} văn bản.")
            elif not page_engine().ping():
                self.stdout.write(f"Đã dựng chỉ mục với {keeping.rebuild_pages()} tin và trang.")
        except EngineError as error:
            # The portal reads without it, and the worker fills it when it answers again.
            self.stderr.write(f"Máy tìm kiếm không trả lời, chỉ mục chưa được dựng: {error}")
            return
        if not _admin_index_is_there():
            call_command("wagtail_update_index", verbosity=0)
            self.stdout.write("Đã dựng chỉ mục của phần quản trị.")

    def _rebuild(self) -> int:
        total = len(live_refs()) + len(live_page_refs())
        with tqdm(total=total, unit=" văn bản", disable=not sys.stderr.isatty()) as bar:
            return keeping.rebuild(lambda count: bar.update(1))


def _admin_index_is_there() -> bool:
    index = get_search_backend().get_index_for_model(Page)
    # Ours says it plainly; in a cluster it is the alias that a rebuild leaves.
    return bool(index.is_there() if hasattr(index, "is_there") else index.is_alias())
