"""Filters said in words, only where nothing else can be meant.

A filter hides what does not fit, so that a wrong one loses the right article. It is taken from
words only in a short text that asks for documents ("nghị định về …", "văn bản của Bộ …") or that
is nothing but filters ("UBND tỉnh Bến Tre"); a question or a story is never filtered.
"""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from legal_docs.validity import Status
from portal.core.text import fold, syllable_key
from search.plan import Sort
from search.understanding.data import (
    ASKING,
    ASKING_PAIRS,
    LINKING,
    NOT_AFTER_TYPE,
    PLAIN_DOCUMENT_WORDS,
    STRONG_TYPES,
    WEAK_TYPES,
    folded_words,
)
from search.understanding.dates import find_span
from search.understanding.draft import Draft
from search.understanding.names import FIELD, ISSUER, LEVEL, PROVINCE, TYPE, Name
from search.understanding.tokens import Tokens, flat

_LONGEST: Final = 16
_LONGEST_RECENT: Final = 10
_OPENERS: Final = folded_words(
    "cac nhung danh sach tim tra cuu xem toan tat ca moi liet ke cho toi"
)
_APPLIES: Final = tuple(status.value for status in Status if status.applies)
_SOON: Final = timedelta(days=90)
_STATUS_WORDS: Final = (
    ("sắp hết hiệu lực", "sap_het"), ("sắp có hiệu lực", "chua_co"), ("chưa có hiệu lực", "chua_co"),
    ("không còn hiệu lực", "het"), ("đã hết hiệu lực", "het"), ("hết hiệu lực", "het"),
    ("còn hiệu lực", "con"), ("đang có hiệu lực", "con"), ("còn hạn", "con"), ("hiện hành", "con"),
    ("đang áp dụng", "con"), ("có hiệu lực", "co"), ("bắt đầu có hiệu lực", "co"),
)  # fmt: skip
_RECENT_WORDS: Final = ("mới nhất", "mới ban hành", "mới đây", "gần đây nhất")
_Words = tuple[tuple[str, ...], str]


def find_said(draft: Draft) -> None:
    """Note filters and take their words, if the text is one that may be filtered."""
    tokens = draft.tokens
    if len(tokens) > _LONGEST or _asks(tokens):
        return
    if draft.numbers and not draft.law:
        return
    saved = (dict(draft.filters), list(draft.because), set(tokens.taken), draft.recent)
    documents = _documents(draft)
    if documents or not tokens.left:
        _conditions(draft, everywhere=True)
    else:
        _conditions(draft, everywhere=False)
        draft.take_linking()
        if tokens.left:
            draft.filters, draft.because, tokens.taken, draft.recent = saved
            _recent(draft)


def _asks(tokens: Tokens) -> bool:
    words = [token.folded for token in tokens.all]
    if "?" in tokens.text or ASKING & set(words):
        return True
    pairs = set(pairwise(words))
    return bool(pairs & ASKING_PAIRS) or ("co" in words and words[-1] == "khong")


def _documents(draft: Draft) -> bool:
    """Read what opens a request for documents, a type or "văn bản"; tell whether it does."""
    tokens = draft.tokens
    at = 0
    while at < len(tokens) and tokens.all[at].folded in _OPENERS and not _type_at(draft, at)[0]:
        at += 1
    if at >= len(tokens) or at in tokens.taken:
        return False
    count, name = _type_at(draft, at)
    if count == 0 or (name is not None and fold(name.label) in PLAIN_DOCUMENT_WORDS):
        for words in PLAIN_DOCUMENT_WORDS:
            length = words.count(" ") + 1
            if [token.folded for token in tokens.all[at : at + length]] == words.split():
                if not _is_topic_of_documents(draft, at + length):
                    return False
                tokens.take(0, at + length)
                return True
        return False
    if name is None or not _is_meant(draft, name, at + count):
        return False
    if not draft.allows("loai", name.label):
        return False
    draft.filter("types", *name.values)
    draft.say("loai", tokens.words(at, at + count), name.label)
    tokens.take(0, at + count)
    return True


def _type_at(draft: Draft, at: int) -> tuple[int, Name | None]:
    count, names = draft.lexicon.names.at(draft.tokens.all, at, TYPE)
    return count, (names[0] if names else None)


def _is_topic_of_documents(draft: Draft, at: int) -> bool:
    """Tell whether "văn bản" asks for documents: "văn bản của Bộ …", not "văn bản điện tử"."""
    if at >= len(draft.tokens):
        return False
    word = draft.tokens.all[at].folded
    if word in ("ve", "cua", "do", "moi", "nam", "trong", "linh", "cap", "trung", "tu", "ban"):
        return True
    if _status_at(draft.tokens, at)[0]:
        return True
    span = find_span(flat(draft.tokens.text)[draft.tokens.all[at].start :], draft.today)
    if span is not None and span.start == 0:
        return True
    return bool(draft.lexicon.names.at(draft.tokens.all, at, ISSUER, PROVINCE)[0])


