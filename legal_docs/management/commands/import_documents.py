"""Import documents from files and folders of any source that the portal knows."""

from __future__ import annotations

import contextlib
import gc
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from legal_docs.importers.applying import Conditions
from legal_docs.importers.reports import REJECTED, Report
from legal_docs.importers.running import Run
from legal_docs.importers.sources import SOURCES, read
from portal.core.locks import Busy, file_lock
from portal.editorial.models import Mandate
from portal.organisations.models import Organisation
from portal.organisations.reference import EDITORIAL_BOARD


class Command(BaseCommand):
    help = (
        "Nhập văn bản từ tệp hoặc thư mục. Không có --mandate thì mọi văn bản là bản nháp. "
        "Chạy lại được bất cứ lúc nào: bản ghi không đổi thì không ghi gì."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--source", choices=SOURCES, default="auto", help="dạng của nguồn")
        parser.add_argument("--mandate", type=int, metavar="ID", help="đăng theo ủy quyền đã duyệt")
        parser.add_argument("--unit", help="slug của đơn vị phụ trách (mặc định: Ban biên tập)")
        parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và đề xuất, không ghi")
        parser.add_argument("--report", type=Path, metavar="FILE", help="ghi báo cáo JSON Lines")

    def handle(self, *args, **options) -> None:
        for path in options["paths"]:
            if not path.exists():
                raise CommandError(f"Không có “{path}”.")
        mandate = self._mandate(options)
        under = None
        if not options["dry_run"]:
            under = Conditions(
                owner=mandate.owner if mandate else self._unit(options["unit"]),
                source_label=mandate.source if mandate else "",
                mandate=mandate,
                demo=bool(mandate and mandate.demo),
            )
        try:
            with contextlib.ExitStack() as stack:
                if not options["dry_run"]:
                    stack.enter_context(file_lock(settings.VAR_DIR / "import.lock"))
                stream = None
                if options["report"]:
                    stream = stack.enter_context(options["report"].open("w", encoding="utf-8"))
                self._run(options, under, Report(stream))
        except Busy:
            raise CommandError("Một lần nhập khác đang chạy; chờ nó xong rồi chạy lại.") from None

    def _mandate(self, options) -> Mandate | None:
        if not options["mandate"]:
            return None
        mandate = Mandate.objects.filter(pk=options["mandate"]).first()
        if mandate is None:
            raise CommandError(f"Không có ủy quyền số {options['mandate']}.")
        try:
            mandate.refuse_unless_valid(timezone.localdate())
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None
        if not mandate.covers(options["paths"]):
            raise CommandError("Các tệp này không phải là tệp mà ủy quyền đã duyệt.")
        return mandate

    def _unit(self, slug: str | None) -> Organisation:
        unit = Organisation.objects.filter(slug=slug or EDITORIAL_BOARD).first()
        if unit is None:
            raise CommandError(
                f"Không có đơn vị “{slug or EDITORIAL_BOARD}”; chạy manage.py load_reference trước."
            )
        return unit

    def _run(self, options, under: Conditions | None, report: Report) -> None:
        from tqdm import tqdm

        # A batch makes some hundred thousand small values and drops them together: let the
        # collector look less often.
        gc.set_threshold(200_000, 20, 50)
        run = Run(under, report, options["dry_run"])
        begun = time.monotonic()
        records = (record for path in options["paths"] for record in read(path, options["source"]))
        with tqdm(unit=" văn bản", disable=not sys.stderr.isatty()) as progress:
            for count in run.records(records):
                progress.update(count)
        seconds = time.monotonic() - begun
        counts = report.counts
        total = sum(counts.values())
        self.stdout.write(
            f"{total} bản ghi trong {seconds:.1f} giây ({total / max(seconds, 0.001):.0f}/giây): "
            f"{counts['created']} tạo mới, {counts['updated']} cập nhật, "
            f"{counts['unchanged']} không đổi, {counts[REJECTED]} bị từ chối."
        )
        for reason, count in report.reasons.most_common(10):
            self.stdout.write(f"  {count} × {reason}")
