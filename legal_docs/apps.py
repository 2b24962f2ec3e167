from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LegalDocsConfig(AppConfig):
    name = "legal_docs"
    verbose_name = _("Legal documents")

    def ready(self) -> None:
        from portal.core import clock
        from portal.editorial import checks, evidence

        from . import examining, listings, publication_checks, receivers  # noqa: F401
        from .evidence import WorkEvidence
        from .following import asking, mailing
        from .models import LegalDocument
        from .works import register_work_class

        register_work_class(LegalDocument, prefix="van-ban")
        listings.register()
        checks.load(publication_checks)
        clock.register("examine-files", 300, examining.examine_waiting)
        clock.register("follow-confirmations", 20, mailing.send_confirmations)
        clock.register("follow-digests", 60, mailing.send_digests)
        clock.register("follow-forget", 3600, asking.forget_unconfirmed)
        evidence.register("works", WorkEvidence())
