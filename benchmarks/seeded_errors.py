"""Known errors, put into real documents one at a time, and whether the check sees them.

Everything happens in a transaction that is rolled back. A seed changes a draft and returns True;
False says that this document can't bear it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Callable

from django.db import transaction

from legal_docs import matching, structure
from legal_docs.facts import Parts
from legal_docs.models import (
    ExaminedFile,
    LegalDocument,
    LegalDocumentSignature,
    Manifestation,
    Relation,
    Signer,
    WorkIdentity,
)
from portal.editorial import checks

Seed = Callable[[LegalDocument, random.Random], bool]
SEEDS: dict[str, list[Seed]] = {}


def seed(code: str) -> Callable[[Seed], Seed]:
    def add(function: Seed) -> Seed:
        SEEDS.setdefault(code, []).append(function)
        return function

    return add


def seed_all(rows, sample: int) -> dict[str, tuple[int, int]]:
    """For each check (found, seeded)."""
    chance = random.Random(2026)
    with_text = list(rows.filter(identity__expressions__isnull=False).distinct())
    counted: dict[str, tuple[int, int]] = {}
    for code, functions in SEEDS.items():
        found = total = 0
        for function in functions:
            for document in chance.sample(with_text, min(sample, len(with_text))):
                caught = _try(code, function, document, chance)
                if caught is not None:
                    found, total = found + caught, total + 1
        counted[code] = (found, total)
    return counted


def _try(code: str, function: Seed, document: LegalDocument, chance) -> bool | None:
    """Whether the seed brings a finding that was not there; None where it can't be sown."""
    with transaction.atomic():
        try:
            fresh = LegalDocument.objects.get(pk=document.pk)
            before = _findings(code, fresh)
            fresh = LegalDocument.objects.get(pk=document.pk)
            if not function(fresh, chance):
                return None
            return bool(_findings(code, fresh) - before)
        finally:
            transaction.set_rollback(True)


def _findings(code: str, draft) -> set[tuple[str, str]]:
    return {(one.message, one.place) for one in checks.run(draft) if one.code == code}


def into_text(draft, html: str) -> bool:
    """Put a paragraph at the end of the last provision."""
    parts = draft.__dict__["parts"] = Parts.of(draft)
    for text in parts.current(live=False):
        rows = parts.provisions[text.pk]
        if not rows:
            text.html += html
            return True
        last = max(rows, key=lambda row: row.end)
        at = text.html.rfind("</section>", 0, last.end)
        if at < 0:
            continue
        text.html = text.html[:at] + html + text.html[at:]
        for row in rows:
            row.end += len(html) if row.end > at else 0
            row.start += len(html) if row.start > at else 0
        return True
    return False


def sow_text(code: str, *lines: str) -> None:
    for line in lines:
        seed(code)(lambda draft, chance, line=line: into_text(draft, f"<p>{line}</p>"))


sow_text(
    "personal-data",
    "Ông Nguyễn Văn Mít, căn cước công dân số 001085012345, trú tại tổ 5.",
    "Bà Trần Thị Na, CMND 123 456 789, cấp ngày 01/02/2003.",
    "Liên hệ ông Bưởi, điện thoại 0912.345.678.",
    "Số tài khoản: 0451 0001 23456 tại Ngân hàng Hạt Mít.",
    "Ông Lê Văn Quýt, sinh ngày 12/03/1971, thường trú tại tổ 7.",
)
sow_text(
    "complaint-names",
    "Về việc giải quyết đơn khiếu nại của ông Nguyễn Văn Mít ở tổ 5.",
    "Nội dung tố cáo của bà Trần Thị Na là có cơ sở.",
)
sow_text("picture-words", '<img src="/a.png">', '<img src="/a.png" alt="hinh_01.png">')
sow_text(
    "dead-links",
    '<a href="htp://hatmit.vn/a">xem</a>',
    '<a href="/van-ban/co-quan-khong-co/1-2031-tt-btn/">xem</a>',
    '<a href="#dieu-9999">xem</a>',
)
sow_text(
    "old-encoding",
    "Quy ®Þnh nµy cã hiÖu lùc tõ ngµy ký.",
    "Quy ñònh naøy coù hieäu löïc.",
    "Nghá»‹ Ä‘á»‹nh nÃ y",
)
sow_text(
    "citations-absent",
    '<a class="citation" href="/dan-chieu/?so=9999%2F2031%2FN%C4%90-CP">Nghị định 9999/2031/NĐ-CP</a>',
)


