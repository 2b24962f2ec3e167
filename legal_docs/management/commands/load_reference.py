"""Load the reference lists: agencies, document types, fields."""

from django.core.management.base import BaseCommand

from legal_docs import reference as law
from portal.organisations import reference as organisations


class Command(BaseCommand):
    help = "Loads agencies, document types and fields; adds what is missing, overwrites nothing."

    def handle(self, *args, **options) -> None:
        organisations.load()
        law.load()
        self.stdout.write("Đã nạp danh mục cơ quan, loại văn bản, lĩnh vực.")
