"""The eight answers to "is it in force", in the words that readers know from vbpl.vn."""

from enum import StrEnum


class Status(StrEnum):
    """The state of a document or provision on a day; "not yet", "ended", "unknown" are three.

    >>> Status("con_hieu_luc").label
    'Còn hiệu lực'
    """

    NOT_YET = "chua_co_hieu_luc"
    IN_FORCE = "con_hieu_luc"
    PARTLY_ENDED = "het_hieu_luc_mot_phan"
    ENDED = "het_hieu_luc_toan_bo"
    SUSPENDED = "ngung_hieu_luc"
    PARTLY_SUSPENDED = "ngung_hieu_luc_mot_phan"
    UNSUITABLE = "khong_con_phu_hop"
    UNKNOWN = "khong_xac_dinh"

    @property
    def label(self) -> str:
        """Return the Vietnamese label."""
        return _LABELS[self]

    @property
    def applies(self) -> bool:
        """Tell whether at least a part is in force for certain."""
        return self in (Status.IN_FORCE, Status.PARTLY_ENDED, Status.PARTLY_SUSPENDED)


_LABELS = {
    Status.NOT_YET: "Chưa có hiệu lực",
    Status.IN_FORCE: "Còn hiệu lực",
    Status.PARTLY_ENDED: "Hết hiệu lực một phần",
    Status.ENDED: "Hết hiệu lực toàn bộ",
    Status.SUSPENDED: "Ngưng hiệu lực",
    Status.PARTLY_SUSPENDED: "Ngưng hiệu lực một phần",
    Status.UNSUITABLE: "Không còn phù hợp",
    Status.UNKNOWN: "Chưa xác định",
}


class Doubt(StrEnum):
    """Why an answer is UNKNOWN."""

    NO_START = "thieu_ngay_co_hieu_luc"
    END_BEFORE_START = "het_truoc_khi_co_hieu_luc"
    NO_DATE_OF_ACT = "thieu_ngay_tac_dong"
    SUSPENSION_ENDS_BEFORE_START = "ngung_ket_thuc_truoc_khi_bat_dau"
    UNNAMED_PROVISION = "chua_ro_dieu_khoan"
