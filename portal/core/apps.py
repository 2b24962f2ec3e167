from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"
    verbose_name = _("Ground")

    def ready(self) -> None:
        from . import clock
        from .background import requeue_lost

        clock.register("requeue-lost-tasks", 300, requeue_lost)
        clock.register("clear-sessions", 86_400, _clear_sessions)
        _leave_out_of_reference_index()


def _clear_sessions() -> None:
    from django.core.management import call_command

    call_command("clearsessions")


#: Apps whose models refer to each other by foreign keys that we ask ourselves.
RELATIONAL_APPS = frozenset({"organisations", "editorial", "legal_docs", "directives", "search"})


def _leave_out_of_reference_index() -> None:
    """Wagtail's reference index is for rich text and pages; for plain rows it would only queue a
    task at each save."""
    from django.apps import apps

    for model in apps.get_models():
        if model._meta.app_label in RELATIONAL_APPS:
            model.wagtail_reference_index_ignore = True
