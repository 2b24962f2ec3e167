"""Prove the ledger: the chain holds, and what is live is what its newest line says."""

from django.core.management.base import BaseCommand, CommandError

from portal.editorial import proof
from portal.editorial.models import PublicationRecord

MOST = 100


class Command(BaseCommand):
    help = (
        "Kiểm tra sổ công bố: trigger, chuỗi băm, mốc ký; nội dung, bản văn, tệp đúng như đã duyệt."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--chain-only", action="store_true", help="không băm lại nội dung")

    def handle(self, *args, **options) -> None:
        faults = list(proof.chain_faults())
        if not options["chain_only"]:
            faults += proof.content_faults()
        self.stdout.write(f"{PublicationRecord.objects.count()} dòng; {len(faults)} lỗi.")
        for fault in faults[:MOST]:
            self.stdout.write(f"  {fault}")
        if faults:
            raise CommandError("Sổ công bố và nội dung không khớp.")
