"""What follows when settings change or a page moves."""

from __future__ import annotations

import json

from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.signals import post_page_move

from portal.core.page_cache import shelf
from portal.editorial.guard import NotApproved
from portal.organisations import audit

from . import framing
from .front_cache import purging
from .models import PortalPage, PortalSettings


@receiver(post_save, sender=PortalSettings, dispatch_uid="settings saved")
def settings_saved(sender, instance, **kwargs) -> None:
    """Pages of this process show the new names at once, of others within seconds."""
    framing.forget()
    shelf.clear()
    purging.frame_changed()


@receiver(post_page_move, dispatch_uid="page moved")
def page_moved(sender, instance, url_path_before, url_path_after, **kwargs) -> None:
    """A move is no publication, so the log keeps it; the menus follow."""
    framing.forget()
    shelf.clear()
    purging.frame_changed()
    page = instance.specific
    if isinstance(page, PortalPage) and url_path_before != url_path_after:
        audit.record(
            kwargs.get("user"), "page.moved", page,
            changes={"address": [url_path_before, url_path_after]},
        )  # fmt: skip


def make_home(**kwargs) -> None:
    """A new portal gets a draft of its home page, put together from the usual lists; whoever
    writes pages claims it for his unit. Called after migrations."""
    from django.core.management import call_command
    from wagtail.models import Collection, Locale, Page, Site

    from .languages import make_locales
    from .models import HomePage

    call_command("createcachetable", verbosity=0)  # saving a page clears a kept value
    make_locales()
    if HomePage.objects.exists():
        return
    root = Page.objects.filter(depth=1).first()
    if root is None:  # an emptied database has lost what Wagtail's first migration put in
        Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
        root = Page.add_root(instance=Page(title="Root", slug="root"))
        Collection.add_root(instance=Collection(name="Root"))
    for welcome in root.get_children().filter(slug="home", content_type__model="page"):
        welcome.delete()
    root.refresh_from_db()
    kinds = ("moi", "sap-hieu-luc", "chi-dao", "tin-tuc")
    portlets = [
        {"type": "listing", "value": {"title": "", "kind": kind, "filters": "", "count": 6}}
        for kind in kinds
    ]
    home = HomePage(title="Trang chủ", slug="trang-chu", live=False, main=json.dumps(portlets))
    root.add_child(instance=home)
    home.save_revision(clean=False)
    defaults = {"hostname": "localhost", "root_page": home}
    Site.objects.update_or_create(is_default_site=True, defaults=defaults)


def usual_duties(**kwargs) -> None:
    """A new portal begins with the sections that the law wants. Called after migrations."""
    from .duties import load_defaults

    load_defaults()


#: What readers see of a page in Wagtail's own table.
_SEEN = ("live", "title", "slug", "seo_title", "search_description", "show_in_menus")


def refuse_bare_changes(sender, instance, update_fields=None, **kwargs) -> None:
    """A page of the portal is saved as its own class, where the guard stands; Wagtail's bare page
    keeps books and changes nothing that readers see.

    Raises:
        NotApproved: it would change what readers see.
    """
    fields = [name for name in _SEEN if update_fields is None or name in update_fields]
    if instance.pk is None or not fields or not PortalPage.objects.filter(pk=instance.pk).exists():
        return
    standing = sender._base_manager.filter(pk=instance.pk).values(*fields).get()
    if any(standing[name] != getattr(instance, name) for name in fields):
        raise NotApproved(_("A page of the portal changes only by its own form."))
