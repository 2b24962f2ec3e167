"""News that soon are shown no longer, for the first page of the admin."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import NewsArticle
from portal.editorial import dashboard
from portal.editorial.dashboard import Row, Source
from portal.organisations.access import access_of
from portal.organisations.roles import Ability, Content

from .models.article import today

SOON = dt.timedelta(days=7)


def ending(user) -> list[Row]:
    """News of my units that run out, or leave the banner or the top, within days."""
    first, last = today(), today() + SOON
    near = Q()
    for name in ("expires", "banner_until", "pinned_until"):
        near |= Q(**{f"{name}__gt": first, f"{name}__lte": last})
    mine = NewsArticle.objects.filter(near, live=True)
    mine = mine.of_owners(access_of(user).paths(Ability.WRITE, Content.NEWS))
    rows = []
    for row in mine.defer("body").order_by("expires", "pk")[: dashboard.ROWS]:
        said = [
            text % {"day": f"{day:%d/%m/%Y}"}
            for day, text in (
                (row.expires, _("runs out on %(day)s")),
                (row.banner_until, _("on the banner until %(day)s")),
                (row.pinned_until, _("pinned until %(day)s")),
            )
            if day and first < day <= last
        ]
        url = reverse("wagtailadmin_pages:edit", args=[row.pk])
        rows.append(Row(row.title, url, "; ".join(said)))
    return rows


def register() -> None:
    dashboard.register(Source("news", gettext_lazy("News that end soon"), 41, ending))
