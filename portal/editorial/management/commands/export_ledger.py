"""Write the ledger and what it proves to a folder; ``verify_ledger.py`` proves it anywhere."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.editorial.exporting import export


class Command(BaseCommand):
    help = "Xuất sổ công bố (phần công khai) cùng nội dung, bản văn, tệp để kiểm ở máy khác."

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path, help="thư mục trống")
        parser.add_argument("--no-files", action="store_true", help="không chép tệp gốc")

    def handle(self, *args, **options) -> None:
        try:
            done = export(options["folder"], with_files=not options["no_files"])
        except FileExistsError as error:
            raise CommandError(f"{error} không trống.") from error
        self.stdout.write(
            f"{done.lines} dòng, {done.contents} nội dung, {done.texts} bản văn, {done.files} tệp."
        )
