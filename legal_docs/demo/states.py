"""One demo document in each state of its way, brought there by the demo people themselves.

Everything goes by the ordinary door: sent in, passed on, returned, corrected, taken down.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from legal_docs import expressions
from legal_docs.models import DocumentType, LegalDocument
from legal_docs.structure import blocks_from_text
from portal.editorial import publishing
from portal.editorial.states import State, Step
from portal.editorial.walking import fresh, pass_until
from portal.editorial.workflow import reviewing
from portal.organisations.models import Organisation, User

from .organisations import PROVINCE_OFFICE

WHO = {
    Step.CHECK: "truongphong",
    Step.EDIT: "bientap",
    Step.LEGAL: "phapche",
    Step.APPROVE: "phoban",
}
#: state → (number, subject)
ITEMS = {
    State.DRAFT: ("901/2026/QĐ-UBND", "Quy định về mùa hái hoa ban (bản nháp trình diễn)"),
    State.CHECKING: ("902/2026/QĐ-UBND", "Quy định về chợ phiên vùng cao (chờ kiểm tra)"),
    State.RETURNED: ("903/2026/QĐ-UBND", "Quy định về thuyền độc mộc (bị trả lại)"),
    State.EDITING: ("904/2026/QĐ-UBND", "Quy định về đường mòn lên nương (chờ biên tập)"),
    State.REVIEWING: ("905/2026/QĐ-UBND", "Quy định về nhà sàn cộng đồng (chờ thẩm tra)"),
    State.DECIDING: ("906/2026/QĐ-UBND", "Quy định về bến nước bản (chờ duyệt)"),
    State.APPROVED: ("907/2026/QĐ-UBND", "Quy định về lễ cơm mới (hẹn giờ đăng)"),
    State.LIVE: ("908/2026/QĐ-UBND", "Quy định về thả diều trên đồi (đã đính chính)"),
    State.CORRECTING: ("909/2026/QĐ-UBND", "Quy định về rèn nông cụ (đang đính chính)"),
    State.SUSPENDED: ("910/2026/QĐ-UBND", "Quy định về gùi tre (tạm gỡ)"),
    State.WITHDRAWN: ("911/2026/QĐ-UBND", "Quy định về khung cửi (đã gỡ)"),
}
TEXT = (
    "Điều 1. Phạm vi điều chỉnh\n{subject}. Văn bản này là hư cấu, chỉ để trình diễn.\n"
    "Điều 2. Hiệu lực thi hành\nVăn bản này có hiệu lực từ ngày 01 tháng 01 năm 2027."
)
_UP = (State.LIVE, State.CORRECTING, State.SUSPENDED, State.WITHDRAWN)


def load() -> int:
    """Bring each item to its state; items that are there stay. The number made."""
    if LegalDocument.objects.filter(demo=True, number=ITEMS[State.DRAFT][0]).exists():
        return 0
    for state, (number, subject) in ITEMS.items():
        _bring(_draft(number, subject), state)
    return len(ITEMS)


def _draft(number: str, subject: str) -> LegalDocument:
    unit = Organisation.objects.get(name=PROVINCE_OFFICE, demo=True)
    issuer = unit.parent
    work = LegalDocument(
        number=number,
        type=DocumentType.objects.get(code="qd-ubnd-tinh"),
        lead_issuer=issuer,
        subject=subject,
        issued=dt.date(2026, 11, 2),
        in_force=dt.date(2027, 1, 1),
        owner=unit,
        source="Bộ văn bản trình diễn (hư cấu)",
        demo=True,
    )
    work.issuers = [issuer]
    work.save()
    expressions.replace_draft(work, blocks_from_text(TEXT.format(subject=subject)))
    work.save_revision(user=_person("vanthu"), clean=False)
    return work


def _person(name: str) -> User:
    return User.objects.get(username=name, demo=True)


def _bring(work: LegalDocument, state: State) -> None:
    clerk = _person("vanthu")
    if state == State.DRAFT:
        return
    reviewing.submit(work, clerk)
    if state in _UP:
        _pass_until(work, None)
        _after_live(fresh(work), state, clerk)
    elif state == State.RETURNED:
        _pass_until(work, Step.LEGAL)
        mark = {"place": "provision:dieu-2", "label": "Điều 2", "text": "Chưa khớp bản gốc"}
        reviewing.send_back(
            reviewing.turn_of(fresh(work)), _person("phapche"),
            comment="Ngày hiệu lực chưa khớp bản gốc", marks=[mark],
        )  # fmt: skip
    elif state == State.APPROVED:
        _pass_until(work, None, publish_at=timezone.now() + dt.timedelta(days=7))
    else:
        waits = {
            State.EDITING: Step.EDIT,
            State.REVIEWING: Step.LEGAL,
            State.DECIDING: Step.APPROVE,
        }
        _pass_until(work, waits.get(state, Step.CHECK))


def _after_live(work: LegalDocument, state: State, clerk: User) -> None:
    if state in (State.LIVE, State.CORRECTING):
        draft = work.get_latest_revision_as_object()
        draft.subject = work.subject.replace("Quy định", "Ban hành Quy định")
        draft.save_revision(user=clerk, clean=False)
    if state == State.LIVE:
        reviewing.submit(fresh(work), clerk, public_note="Trích yếu chép thiếu chữ “Ban hành”")
        _pass_until(work, None)
    elif state in (State.SUSPENDED, State.WITHDRAWN):
        publishing.withdraw_by(
            work, _person("lanhdao"), "Đăng nhầm bản chưa ký", "Đăng nhầm, đang kiểm tra lại",
            final=state == State.WITHDRAWN,
        )  # fmt: skip


def _pass_until(work: LegalDocument, step: Step | None, **last) -> None:
    people = {at: _person(name) for at, name in WHO.items()}
    pass_until(work, people, step, **last)
