"""Prove the ledger: the chain holds, and what is live is what its newest line says."""

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from portal.editorial import ledger
from portal.editorial.models import PublicationRecord, Publishable


class Command(BaseCommand):
    help = "Kiểm tra sổ công bố: chuỗi băm liền mạch, nội dung đang đăng đúng như đã duyệt."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--chain-only", action="store_true", help="không băm lại nội dung")

    def handle(self, *args, **options) -> None:
        broken = list(ledger.broken_lines())
        changed = [] if options["chain_only"] else list(self._changed())
        self.stdout.write(
            f"{PublicationRecord.objects.count()} dòng; {len(broken)} dòng đứt chuỗi; "
            f"{len(changed)} mục khác với nội dung đã duyệt."
        )
        for number in broken[:20]:
            self.stdout.write(f"  dòng {number} không khớp với dòng trước nó")
        for item in changed[:20]:
            self.stdout.write(f"  {item}")
        if broken or changed:
            raise CommandError("Sổ công bố và nội dung không khớp.")

    def _changed(self):
        for model in apps.get_models():
            if not issubclass(model, Publishable):
                continue
            rows = model.objects.filter(live=True).select_related("publication_record")
            for item in rows.iterator(chunk_size=200):
                if item.live_hash() != item.publication_record.content_hash:
                    yield item
