from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from portal.core import clock

        from . import receivers  # noqa: F401
        from .indexing import keeping, outbox, training

        clock.register("drain-search-outbox", 1, outbox.drain_quietly)
        clock.register("heal-search-index", 6 * 3600, keeping.heal)
        clock.register("learn-search-language", 7 * 24 * 3600, training.learn_language)
