"""A document number as a value, and its one canonical spelling."""

from dataclasses import dataclass
from typing import Final

FORMS: Final = {
    "qppl": "{serial}/{year}/{type_abbr}-{body}",
    "qppl_gach_cheo": "{serial}/{year}/{type_abbr}/{body}",
    "quoc_hoi": "{serial}/{year}/{body}",
    "hanh_chinh": "{serial}/{type_abbr}-{body}",
    "hop_nhat": "{serial}/{type_abbr}-{body}",
    "dang": "{serial}-{type_abbr}/{body}",
    "cong_van": "{serial}/{body}",
    "cu_gach_ngang": "{serial}-{type_abbr}{body}",
    "cu_gach_cheo": "{serial}/{type_abbr}{body}",
}
"""How each form is printed; ``body`` is the issuer with its term."""


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A số, ký hiệu taken apart.

    ``serial`` keeps its leading zeros and letters (``01``, ``24a``); ``year`` is None for
    administrative and Party documents; ``type_abbr`` is empty where the number names no type
    (Quốc hội, công văn); ``issuer`` keeps every dash (``BTC-BTP``, ``UBND-VX``); ``term`` is the
    khóa of Quốc hội and its Ủy ban thường vụ; ``form`` is a key of ``FORMS``.
    """

    serial: str
    year: int | None
    type_abbr: str
    issuer: str
    term: int | None = None
    form: str = "qppl"

    @property
    def issuers(self) -> tuple[str, ...]:
        """Return the symbols of the issuers, several for a joint document (TTLT, NQLT)."""
        return tuple(part for part in self.issuer.split("-") if part)

    def __str__(self) -> str:
        return format(self)


def format(number: DocumentNumber) -> str:
    """Return the canonical spelling of ``number``.

    >>> format(DocumentNumber("12", 2031, "NĐ", "CP"))
    '12/2031/NĐ-CP'
    """
    body = number.issuer if number.term is None else f"{number.issuer}{number.term}"
    return FORMS[number.form].format(
        serial=number.serial, year=number.year, type_abbr=number.type_abbr, body=body
    )
