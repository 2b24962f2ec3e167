"""The reference list of agencies: facts in CSV files, loaded as often as one likes.

Loading adds what is missing and changes nothing that an administrator has edited.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from portal.organisations.models import (
    AgencyIdentifier,
    Kind,
    Level,
    Organisation,
    OrganisationName,
    Succession,
)

HERE = Path(__file__).parent
MERGED_MINISTRIES = dt.date(2025, 3, 1)
EDITORIAL_BOARD = "ban-bien-tap-cong-thong-tin"


@transaction.atomic
def load() -> None:
    """Load central bodies, the provinces with their councils and committees, and successions."""
    _load_central()
    _load_provinces()
    for row in _rows("identifiers.csv"):
        organisation = Organisation.objects.get(name=row["name"])
        AgencyIdentifier.objects.get_or_create(
            organisation=organisation, code=row["code"], defaults={"scheme": row["scheme"]}
        )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _day(value: str) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _load_central() -> None:
    rows = list(_rows("central.csv"))
    made: dict[str, Organisation] = {}
    for order, row in enumerate(rows, start=1):
        unit = row["kind"] == Kind.OFFICE
        made[row["name"]] = _keep(
            row["name"],
            level=Level.UNIT if unit else Level.CENTRAL,
            kind=row["kind"],
            abbreviation=row["abbreviation"].split("|")[0],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            order=order,
        )
        names = [(name, "viet-tat") for name in row["abbreviation"].split("|")]
        names += [(name, "khac") for name in row["other_names"].split("|")]
        _name(made[row["name"]], names)
    for row in rows:
        since = _day(row["valid_to"]) or MERGED_MINISTRIES
        for place, successor in enumerate(filter(None, row["successors"].split("|"))):
            _succeed(made[row["name"]], made[successor], since, main=place == 0)


def _load_provinces() -> None:
    areas: dict[str, list[Organisation]] = {}
    rows = list(_rows("provinces.csv"))
    for order, row in enumerate(rows, start=200):
        kind, name, end = row["kind"], row["name"], _day(row["since"])
        area = _keep(
            f"{kind.capitalize()} {name}",
            level=Level.PROVINCE,
            kind=Kind.AREA,
            valid_to=end,
            order=order,
        )
        areas[name] = [area]
        _name(area, [(name, "ngan")] + ([("TP.HCM", "viet-tat")] if name == "Hồ Chí Minh" else []))
        for body, short, body_kind in (
            ("Hội đồng nhân dân", "HĐND", Kind.COUNCIL),
            ("Ủy ban nhân dân", "UBND", Kind.COMMITTEE),
        ):
            organisation = _keep(
                f"{body} {kind} {name}",
                level=Level.PROVINCE,
                kind=body_kind,
                abbreviation=f"{short} {kind} {name}",
                parent=area,
                area=area,
                valid_to=end,
                order=order,
            )
            names = [(f"{short} {kind} {name}", "ngan"), (f"{short} {name}", "khac")]
            _name(organisation, [*names, (f"{body} {name}", "khac")])
            areas[name].append(organisation)
    for row in rows:
        if row["merged_into"]:
            for old, new in zip(areas[row["name"]], areas[row["merged_into"]], strict=True):
                _succeed(old, new, _day(row["since"]))


def _keep(name: str, **fields) -> Organisation:
    organisation, _made = Organisation.objects.get_or_create(name=name, defaults=fields)
    return organisation


def _name(organisation: Organisation, names: list[tuple[str, str]]) -> None:
    from portal.core import text

    for name, use in names:
        if name and name != organisation.name:
            OrganisationName.objects.get_or_create(
                organisation=organisation,
                key=text.slugify(name),
                use=use,
                defaults={"name": name},
            )


def _succeed(
    predecessor: Organisation, successor: Organisation, since: dt.date | None, main: bool = True
) -> None:
    Succession.objects.get_or_create(
        predecessor=predecessor,
        successor=successor,
        defaults={"since": since, "main": main},
    )