def names(words: str, day: dt.date) -> None:
    def sow(draft, chance) -> bool:
        draft.issued = day
        return into_text(draft, f"<p>{words}</p>")

    seed("names-by-date")(sow)


names("Bộ Tài nguyên và Môi trường hướng dẫn thực hiện.", dt.date(2026, 5, 5))
names("Ủy ban nhân dân tỉnh Bến Tre tổ chức thực hiện.", dt.date(2026, 5, 5))
names("Ủy ban nhân dân cấp huyện tổ chức thực hiện.", dt.date(2026, 5, 5))
names("Bộ Nông nghiệp và Môi trường hướng dẫn thực hiện.", dt.date(2020, 5, 5))


def mark_of(words: str) -> None:
    def sow(draft, chance) -> bool:
        parts = draft.__dict__["parts"] = Parts.of(draft)
        head = f'<div class="doc-header"><p>{words}</p></div>'
        for text in parts.current(live=False):
            text.html = head + text.html
            for row in parts.provisions[text.pk]:
                row.start, row.end = row.start + len(head), row.end + len(head)
        return True

    seed("secrecy-mark")(sow)


for words in ("MẬT", "<strong>TUYỆT MẬT</strong>", "Độ mật: Tối mật"):
    mark_of(words)


@seed("identity-double")
def double(draft, chance) -> bool:
    other = LegalDocument.objects.exclude(pk=draft.pk).exclude(number="").order_by("?").first()
    draft.number, draft.lead_issuer, draft.issued = other.number, other.lead_issuer, other.issued
    return True


@seed("number-grammar")
def other_type(draft, chance) -> bool:
    swapped = {"NĐ-": "TT-", "TT-": "NĐ-", "QĐ-": "TT-", "NQ-": "TT-"}
    pair = next((pair for pair in swapped.items() if pair[0] in draft.number), None)
    draft.number = draft.number.replace(*pair) if pair else ""
    return pair is not None


@seed("number-grammar")
def other_year(draft, chance) -> bool:
    year = str(draft.issued.year) if draft.issued else "-"
    changed = draft.number.replace(f"/{year}/", "/1999/") if year != "1999" else draft.number
    was, draft.number = draft.number, changed
    return changed != was


@seed("number-grammar")
def no_year(draft, chance) -> bool:
    if not draft.issued or draft.issued.year < 1997 or not draft.type.normative:
        return False
    was, draft.number = draft.number, draft.number.replace(f"/{draft.issued.year}/", "/")
    return was != draft.number


@seed("number-grammar")
def other_issuer(draft, chance) -> bool:
    for symbol in ("BTC", "BYT", "BGDĐT", "BTP"):
        if draft.number.endswith(f"-{symbol}"):
            draft.number = draft.number.removesuffix(symbol) + "BNV"
            return True
    return False


@seed("dates-impossible")
def before_issue(draft, chance) -> bool:
    draft.issued = draft.issued or dt.date(2020, 1, 1)
    draft.in_force = draft.issued - dt.timedelta(days=chance.randint(1, 400))
    return True


@seed("dates-doubtful")
def no_date(draft, chance) -> bool:
    was, draft.issued = draft.issued, None
    return was is not None


@seed("lead-time")
def too_soon(draft, chance) -> bool:
    draft.issued = dt.date(2026, 2, 1)
    draft.in_force = draft.issued + dt.timedelta(days=chance.randint(1, 9))
    level = draft.type.level or draft.lead_issuer.level
    return draft.type.normative and level in ("trung-uong", "tinh", "xa")


@seed("signer-title")
def odd_signer(draft, chance) -> bool:
    from legal_docs.proposals.offices import offices_of

    if not all(offices_of(one.name) for one in (draft.lead_issuer, *draft.issuers.all())):
        return False
    signer = Signer.objects.first() or Signer.objects.create(name="Nguyễn Văn Mít")
    draft.signatures = [LegalDocumentSignature(signer=signer, title="Hiệu trưởng")]
    return True


