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


def _clear_sessions() -> None:
    from django.core.management import call_command

    call_command("clearsessions")