def _is_meant(draft: Draft, name: Name, at: int) -> bool:
    """Tell whether a type word opens a request: "nghị định về …", not "quyết định ly hôn"."""
    tokens = draft.tokens
    spelled = " ".join(token.folded for token in tokens.all[max(0, at - 4) : at])
    strong = any(spelled.endswith(word) for word in STRONG_TYPES)
    weak = any(spelled.endswith(word) for word in WEAK_TYPES)
    if not strong and not weak:
        return False
    if at >= len(tokens):
        return True
    word = tokens.all[at].folded
    if word in NOT_AFTER_TYPE:
        return False
    issuer = at + (word == "cua")
    if draft.lexicon.names.at(tokens.all, issuer, ISSUER)[0]:
        return True
    plain = spelled.endswith(("nghi quyet", "cong van", "cong dien"))
    if plain or not strong:
        return word == "ve" and (strong or spelled.endswith("quyet dinh"))
    return True


def _conditions(draft: Draft, *, everywhere: bool) -> None:
    """Read issuers, levels, provinces, fields, days and validity out of what is left."""
    steps: tuple[Callable[[Draft, int, bool], int], ...] = (
        _issuer, _level, _province, _field, _when, _status, _newest,
    )  # fmt: skip
    at = 0
    while at < len(draft.tokens):
        if at in draft.tokens.taken:
            at += 1
            continue
        end = next((end for step in steps if (end := step(draft, at, everywhere))), 0)
        if not end and not everywhere and draft.tokens.all[at].folded not in LINKING:
            return
        at = end or at + 1
    draft.take_linking()


def _stands_out(draft: Draft, at: int, end: int) -> bool:
    """Tell whether a name is tied on ("của …", "do … ban hành") or stands at an edge."""
    before = draft.tokens.all[at - 1].folded if at else ""
    return (
        end == len(draft.tokens)
        or at - 1 in draft.tokens.taken
        or before in ("cua", "do", "tai", "o")
    )


def _issuer(draft: Draft, at: int, everywhere: bool) -> int:
    count, names = draft.lexicon.names.at(draft.tokens.all, at, ISSUER)
    end = at + count
    if not count or (everywhere and not _stands_out(draft, at, end)):
        return 0
    label = names[0].label
    if len(names) > 1 and len({name.values for name in names}) > 2:
        return 0
    if not draft.allows("co_quan", label):
        return 0
    draft.filter("issuers", *(int(value) for name in names for value in name.values))
    draft.say("co_quan", draft.tokens.words(at, end), label)
    draft.tokens.take(at, end)
    following = [token.folded for token in draft.tokens.all[end : end + 2]]
    if following == ["ban", "hanh"]:
        draft.tokens.take(end, end + 2)
    return end


def _level(draft: Draft, at: int, everywhere: bool) -> int:
    count, names = draft.lexicon.names.at(draft.tokens.all, at, LEVEL)
    if not count or not draft.allows("cap", names[0].label):
        return 0
    if everywhere and not _stands_out(draft, at, at + count):
        return 0
    draft.filter("levels", *names[0].values)
    draft.say("cap", draft.tokens.words(at, at + count), names[0].label)
    draft.tokens.take(at, at + count)
    return at + count


def _province(draft: Draft, at: int, everywhere: bool) -> int:
    words = [token.folded for token in draft.tokens.all[at : at + 2]]
    skip = 2 if words == ["thanh", "pho"] else int(words[:1] in (["tinh"], ["tp"]))
    for start in dict.fromkeys((at, at + skip)):
        count, names = draft.lexicon.names.at(draft.tokens.all, start, PROVINCE)
        end = start + count
        if not count or not draft.allows("tinh", names[0].label):
            continue
        if everywhere and not skip and not _stands_out(draft, at, end):
            continue
        draft.filter("provinces", *names[0].values)
        draft.say("tinh", draft.tokens.words(at, end), names[0].label)
        draft.tokens.take(at, end)
        return end
    return 0


def _field(draft: Draft, at: int, everywhere: bool) -> int:
    words = [token.folded for token in draft.tokens.all[at : at + 2]]
    if words != ["linh", "vuc"]:
        return 0
    count, names = draft.lexicon.names.at(draft.tokens.all, at + 2, FIELD)
    if not count or not draft.allows("linh_vuc", names[0].label):
        return 0
    draft.filter("fields", *(int(value) for value in names[0].values))
    draft.say("linh_vuc", draft.tokens.words(at, at + 2 + count), names[0].label)
    draft.tokens.take(at, at + 2 + count)
    return at + 2 + count