def lines_of(draft) -> list[str]:
    texts = Parts.of(draft).current(live=False)
    return matching.paragraphs(texts[0].html) if texts else []


def reparsed(draft, lines: list[str]) -> None:
    parsed = structure.parse([structure.Block(line) for line in lines])
    parts = draft.__dict__["parts"] = Parts.of(draft)
    text = parts.current(live=False)[0]
    text.notes = [[one.code, one.message_vi, one.where] for one in parsed.warnings]


@seed("outline")
def article_gone(draft, chance) -> bool:
    lines = lines_of(draft)
    heads = [at for at, line in enumerate(lines) if line.startswith("Điều ") and " " in line]
    if len(heads) < 6:
        return False
    at = chance.choice(range(2, len(heads) - 2))
    reparsed(draft, lines[: heads[at]] + lines[heads[at + 1] :])
    return True


@seed("outline")
def article_twice(draft, chance) -> bool:
    lines = lines_of(draft)
    heads = [at for at, line in enumerate(lines) if line.startswith("Điều ")]
    if len(heads) < 6:
        return False
    at = chance.choice(range(2, len(heads) - 2))
    piece = lines[heads[at] : heads[at + 1]]
    reparsed(draft, lines[: heads[at + 1]] + piece + lines[heads[at + 1] :])
    return True


def attach(draft, text: str, **said) -> bool:
    if len(text) < 500:
        return False
    digest = hashlib.sha256(text.encode()).hexdigest()
    Manifestation.objects.bulk_create(
        [
            Manifestation(
                work=draft.identity, name="goc.pdf", extension="pdf", size=1, sha256=digest,
                media_type="application/pdf",
            )
        ]
    )  # fmt: skip
    ExaminedFile.objects.create(
        sha256=digest, text=text, signatures={"verdict": "khong-ky"}, **said
    )
    return True


@seed("original")
def other_number_in_file(draft, chance) -> bool:
    return bool(draft.number) and attach(draft, "\n".join(lines_of(draft)), number="77/2031/TT-BTN")


@seed("original")
def other_date_in_file(draft, chance) -> bool:
    day = dt.date(2031, 3, 4)
    return bool(draft.issued) and attach(draft, "\n".join(lines_of(draft)), issued=day)


@seed("original")
def other_words_in_file(draft, chance) -> bool:
    """One word in fifteen is another one."""
    words = "\n".join(lines_of(draft)).split(" ")
    for at in range(0, len(words), 15):
        words[at] = "phơi-hạt"
    return attach(draft, " ".join(words))


@seed("signature-absent")
def unsigned(draft, chance) -> bool:
    return attach(draft, "\n".join(lines_of(draft)))


@seed("signature-altered")
def altered(draft, chance) -> bool:
    if not attach(draft, "\n".join(lines_of(draft))):
        return False
    ExaminedFile.objects.update(signatures={"verdict": "da-sua-sau-ky"})
    return True


def relate(draft, kind: str, target: WorkIdentity, **fields) -> bool:
    if target.pk == draft.identity_id:
        return False
    row = Relation(
        source=draft.identity, target=target, kind=kind, stated_by=draft.identity, **fields
    )
    Relation.objects.bulk_create([row])
    return True


@seed("relation-absent")
def to_a_stub(draft, chance) -> bool:
    return relate(
        draft, "can_cu", WorkIdentity.objects.create(number="9/2031/TT-BTN", number_key="x")
    )


@seed("relation-ends")
def to_a_draft(draft, chance) -> bool:
    other = LegalDocument.objects.exclude(pk=draft.pk).order_by("?").first()
    return relate(draft, "can_cu", other.identity, source_provision="dieu-1")


@seed("relation-ends")
def in_a_circle(draft, chance) -> bool:
    other = LegalDocument.objects.exclude(pk=draft.pk).order_by("?").first()
    back = Relation(
        source=other.identity, target=draft.identity, kind="bai_bo", stated_by=other.identity
    )
    Relation.objects.bulk_create([back])
    return relate(draft, "thay_the", other.identity, source_provision="dieu-1")


@seed("relation-no-end")
def without_a_day(draft, chance) -> bool:
    other = LegalDocument.objects.exclude(pk=draft.pk).order_by("?").first()
    draft.in_force = None
    return relate(draft, "thay_the", other.identity, source_provision="dieu-1")
