"""Kinds of relations between documents (lược đồ), and how older sites call them.

One directed edge: source → target, where the source is the document that acts. The page of the
source lists the target under ``label_outgoing``; the page of the target lists the source under
``label_incoming``. The trap, into which published pipelines fell: a label of the old vbpl.vn
names the part that the *other* document plays ("Văn bản hết hiệu lực" on the page of A is a
document that A ended), so that it is read here with its direction.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from legal_docs.validity.events import EventKind
from portal.core.text import fold, squash_spaces


class Direction(StrEnum):
    """Seen from the page on which a label stands: does that document act, or is it acted on?"""

    OUTGOING = "outgoing"
    INCOMING = "incoming"


@dataclass(frozen=True, slots=True)
class RelationKind:
    """One kind of edge. ``effect`` is the event it causes at its target, None for no event."""

    code: str
    label_outgoing: str
    label_incoming: str
    effect: EventKind | None = None
    vbpl_codes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelReading:
    """What a label says; ``whole`` is None where it does not say how much is concerned."""

    code: str
    direction: Direction
    whole: bool | None = None


_E = EventKind
RELATION_KINDS: Final = (
    RelationKind("bai_bo", "Văn bản bị bãi bỏ", "Văn bản bãi bỏ", _E.REPEALED, (1,)),
    RelationKind("ban_dich", "Bản dịch", "Bản dịch", None, (2,)),
    RelationKind("can_cu", "Căn cứ ban hành", "Văn bản áp dụng", None, (3,)),
    RelationKind("dan_chieu", "Văn bản được dẫn chiếu", "Văn bản dẫn chiếu", None, (4,)),
    RelationKind(
        "dinh_chi", "Văn bản bị đình chỉ thi hành", "Văn bản đình chỉ thi hành", _E.STAYED, (5,)
    ),
    RelationKind("dinh_chinh", "Văn bản được đính chính", "Văn bản đính chính", _E.CORRECTED, (6,)),
    RelationKind("hop_nhat", "Văn bản được hợp nhất", "Văn bản hợp nhất", None, (7,)),
    RelationKind(
        "huong_dan_ap_dung",
        "Văn bản được hướng dẫn áp dụng",
        "Văn bản hướng dẫn áp dụng",
        None,
        (8,),
    ),
    RelationKind(
        "quy_dinh_chi_tiet",
        "Văn bản được quy định chi tiết, hướng dẫn thi hành",
        "Văn bản quy định chi tiết, hướng dẫn thi hành",
        None,
        (9,),
    ),
    RelationKind(
        "sua_doi_bo_sung",
        "Văn bản được sửa đổi bổ sung",
        "Văn bản sửa đổi bổ sung",
        _E.AMENDED,
        (10, 13),
    ),
    RelationKind(
        "tam_ngung",
        "Văn bản bị tạm ngưng hiệu lực",
        "Văn bản tạm ngưng hiệu lực",
        _E.SUSPENDED,
        (11,),
    ),
    RelationKind("thay_the", "Văn bản được thay thế", "Văn bản thay thế", _E.REPLACED, (12,)),
    RelationKind("giai_thich", "Văn bản được giải thích", "Văn bản giải thích", None, (14,)),
    RelationKind("cong_bo", "Văn bản được công bố", "Văn bản công bố", None, (15,)),
    RelationKind("lien_quan", "Văn bản liên quan khác", "Văn bản liên quan khác"),
    RelationKind("kem_theo", "Văn bản ban hành kèm theo", "Ban hành kèm theo bởi"),
    RelationKind(
        "tiep_tuc_hieu_luc",
        "Văn bản được tiếp tục có hiệu lực",
        "Văn bản công bố tiếp tục có hiệu lực",
        _E.CONTINUED,
    ),
    RelationKind("trien_khai", "Văn bản được triển khai", "Văn bản triển khai thực hiện"),
    RelationKind("thu_hoi", "Văn bản bị thu hồi", "Văn bản thu hồi", _E.WITHDRAWN),
)

RELATION_BY_CODE: Final = {kind.code: kind for kind in RELATION_KINDS}
RELATION_BY_VBPL_CODE: Final = {
    number: kind for kind in RELATION_KINDS for number in kind.vbpl_codes
}

_OUT, _IN = Direction.OUTGOING, Direction.INCOMING
_OTHER_LABELS: Final = {
    # "Hết hiệu lực" covers repeal and replacement; repeal claims less.
    "Văn bản hết hiệu lực": LabelReading("bai_bo", _OUT),
    "Văn bản bị hết hiệu lực": LabelReading("bai_bo", _OUT),
    "Văn bản bị hết hiệu lực 1 phần": LabelReading("bai_bo", _OUT, False),
    "Văn bản hết hiệu lực 1 phần": LabelReading("bai_bo", _OUT, False),
    "Văn bản quy định hết hiệu lực": LabelReading("bai_bo", _IN),
    "Văn bản quy định hết hiệu lực 1 phần": LabelReading("bai_bo", _IN, False),
    "Văn bản bị bãi bỏ 1 phần": LabelReading("bai_bo", _OUT, False),
    "Văn bản bãi bỏ 1 phần": LabelReading("bai_bo", _IN, False),
    "Văn bản bị thay thế": LabelReading("thay_the", _OUT),
    "Văn bản bị thay thế 1 phần": LabelReading("thay_the", _OUT, False),
    "Văn bản được thay thế 1 phần": LabelReading("thay_the", _OUT, False),
    "Văn bản thay thế 1 phần": LabelReading("thay_the", _IN, False),
    "Văn bản căn cứ": LabelReading("can_cu", _OUT),
    "Văn bản được căn cứ": LabelReading("can_cu", _OUT),
    "VB tiếng Anh": LabelReading("ban_dich", _OUT),
    "Văn bản tiếng Anh": LabelReading("ban_dich", _OUT),
    "Văn bản liên quan": LabelReading("lien_quan", _OUT),
    "Văn bản liên quan cùng nội dung": LabelReading("lien_quan", _OUT),
    "Văn bản bị đình chỉ": LabelReading("dinh_chi", _OUT),
    "Văn bản bị đình chỉ 1 phần": LabelReading("dinh_chi", _OUT, False),
    "Văn bản đình chỉ": LabelReading("dinh_chi", _IN),
    "Văn bản đình chỉ 1 phần": LabelReading("dinh_chi", _IN, False),
    "Văn bản bị đính chính": LabelReading("dinh_chinh", _OUT),
    "Văn bản được HD, QĐ chi tiết": LabelReading("quy_dinh_chi_tiet", _OUT),
    "Văn bản HD, QĐ chi tiết": LabelReading("quy_dinh_chi_tiet", _IN),
    "Văn bản được hướng dẫn": LabelReading("quy_dinh_chi_tiet", _OUT),
    "Văn bản hướng dẫn": LabelReading("quy_dinh_chi_tiet", _IN),
    "Văn bản được sửa đổi": LabelReading("sua_doi_bo_sung", _OUT, False),
    "Văn bản được bổ sung": LabelReading("sua_doi_bo_sung", _OUT, False),
    "Văn bản bị sửa đổi bổ sung": LabelReading("sua_doi_bo_sung", _OUT, False),
    "Văn bản sửa đổi": LabelReading("sua_doi_bo_sung", _IN, False),
    # Labels of congbao.chinhphu.vn; the years of 1,200 pairs confirm the direction.
    "Văn bản thay thế/bãi bỏ/hủy bỏ/đình chỉ": LabelReading("bai_bo", _IN),
    "Văn bản bị thay thế/bãi bỏ/hủy bỏ/đình chỉ": LabelReading("bai_bo", _OUT),
    "Văn bản thay thế/bãi bỏ/hủy bỏ/đình chỉ một phần": LabelReading("bai_bo", _IN, False),
    "Văn bản bị thay thế/bãi bỏ/hủy bỏ/đình chỉ một phần": LabelReading("bai_bo", _OUT, False),
    "Văn bản sửa đổi bổ sung/đính chính": LabelReading("sua_doi_bo_sung", _IN, False),
    "Văn bản bị sửa đổi bổ xung/được đính chính": LabelReading("sua_doi_bo_sung", _OUT, False),
    "Văn bản bổ sung": LabelReading("sua_doi_bo_sung", _IN, False),
}


def _label_key(label: str) -> str:
    words = fold(label).replace(",", " ").replace("mot phan", "1 phan")
    return squash_spaces(words).rstrip(" :.")


def _readings() -> dict[str, LabelReading]:
    readings: dict[str, LabelReading] = {}
    for kind in RELATION_KINDS:
        readings[_label_key(kind.label_incoming)] = LabelReading(kind.code, _IN)
        readings[_label_key(kind.label_outgoing)] = LabelReading(kind.code, _OUT)
    readings.update((_label_key(label), reading) for label, reading in _OTHER_LABELS.items())
    return readings


_READINGS: Final = _readings()


def read_label(label: str) -> LabelReading | None:
    """Return what a label of a relation list says, None for a label nobody has seen.

    >>> read_label("Văn bản hết hiệu lực")
    LabelReading(code='bai_bo', direction=<Direction.OUTGOING: 'outgoing'>, whole=None)
    >>> read_label("Văn bản quy định hết hiệu lực một phần").direction.value
    'incoming'
    """
    return _READINGS.get(_label_key(label))