def _when(draft: Draft, at: int, everywhere: bool) -> int:
    tokens = draft.tokens
    start = tokens.all[at].start
    span = find_span(flat(tokens.text)[start:], draft.today)
    if span is None or span.start:
        return 0
    end = tokens.before(start + span.end)
    words = tokens.words(at, end)
    if span.year is not None:
        if not draft.allows("nam", str(span.year)):
            return 0
        draft.filter("years", span.year)
        draft.say("nam", words, str(span.year))
    else:
        value = f"{span.since or ''}..{span.until or ''}"
        if not draft.allows("ngay_ban_hanh", value):
            return 0
        put_days(draft, "issued", span.since, span.until)
        draft.say("ngay_ban_hanh", words, value)
    tokens.take(at, end)
    return end


def put_days(draft: Draft, name: str, since: date | None, until: date | None) -> None:
    """Set ``<name>_from`` and ``<name>_to``."""
    if since is not None:
        draft.filters[f"{name}_from"] = since
    if until is not None:
        draft.filters[f"{name}_to"] = until


def _status_at(tokens: Tokens, at: int) -> tuple[int, str]:
    for words, code in _STATUS_KEYS:
        typed = tokens.all[at : at + len(words)]
        if len(typed) == len(words) and all(
            token.key == key or (token.bare and token.folded == bare)
            for token, (key, bare) in zip(typed, words, strict=True)
        ):
            return len(words), code
    return 0, ""


def _status(draft: Draft, at: int, everywhere: bool) -> int:
    """Read validity, with the days on which it begins or ends: "hết hiệu lực trong tháng này"."""
    tokens = draft.tokens
    count, code = _status_at(tokens, at)
    end = at + count
    if not count or (everywhere and at and at - 1 not in tokens.taken and end < len(tokens)):
        return 0
    span = None
    if end < len(tokens):
        start = tokens.all[end].start
        span = find_span(flat(tokens.text)[start:], draft.today)
        span = span if span is not None and not span.start else None
        if span is not None:
            end = tokens.before(start + span.end)
    words = tokens.words(at, end)
    if code == "co" and span is None:
        code = "con"
    if code == "sap_het" or (span is not None and code == "het"):
        since = span.since if span is not None else draft.today
        until = span.until if span is not None else draft.today + _SOON
        value = f"{since or ''}..{until or ''}"
        if not draft.allows("het_hieu_luc", value):
            return 0
        put_days(draft, "expires", since, until)
        draft.say("het_hieu_luc", words, value)
    elif span is not None and code in ("co", "chua_co"):
        value = f"{span.since or ''}..{span.until or ''}"
        if not draft.allows("co_hieu_luc", value):
            return 0
        put_days(draft, "in_force", span.since, span.until)
        draft.say("co_hieu_luc", words, value)
    else:
        statuses = status_values(code)
        if not draft.allows("hieu_luc", statuses[0]):
            return 0
        draft.filter("statuses", *statuses)
        draft.say("hieu_luc", words, statuses[0])
    tokens.take(at, end)
    return end


def status_values(code: str) -> tuple[str, ...]:
    """Return the statuses that a word for validity admits."""
    if code == "het":
        return (Status.ENDED.value,)
    if code == "chua_co":
        return (Status.NOT_YET.value,)
    return (Status.IN_FORCE.value, *(value for value in _APPLIES if value != Status.IN_FORCE.value))


def _newest(draft: Draft, at: int, everywhere: bool) -> int:
    tokens = draft.tokens
    for words in _RECENT_KEYS:
        typed = tokens.all[at : at + len(words)]
        if len(typed) == len(words) and all(
            token.key == key or (token.bare and token.folded == bare)
            for token, (key, bare) in zip(typed, words, strict=True)
        ):
            if not draft.allows("moi_nhat"):
                return 0
            draft.recent = True
            draft.say("moi_nhat", tokens.words(at, at + len(words)))
            tokens.take(at, at + len(words))
            return at + len(words)
    return 0


def _recent(draft: Draft) -> None:
    """Read "mới nhất" in a short topic too, or this year: it prefers, it hides nothing.

    Who adds the year that he writes in wants the rule as it is now, which may be of last year.
    """
    if len(draft.tokens) > _LONGEST_RECENT or draft.law:
        return
    for at in draft.tokens.left:
        if _newest(draft, at, True):
            return
    typed = draft.tokens.all[-1].text
    if typed == str(draft.today.year) and draft.allows("moi_nhat") and len(draft.tokens) > 1:
        draft.recent = True
        draft.say("moi_nhat", typed)


def order_by_day(draft: Draft) -> None:
    """Show the newest first where nothing is left to rank by."""
    if draft.filters and not draft.named and draft.loose is None:
        draft.sort = Sort.NEWEST


def _keyed(words: str) -> tuple[tuple[str, str], ...]:
    return tuple((syllable_key(word), fold(word)) for word in words.split())


_STATUS_KEYS: Final = tuple((_keyed(words), code) for words, code in _STATUS_WORDS)
_RECENT_KEYS: Final = tuple(_keyed(words) for words in _RECENT_WORDS)
