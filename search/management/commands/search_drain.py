"""Bring the search index up to date now."""

from django.core.management.base import BaseCommand

from search.indexing import outbox


class Command(BaseCommand):
    help = "Cập nhật chỉ mục tìm kiếm theo những thay đổi đang chờ."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"Đã cập nhật {outbox.drain(timeout=60.0)} văn bản.")
