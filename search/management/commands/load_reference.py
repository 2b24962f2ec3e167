"""The reference lists of the rooms below, and the lists of words of search."""

from legal_docs.management.commands import load_reference
from search import reference


class Command(load_reference.Command):
    help = "Loads agencies, types, fields and words; adds what is missing, overwrites nothing."

    def handle(self, *args, **options) -> None:
        super().handle(*args, **options)
        added = reference.load()
        self.stdout.write(f"Đã nạp danh mục từ ngữ tìm kiếm (thêm {added}).")
