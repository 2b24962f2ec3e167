from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        from portal.core import demo as demo_parts

        from . import demo, ending, listings, receivers, searching

        listings.register()
        receivers.register()
        searching.register()
        ending.register()
        demo_parts.register(demo.NEWS)
