from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LegalDocsConfig(AppConfig):
    name = "legal_docs"
    verbose_name = _("Legal documents")

    def ready(self) -> None:
        from portal.editorial import evidence

        from . import listings, receivers  # noqa: F401
        from .evidence import WorkEvidence
        from .models import LegalDocument
        from .works import register_work_class

        register_work_class(LegalDocument, prefix="van-ban")
        listings.register()
        evidence.register("works", WorkEvidence())
