"""A small lexicon for the tests of understanding: fictional laws beside real names of bodies."""

from datetime import date

from portal.organisations.audience import PUBLIC
from search.plan import SearchPlan
from search.understanding import Lexicon, understand
from search.understanding.names import FIELD, ISSUER, LEVEL, PROVINCE, Name
from search.understanding.synonyms import Synonyms

TODAY = date(2031, 6, 1)
LAWS = [
    ("Luật Cây xanh", 2031, "7/2031/QH17", date(2031, 3, 1), None),
    ("Luật Cây xanh", 2019, "2/2019/QH14", date(2020, 1, 1), date(2031, 3, 1)),
    ("Bộ luật Vườn tược", 2030, "4/2030/QH17", date(2031, 1, 1), None),
    ("Luật Hoa và quả", 2032, "9/2032/QH17", date(2033, 1, 1), None),
    ("Luật Hoa và quả", 2025, "3/2025/QH15", date(2026, 1, 1), None),
]
TYPES = [
    (label, label)
    for label in (
        "Nghị định", "Thông tư", "Thông tư liên tịch", "Quyết định", "Chỉ thị", "Nghị quyết",
        "Kế hoạch", "Luật", "Bộ luật", "Công văn", "Văn bản",
    )
]  # fmt: skip
NAMES = [
    Name(ISSUER, "Bộ Tài chính", "Bộ Tài chính", ("11",), "BTC"),
    Name(ISSUER, "BTC", "Bộ Tài chính", ("11",), "BTC"),
    Name(ISSUER, "Bộ Kế hoạch và Đầu tư", "Bộ Kế hoạch và Đầu tư", ("12",), "BKHĐT"),
    Name(ISSUER, "BKHĐT", "Bộ Kế hoạch và Đầu tư", ("12",), "BKHĐT"),
    Name(ISSUER, "Thủ tướng Chính phủ", "Thủ tướng Chính phủ", ("13",), "TTg"),
    Name(ISSUER, "Thủ tướng", "Thủ tướng Chính phủ", ("13",), "TTg"),
    Name(
        ISSUER, "Ủy ban nhân dân tỉnh Bến Tre", "Ủy ban nhân dân tỉnh Bến Tre",
        ("21",), "UBND", local=True,
    ),
    Name(ISSUER, "UBND tỉnh Bến Tre", "Ủy ban nhân dân tỉnh Bến Tre", ("21",), "UBND", local=True),
    Name(
        ISSUER, "UBND tỉnh Vĩnh Long", "Ủy ban nhân dân tỉnh Vĩnh Long",
        ("22",), "UBND", local=True,
    ),
    Name(PROVINCE, "Vĩnh Long", "Vĩnh Long", ("tinh-vinh-long", "tinh-ben-tre", "tinh-tra-vinh")),
    Name(PROVINCE, "Bến Tre", "Bến Tre", ("tinh-ben-tre",)),
    Name(LEVEL, "trung ương", "trung ương", ("trung-uong",)),
    Name(LEVEL, "cấp tỉnh", "cấp tỉnh", ("tinh",)),
    Name(FIELD, "Đất đai", "Đất đai", ("31",)),
]  # fmt: skip
WORDS = [
    ("sổ đỏ", "giấy chứng nhận quyền sử dụng đất", "doi_thuong", ""),
    ("làm sổ đỏ lần đầu", "đăng ký đất đai lần đầu", "doi_thuong", ""),
    ("vượt đèn đỏ", "không chấp hành hiệu lệnh của đèn tín hiệu giao thông", "doi_thuong", ""),
    ("cty", "công ty", "viet_tat", ""),
    ("bhxh", "bảo hiểm xã hội", "viet_tat", ""),
    ("ko", "không", "viet_tat", ""),
    ("nđ", "nghị định", "viet_tat", "beside_number"),
    ("hđ", "hợp đồng", "viet_tat", "beside:ký|thuê"),
    ("tha", "thi hành án", "viet_tat", "upper"),
    ("ubnd", "ủy ban nhân dân", "dong_nghia", ""),
    ("thẻ cũ", "thẻ mới", "ten_cu", ""),
    ("mức phạt", "xử phạt", "lien_quan", ""),
    ("bct", "bộ công thương", "ngu_canh", "beside:thông|tư"),
    ("đơn thư", "khiếu nại, tố cáo", "doi_thuong", ""),
    ("khiếu nại", "đơn tố cáo", "dong_nghia", ""),
]
NEVER = [("khiếu nại", "tố cáo"), ("kết hôn", "ly hôn")]
LEXICON = Lexicon.of(
    LAWS,
    TYPES,
    nicknames=[("luật cây", ("Luật Cây xanh",)), ("blvt", ("Bộ luật Vườn tược",))],
    names=NAMES,
    synonyms=Synonyms(WORDS, NEVER),
)


def plan_of(text: str, lexicon: Lexicon = LEXICON, **options) -> SearchPlan:
    """The plan of a stranger on the day of the tests."""
    return understand(text, lexicon, PUBLIC, TODAY, **options)


def codes(plan: SearchPlan) -> list[str]:
    """The codes of the steps that did something."""
    return [reason.code for reason in plan.because]


def filters(plan: SearchPlan) -> dict[str, object]:
    """The filters that are set."""
    names = plan.filters.__slots__
    return {name: getattr(plan.filters, name) for name in names if getattr(plan.filters, name)}
