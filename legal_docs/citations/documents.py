"""Where documents are named: by number, by the name of a law, or as "Nghị định này"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from legal_docs.citations.law_names import LawMatch, LawNames
from legal_docs.numbering import NumberMatch
from legal_docs.numbering import find as find_numbers

_KINDS: Final = (
    r"Bộ\s+[Ll]uật|Luật|Pháp\s+lệnh|Hiến\s+pháp|Nghị\s+quyết(?:\s+liên\s+tịch)?|Nghị\s+định"
    r"|Quyết\s+định|Chỉ\s+thị|Thông\s+tư(?:\s+liên\s+tịch)?|Văn\s+bản\s+hợp\s+nhất|Sắc\s+lệnh"
    r"|Lệnh|Công\s+văn|Công\s+điện|Kế\s+hoạch|Kết\s+luận|Thông\s+báo|Hướng\s+dẫn|Chương\s+trình"
    r"|Quy\s+định|Quy\s+chế|Điều\s+lệ"
)
_KIND: Final = re.compile(
    rf"(?<!\w)(?:{_KINDS}|{_KINDS.upper().replace(chr(92) + 'S', chr(92) + 's')})(?!\w)"
)
_THIS: Final = re.compile(r"\s+này(?!\w)")
_GAP: Final = re.compile(r"(?:\s+[^\d.;:()\[\]/]{0,80}?)?\s+(?:\(?\s*số\s*:?\s*)?")
_AFTER_NAME: Final = re.compile(r"\s*,?\s*\(?\s*(?:(?:Bộ\s+l|L)uật\s+)?số\s*:?\s*")
_YEAR: Final = re.compile(r"\s+(?:(?:được\s+ban\s+hành\s+)?năm\s+)?\(?((?:19|20)\d\d)\)?(?![\w/])")
_ISSUED: Final = re.compile(
    r"\)?\s*,?\s*(?:được\s+(?:ban\s+hành|thông\s+qua)\s+)?ngày\s+(\d{1,2})\s*(?:/|-|tháng)\s*"
    r"(\d{1,2})\s*(?:/|-|năm)\s*((?:19|20)\d\d)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A document named at ``start:end``."""

    start: int
    end: int
    number: str | None = None
    law: str | None = None
    year: int | None = None
    issued: date | None = None
    this: bool = False


def documents(text: str, laws: LawNames) -> list[Named]:
    """Return the documents that ``text`` names, from left to right, without overlap."""
    numbers = find_numbers(text)
    named = list(_named_laws(text, laws, numbers))
    taken = {doc.end for doc in named}
    named += _this_documents(text)
    named += (doc for doc in _numbered(text, numbers) if doc.end not in taken)
    named.sort(key=lambda doc: (doc.start, -doc.end))
    apart: list[Named] = []
    for doc in named:
        if not apart or doc.start >= apart[-1].end:
            apart.append(doc)
    return apart


def _this_documents(text: str) -> Iterator[Named]:
    for kind in _KIND.finditer(text):
        this = _THIS.match(text, kind.end())
        if this is not None:
            yield Named(kind.start(), this.end(), this=True)


def _numbered(text: str, numbers: tuple[NumberMatch, ...]) -> Iterator[Named]:
    """Yield each number, begun at its type word: "Nghị định [của Chính phủ] số 12/2031/NĐ-CP"."""
    kinds = _KIND.finditer(text)
    kind, ahead = None, next(kinds, None)
    for hit in numbers:
        while ahead is not None and ahead.start() < hit.start:
            kind, ahead = ahead, next(kinds, None)
        start = hit.start
        if kind is not None and hit.start - kind.end() < 100:
            whole = _GAP.fullmatch(text, kind.end(), hit.start)
            start = kind.start() if whole else start
        yield _with_date(text, Named(start, hit.end, str(hit.number), None, hit.number.year))


def _named_laws(text: str, laws: LawNames, numbers: tuple[NumberMatch, ...]) -> Iterator[Named]:
    by_start = {hit.start: hit for hit in numbers}
    for match in laws.find(text):
        prefix = _AFTER_NAME.match(text, match.end)
        hit = by_start.get(prefix.end()) if prefix is not None else None
        if hit is not None:
            law = Named(match.start, hit.end, str(hit.number), match.laws[0].name, hit.number.year)
            yield _with_date(text, law)
        else:
            yield _by_year(text, match)


def _by_year(text: str, match: LawMatch) -> Named:
    year = _YEAR.match(text, match.end)
    end, wanted = (year.end(), int(year[1])) if year is not None else (match.end, None)
    fitting = [law for law in match.laws if wanted is None or law.year == wanted]
    number = fitting[0].number if len({law.number for law in fitting}) == 1 else None
    law = Named(match.start, end, number, match.laws[0].name, wanted)
    return law if year is not None else _with_date(text, law, match)


def _with_date(text: str, doc: Named, match: LawMatch | None = None) -> Named:
    found = _ISSUED.match(text, doc.end)
    if found is None:
        return doc
    try:
        issued = date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return doc
    number = doc.number
    if match is not None:
        fitting = [law.number for law in match.laws if law.year == issued.year]
        number = fitting[0] if len(fitting) == 1 else None
    return replace(doc, end=found.end(), issued=issued, year=doc.year or issued.year, number=number)
