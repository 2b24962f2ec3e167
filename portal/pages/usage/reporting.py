"""What was read in a time: by day, kind, unit and section, and what was read most."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from portal.core.batching import batched
from portal.editorial.models import publishable_models
from portal.pages.models import Attachment, PortalPage
from portal.pages.models.usage import DayCount, ViewCount

TOP = 50
_CHUNK = 400
SEARCHES = "route:search"


@dataclass(frozen=True, slots=True)
class Row:
    """A named thing with its number of views."""

    name: str
    views: int
    url: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One period. ``days`` are (day, views, visits, downloads, searches), without gaps."""

    days: list[tuple[dt.date, int, int, int, int]]
    kinds: list[Row]
    units: list[Row]
    sections: list[Row]
    top: list[Row]
    downloads: list[Row]

    @property
    def sums(self) -> dict[str, int]:
        names = ("views", "visits", "downloads", "searches")
        return {
            name: sum(day[place] for day in self.days) for place, name in enumerate(names, start=1)
        }


def report(first: dt.date, last: dt.date) -> Report:
    """From ``first`` to ``last``, both included."""
    rows = ViewCount.objects.filter(day__gte=first, day__lte=last)
    sums = Counter(dict(rows.values_list("key").annotate(Sum("views"))))
    things = _things(sums)
    kinds, units, sections = Counter[str](), Counter[str](), Counter[str]()
    for key, views in sums.items():
        thing = things.get(key)
        if key.startswith("file:"):
            kinds[_("Downloads")] += views
        elif key == SEARCHES:
            kinds[_("Searches")] += views
        else:
            kinds[thing.kind if thing else _("Lists and other pages")] += views
        if thing and thing.unit:
            units[thing.unit] += views
        if thing and thing.section:
            sections[thing.section] += views
    named = [(views, things[key], key) for key, views in sums.most_common() if key in things]
    read = [one for one in named if not one[2].startswith("file:")]
    files = [one for one in named if one[2].startswith("file:")]
    return Report(
        _days(rows, first, last), _rows(kinds), _rows(units), _rows(sections),
        [Row(thing.name, views, thing.url, thing.unit) for views, thing, _key in read[:TOP]],
        [Row(thing.name, views, thing.url, thing.unit) for views, thing, _key in files[:TOP]],
    )  # fmt: skip


def _rows(counts: Counter[str]) -> list[Row]:
    return [Row(name, views) for name, views in counts.most_common()]


def _days(rows, first: dt.date, last: dt.date) -> list[tuple[dt.date, int, int, int, int]]:
    days = {row.day: row for row in DayCount.objects.filter(day__gte=first, day__lte=last)}
    files = dict(
        rows.filter(key__startswith="file:").order_by().values_list("day").annotate(Sum("views"))
    )
    searches = dict(rows.filter(key=SEARCHES).values_list("day", "views"))
    found = []
    for number in range((last - first).days + 1):
        day = first + dt.timedelta(days=number)
        row = days.get(day)
        found.append((day, row.views if row else 0, row.visits if row else 0,
                      files.get(day, 0), searches.get(day, 0)))  # fmt: skip
    return found


# --- what a key names ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Thing:
    name: str
    kind: str
    unit: str = ""
    section: str = ""
    url: str = ""


def _things(keys) -> dict[str, _Thing]:
    """Everything that is there still, by its key. Only what everybody reads is counted, so that
    nothing internal is named here."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        name, _colon, pk = key.removeprefix("file:").rpartition(":")
        if pk.isdigit():
            wanted[name].add(int(pk))
    found: dict[str, _Thing] = {}
    for model in publishable_models():
        name = model._meta.model_name
        for row in _in(model.objects.for_review(), wanted.get(name, set())):
            thing = _Thing(
                str(row), str(model._meta.verbose_name_plural), str(row.owning_unit or ""),
                url=row.get_absolute_url() if row.live else "",
            )  # fmt: skip
            found[f"{name}:{row.pk}"] = found[f"file:{name}:{row.pk}"] = thing
    for row in _in(Attachment.objects.all(), wanted.get("attachment", set())):
        found[f"file:attachment:{row.pk}"] = _Thing(row.title, "", url=row.url)
    return found | _in_sections(found)


def _in(rows, pks: set[int]):
    for some in batched(sorted(pks), _CHUNK):
        yield from rows.filter(pk__in=some)


def _in_sections(found: dict[str, _Thing]) -> dict[str, _Thing]:
    """Pages again, with the section of the first level in which they stand."""
    from dataclasses import replace

    pages = {int(key.rpartition(":")[2]): key for key in found if _is_page(key)}
    paths = {}
    for row in _in(PortalPage.objects.only("path", "depth", "title"), set(pages)):
        paths[row.pk] = row.path[:12]
    titles = dict(PortalPage.objects.filter(depth=3).values_list("path", "title"))
    return {
        pages[pk]: replace(found[pages[pk]], section=titles.get(path, ""))
        for pk, path in paths.items()
    }


def _is_page(key: str) -> bool:
    return not key.startswith("file:") and key.rpartition(":")[0] in {
        model._meta.model_name for model in publishable_models() if issubclass(model, PortalPage)
    }
