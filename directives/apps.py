from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectivesConfig(AppConfig):
    name = "directives"
    verbose_name = _("Directives")

    def ready(self) -> None:
        from legal_docs.works import register_work_class

        from . import listings
        from .models import Directive

        register_work_class(Directive, prefix="chi-dao")
        listings.register()
