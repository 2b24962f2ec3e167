from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from django.core.signals import request_finished

        from portal.core import clock, page_cache

        from . import query_log, receivers  # noqa: F401
        from .indexing import keeping, outbox, training

        clock.register("drain-search-outbox", 1, outbox.drain_quietly)
        clock.register("heal-search-index", 6 * 3600, keeping.heal)
        # Four times a day, so that what too few asked does not outlive its day by long.
        clock.register("purge-search-log", 6 * 3600, query_log.purge)
        # Their addresses are too many, and the index follows a publication a moment after its line
        # in the ledger: what was found before is not to be kept under the new stamp.
        page_cache.leave_out("/tim-kiem/", "/tim-kiem/goi-y/", "/api/v1/search", "/api/v1/suggest")
        request_finished.connect(query_log.flush_when_due, dispatch_uid="search-log")
        clock.register("learn-search-language", 7 * 24 * 3600, training.learn_language)
