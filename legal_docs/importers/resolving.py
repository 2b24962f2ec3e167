"""From names in a source to our rows: types, agencies, fields, signers.

Reads the registers once, keeps them in memory, and adds what is missing: an agency that nobody
knows is still an issuer of the past.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from legal_docs import numbering
from legal_docs.models import DocumentType, Field, Signer
from portal.core import text
from portal.organisations.models import Kind, Level, Organisation, OrganisationName

from .records import IncomingWork, Rejected

_JOINTS = re.compile(r"\s*(?:[;/]|\s[-–—]\s|,| và )\s*")
_LEVELS = (
    (re.compile(r"\b(xã|phường|thị trấn|đặc khu)\b"), Level.COMMUNE),
    (re.compile(r"\b(huyện|quận|thị xã)\b"), Level.DISTRICT),
    (re.compile(r"\b(tỉnh|thành phố)\b"), Level.PROVINCE),
)
_KINDS = (
    ("uy ban nhan dan", Kind.COMMITTEE),
    ("hoi dong nhan dan", Kind.COUNCIL),
    ("so ", Kind.DEPARTMENT),
    ("bo ", Kind.MINISTRY),
)
UNKNOWN_ISSUER = "Cơ quan chưa xác định"


class Registers:
    """The registers in memory, for one run of an import."""

    def __init__(self) -> None:
        self.types = list(DocumentType.objects.order_by("rank", "pk"))
        self.types_by_label: dict[str, list[DocumentType]] = {}
        for row in self.types:
            self.types_by_label.setdefault(text.fold(row.label), []).append(row)
            self.types_by_label.setdefault(text.fold(row.name), []).append(row)
        self.organisations: dict[str, Organisation] = {}
        rows = {row.pk: row for row in Organisation.objects.all()}
        for name in OrganisationName.objects.order_by("-pk").values_list("key", "organisation_id"):
            self.organisations[name[0]] = rows[name[1]]
        for row in sorted(rows.values(), key=lambda row: -row.pk):
            self.organisations[text.slugify(row.name)] = row
        self.fields = {(row.parent_id, text.fold(row.name)): row for row in Field.objects.all()}
        self.fields_by_order = {
            row.order: row for row in self.fields.values() if row.parent_id is None
        }
        self.signers = {row.key: row for row in Signer.objects.all()}

    # --- types ---------------------------------------------------------------------------

    def type_of(self, work: IncomingWork, lead: Organisation | None) -> DocumentType:
        """The type that name, number and issuer mean together; “Văn bản khác” when none does."""
        if work.type_code:
            for row in self.types:
                if row.code == work.type_code:
                    return row
        candidates = self.types_by_label.get(text.fold(work.type_name.strip()), [])
        number = numbering.parse(work.number) if work.number else None
        if not candidates and number:
            candidates = [row for row in self.types if row.abbreviation == number.type_abbr]
        if not candidates and number and number.form == "cong_van":
            candidates = self.types_by_label["cong van"]
        if not candidates:
            work.warnings.append("Không rõ loại văn bản: tạm xếp là “Văn bản khác”, cần chọn lại.")
            return self.types_by_label["van ban khac"][0]
        return min(candidates, key=lambda row: _misfit(row, number, lead))

    # --- agencies ------------------------------------------------------------------------

    def issuers_of(self, work: IncomingWork) -> list[Organisation]:
        """The issuers in order, those unknown added to the register."""
        found: list[Organisation] = []
        for name in work.issuers:
            for organisation in self._read_issuers(name):
                if organisation not in found:
                    found.append(organisation)
        return found or self._by_number(work.number) or [self._organisation(UNKNOWN_ISSUER)]

    def _read_issuers(self, name: str) -> list[Organisation]:
        name = text.squash_spaces(text.clean(name)).strip(" .;,-")
        if not name:
            return []
        return self._known_issuers(name) or [self._organisation(name)]

    def _known_issuers(self, name: str) -> list[Organisation]:
        """The bodies that a name means, one or several; empty when a part is unknown."""
        known = self.organisations.get(text.slugify(name))
        if known is None and " về " in name:  # sources run the subject on: “Thủ tướng … về …”
            known = self.organisations.get(text.slugify(name.split(" về ")[0]))
        if known:
            return [known]
        parts = [part for part in _JOINTS.split(name) if part]
        found, start = [], 0
        while start < len(parts):
            for end in range(len(parts), start, -1):
                key = text.slugify(" ".join(parts[start:end]))
                if key in self.organisations:
                    found.append(self.organisations[key])
                    start = end
                    break
            else:
                return []
        return found

    def _by_number(self, number: str) -> list[Organisation]:
        parsed = numbering.parse(number) if number else None
        if parsed is None:
            return []
        issuer = re.sub(r"\d+$", "", parsed.issuer)
        known = self.organisations.get(text.slugify(issuer))
        return [known] if known else []

    def _organisation(self, name: str) -> Organisation:
        key = text.slugify(name)
        if key not in self.organisations:
            shown = name.capitalize() if name.isupper() else name
            self.organisations[key] = Organisation.objects.create(
                name=shown[:255], level=_level(name), kind=_kind(name)
            )
        return self.organisations[key]

    def names_of(self, work: IncomingWork) -> list[str]:
        """Names of the issuers as the register has them, adding nothing (for rehearsals)."""
        names: list[str] = []
        for name in work.issuers:
            names += [row.name for row in self._known_issuers(name)] or [name]
        return names or [row.name for row in self._by_number(work.number)]

    def label_of(self, work: IncomingWork) -> str:
        """Word for the type, adding nothing (for rehearsals)."""
        return self.type_of(work, None).label if work.type_name or work.number else ""

    def units_of(self, names: Iterable[str]) -> list[Organisation]:
        """Chosen units by name.

        Raises:
            Rejected: a unit that is not in the register; it would otherwise read nothing.
        """
        found = []
        for name in names:
            unit = self.organisations.get(text.slugify(name))
            if unit is None:
                raise Rejected(f"Không có đơn vị “{name}” trong danh mục.")
            found.append(unit)
        return found

    # --- fields and signers --------------------------------------------------------------

    def fields_of(self, work: IncomingWork) -> list[Field]:
        """Fields by name; “36/Thanh niên” is a topic under the field of that order."""
        return list(dict.fromkeys(self._field(name) for name in work.fields))

    def _field(self, name: str) -> Field:
        order, _slash, topic = name.partition("/")
        parent = self.fields_by_order.get(int(order)) if topic and order.isdigit() else None
        name = (topic if parent else name).strip()[:200]
        key = (parent.pk if parent else None, text.fold(name))
        if key not in self.fields:
            slug = text.slugify(name)[:110]
            taken = {row.slug for row in self.fields.values()}
            slug = slug if slug not in taken else f"{slug}-{len(taken)}"
            self.fields[key] = Field.objects.create(name=name, parent=parent, slug=slug)
        return self.fields[key]

    def signers_of(self, work: IncomingWork) -> list[tuple[Signer, str]]:
        return [(self._signer(name), title[:200]) for name, title in work.signers if name.strip()]

    def _signer(self, name: str) -> Signer:
        name = text.squash_spaces(text.clean(name))[:120]
        name = name.title() if name.isupper() else name
        key = text.tone_key(name)[:120]
        if key not in self.signers:
            self.signers[key] = Signer.objects.create(name=name)
        return self.signers[key]


def _misfit(row: DocumentType, number, lead: Organisation | None) -> tuple[int, int, int]:
    """How badly a type of the right name fits: year, then level, then suffix, then rank."""
    with_year = bool(number and number.year)
    wrong_year = int(row.normative != with_year) if number else 0
    wrong_level = int(bool(lead and row.level and row.level != lead.level))
    suffix = _suffix(row.number_pattern)
    wrong_suffix = 1
    if number and suffix:
        wrong_suffix = 0 if number.issuer.startswith(suffix) else 2
    return (wrong_year + wrong_level, wrong_suffix, row.rank)


def _suffix(pattern: str) -> str:
    """Fixed end of a number pattern: “{so}/{nam}/NĐ-CP” → “CP”; empty when it is a variable."""
    tail = re.split(r"[-/]", pattern.split("|")[0].strip())[-1]
    return re.sub(r"\{.*?\}", "", tail).strip()


def _level(name: str) -> str:
    low = name.lower()
    return next((level for pattern, level in _LEVELS if pattern.search(low)), Level.CENTRAL)


def _kind(name: str) -> str:
    folded = text.fold(name) + " "
    return next((kind for start, kind in _KINDS if folded.startswith(start)), Kind.OTHER)
