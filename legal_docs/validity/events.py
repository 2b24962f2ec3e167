"""What happens to a document, dated: the only thing about validity that is stored."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EventKind(StrEnum):
    """What an event does. Each whole or partial end, and each suspension, is an own kind."""

    PROMULGATED = "ban_hanh"
    IN_FORCE = "co_hieu_luc"
    EXPIRED = "het_thoi_han"
    REPLACED = "bi_thay_the"
    REPEALED = "bi_bai_bo"
    WITHDRAWN = "bi_thu_hoi"
    PARENT_ENDED = "het_theo_van_ban_duoc_quy_dinh_chi_tiet"
    CONTINUED = "duoc_tiep_tuc_co_hieu_luc"
    AMENDED = "bi_sua_doi_bo_sung"
    STAYED = "bi_dinh_chi"
    SUSPENDED = "bi_tam_ngung"
    UNSUITABLE = "khong_con_phu_hop"
    CORRECTED = "duoc_dinh_chinh"
    UNNAMED = "tac_dong_chua_ro_dieu_khoan"

    @property
    def ends(self) -> bool:
        """Tell whether the kind takes force away for good, from the whole or from a part."""
        return self in _ENDING

    @property
    def suspends(self) -> bool:
        """Tell whether the kind takes force away for a time."""
        return self in (EventKind.STAYED, EventKind.SUSPENDED)


_ENDING = frozenset(
    {
        EventKind.EXPIRED,
        EventKind.REPLACED,
        EventKind.REPEALED,
        EventKind.WITHDRAWN,
        EventKind.PARENT_ENDED,
    }
)


@dataclass(frozen=True, slots=True)
class ValidityEvent:
    """One dated thing that happens to a document or to some of its provisions.

    ``on`` is the first day of the effect, None when nobody recorded it; ``until`` (excluded) ends
    a suspension. ``whole`` tells whether the whole text is meant; otherwise ``targets`` names
    provision ids (``dieu-5.khoan-2``), empty when the record does not say which. ``source`` and
    ``source_id`` name the document that acts, both empty for the document's own dates.
    """

    kind: EventKind
    on: date | None
    whole: bool = True
    source: str = ""
    source_id: int | str | None = None
    targets: tuple[str, ...] = ()
    until: date | None = None
