from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "portal.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from django.core.signals import request_finished
        from django.db.models.signals import post_migrate, pre_save
        from wagtail.models import AbstractPage, Page
        from wagtail.permissions import register_permission_policy

        from portal.core import clock
        from portal.core import demo as demo_parts
        from portal.editorial import protection
        from portal.editorial.checks.links import register_finder
        from portal.editorial.signals import (
            audience_changed,
            relation_changed,
            went_live,
            withdrawn,
        )

        from . import (
            asking,
            attachments,
            broken_links,
            demo,
            demo_services,
            duties,
            first_steps,
            library,
            listings,
            pictures,
            receivers,
            searching,
        )
        from .front_cache import adapters, purging
        from .models import AnswerPage
        from .models.form_pages import forget_submissions
        from .permissions import PagesPolicy
        from .registry import SiteMap, register_file_owner, register_site_map
        from .usage import counting
        from .views.machines import pages_count, pages_part

        register_file_owner(pictures.answer_for)
        register_file_owner(attachments.answer_for)
        library.connect()
        first_steps.connect()
        searching.register()
        pre_save.connect(receivers.refuse_bare_changes, sender=Page, dispatch_uid="bare pages")
        register_site_map(SiteMap("trang", pages_count, pages_part))
        register_permission_policy(AbstractPage, PagesPolicy("wagtailcore.Page"))
        protection.register(protection.LivePageNeedsRecord("pages_portalpage"))
        post_migrate.connect(receivers.make_home, sender=self, dispatch_uid="home page")
        post_migrate.connect(receivers.usual_duties, sender=self, dispatch_uid="duties")
        demo_parts.register(demo.PAGES)
        demo_parts.register(demo_services.SERVICES)
        demo_parts.register(demo.HOME)
        listings.register()
        went_live.connect(
            asking.answer_published, sender=AnswerPage, dispatch_uid="answers of questions"
        )
        for signal, concerns in (
            (went_live, purging.went_live),
            (withdrawn, purging.taken_away),
            (audience_changed, purging.taken_away),
            (relation_changed, purging.relations_changed),
        ):
            signal.connect(concerns, dispatch_uid="caches in front")
        clock.register("caches-in-front", 2, purging.drain)
        clock.register("forget-cached-addresses", 86_400, adapters.forget_old)
        request_finished.connect(counting.flush_when_due, dispatch_uid="views")
        register_finder(broken_links.dead_pages)
        went_live.connect(broken_links.published, dispatch_uid="links of pages")
        clock.register("broken-links", 86_400, broken_links.scan_all)
        clock.register("fold-views", 86_400, counting.fold)
        clock.register("forget-askers", 86_400, asking.forget_askers)
        clock.register("late-questions", 86_400, asking.tell_late)
        clock.register("forget-submissions", 86_400, forget_submissions)
        clock.register("stale-sections", 86_400, duties.tell_stale)
