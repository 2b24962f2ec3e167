"""Fictional agencies: a province with a predecessor, two ministries, a parliament."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from portal.organisations.models import Kind, Level, Organisation, OrganisationName, Succession

MERGER = dt.date(2025, 7, 1)
PROVINCE_OFFICE = "Văn phòng Ủy ban nhân dân tỉnh Hoa Ban"
MINISTRY_OFFICE = "Văn phòng Bộ Kinh tế số"
COMMUNE = "Ủy ban nhân dân xã Bản Diều"

_HOA_BAN, _MUONG_SIM = "Tỉnh Hoa Ban", "Tỉnh Mường Sim"
_COUNCIL, _COMMITTEE = "Hội đồng nhân dân tỉnh Hoa Ban", "Ủy ban nhân dân tỉnh Hoa Ban"
_MINISTRY = "Bộ Kinh tế số"


@dataclass(frozen=True, slots=True)
class Body:
    """One fictional agency; ``others`` are its further names."""

    name: str
    level: Level
    kind: Kind
    parent: str = ""
    area: str = ""
    abbreviation: str = ""
    others: tuple[str, ...] = ()
    until: dt.date | None = None


def _office(name: str, abbreviation: str, parent: str = _COMMITTEE) -> Body:
    area = _HOA_BAN if parent == _COMMITTEE else ""
    return Body(name, Level.UNIT, Kind.OFFICE, parent, area, abbreviation)


def _department(name: str, abbreviation: str) -> Body:
    others = (f"{name} tỉnh Hoa Ban",)
    return Body(
        f"{name} Hoa Ban",
        Level.PROVINCE,
        Kind.DEPARTMENT,
        _COMMITTEE,
        _HOA_BAN,
        abbreviation,
        others,
    )


BODIES = (
    Body("Nghị viện Trình diễn", Level.CENTRAL, Kind.ASSEMBLY, abbreviation="NVTD"),
    Body("Chính phủ Trình diễn", Level.CENTRAL, Kind.GOVERNMENT, abbreviation="CPTD"),
    Body(_MINISTRY, Level.CENTRAL, Kind.MINISTRY, abbreviation="BKTS"),
    _office(MINISTRY_OFFICE, "VP BKTS", _MINISTRY),
    _office("Vụ Pháp chế Bộ Kinh tế số", "PC BKTS", _MINISTRY),
    _office("Cục Chợ phiên số", "CCPS", _MINISTRY),
    Body("Bộ Không gian cộng đồng", Level.CENTRAL, Kind.MINISTRY, abbreviation="BKGCĐ"),
    Body(_HOA_BAN, Level.PROVINCE, Kind.AREA, others=("Hoa Ban",)),
    Body(
        _COUNCIL,
        Level.PROVINCE,
        Kind.COUNCIL,
        _HOA_BAN,
        _HOA_BAN,
        "HĐND tỉnh Hoa Ban",
        ("HĐND Hoa Ban",),
    ),
    Body(
        _COMMITTEE,
        Level.PROVINCE,
        Kind.COMMITTEE,
        _HOA_BAN,
        _HOA_BAN,
        "UBND tỉnh Hoa Ban",
        ("UBND Hoa Ban",),
    ),
    _office(PROVINCE_OFFICE, "VP UBND tỉnh Hoa Ban"),
    _department("Sở Tư pháp", "STP Hoa Ban"),
    _department("Sở Tài chính", "STC Hoa Ban"),
    _department("Sở Nội vụ", "SNV Hoa Ban"),
    _department("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL Hoa Ban"),
    Body(COMMUNE, Level.COMMUNE, Kind.COMMITTEE, _HOA_BAN, _HOA_BAN, "UBND xã Bản Diều"),
    Body(
        "Ủy ban nhân dân phường Sim Đông",
        Level.COMMUNE,
        Kind.COMMITTEE,
        _HOA_BAN,
        _HOA_BAN,
        "UBND phường Sim Đông",
    ),
    Body(_MUONG_SIM, Level.PROVINCE, Kind.AREA, others=("Mường Sim",), until=MERGER),
    Body(
        "Hội đồng nhân dân tỉnh Mường Sim",
        Level.PROVINCE,
        Kind.COUNCIL,
        _MUONG_SIM,
        _MUONG_SIM,
        "HĐND tỉnh Mường Sim",
        until=MERGER,
    ),
    Body(
        "Ủy ban nhân dân tỉnh Mường Sim",
        Level.PROVINCE,
        Kind.COMMITTEE,
        _MUONG_SIM,
        _MUONG_SIM,
        "UBND tỉnh Mường Sim",
        until=MERGER,
    ),
)

SUCCESSIONS = (
    (_MUONG_SIM, _HOA_BAN),
    ("Hội đồng nhân dân tỉnh Mường Sim", _COUNCIL),
    ("Ủy ban nhân dân tỉnh Mường Sim", _COMMITTEE),
)


def load() -> int:
    """Create what is missing, revive what a removal had to keep; the number of rows written.

    Raises:
        ValidationError: a real agency bears one of the names.
    """
    written = 0
    rows: dict[str, Organisation] = {}
    for order, body in enumerate(BODIES, start=900):
        row = Organisation.objects.filter(name=body.name).first()
        if row is not None and not row.demo:
            raise ValidationError(f"“{body.name}” đã có trong danh mục thật.")
        wanted = {
            "level": body.level,
            "kind": body.kind,
            "parent": rows.get(body.parent),
            "area": rows.get(body.area),
            "abbreviation": body.abbreviation,
            "valid_to": body.until,
            "order": order,
            "demo": True,
        }
        row = row or Organisation(name=body.name)
        if row.pk is None or any(getattr(row, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(row, name, value)
            row.save()
            written += 1
        rows[body.name] = row
        written += _name(row, body)
    for predecessor, successor in SUCCESSIONS:
        _row, made = Succession.objects.get_or_create(
            predecessor=rows[predecessor], successor=rows[successor], defaults={"since": MERGER}
        )
        written += made
    return written


def _name(row: Organisation, body: Body) -> int:
    from portal.core import text

    made = 0
    pairs = [(body.abbreviation, "viet-tat"), *((name, "khac") for name in body.others)]
    for name, use in pairs:
        if name:
            made += OrganisationName.objects.get_or_create(
                organisation=row, key=text.slugify(name), use=use, defaults={"name": name}
            )[1]
    return made
