"""Ask the search pages, API and completions a great many nasty queries; count the answers.

    python -m benchmarks.fuzz_search [--count 100000] [--seed 1] [--slow 1.0]

Runs against the portal of ``PORTAL_VAR`` by the Django test client, in this process. Ends with
status 1 when an answer was 5xx, or slower than ``--slow`` seconds each time that it was asked
again: a machine that is busy with something else makes any query slow once.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

SURFACES = (
    "/tim-kiem/", "/api/v1/search", "/tim-kiem/goi-y/", "/api/v1/suggest", "/tim-kiem/ket-qua.csv",
    "/tim-kiem/ket-qua.atom", "/tim-kiem/vi-sao/",
)  # fmt: skip
_SHARES = (50, 25, 10, 8, 2, 2, 3)
#: Far beyond what a web server lets through; the pages must bear it all the same.
_MEGABYTE = 1_000_000
_WORDS = [
    "luật",
    "đất",
    "đai",
    "nghị",
    "định",
    "thông",
    "tư",
    "168/2024/NĐ-CP",
    "điều",
    "khoản",
    "5",
    "2",
    "hộ",
    "kinh",
    "doanh",
    "vượt",
    "đèn",
    "đỏ",
    "phạt",
    "bao",
    "nhiêu",
    "còn",
    "hiệu",
    "lực",
    "năm",
    "2024",
    "của",
    "Bộ",
    "Tài",
    "chính",
    "luat",
    "dat",
    "dai",
    "dieu",
    "hop",
    "dong",
    "lao",
    "dong",
    "không",
    "tỉnh",
    "Hà",
    "Nội",
    "mới",
    "nhất",
    "sửa",
    "đổi",
    "bổ",
    "sung",
]
_PIECES = (
    "\x00", "\x01\x02\x1b", "\x7f\x80\x9f", "\u200b\u200d\ufeff", "\u202e\u2066\u2069", "\ud800",
    "\udfff", "\U0010ffff", "﷽" * 9, "e\u0301" * 40, "o\u0302\u0323", "đ" * 300, "😀👨‍👩‍👧", "𝔏𝔲ậ𝔱",
    '"', '""', '"a', "'", "''", "`", "\\", "\\'", "%00", "%", "%%s", "&&", "||", "!", "()", ")(",
    "[", "]", "{", "}", "^", "~", "~2", "*", "?", "+", "-", "--", "-a", '-"', ":", "::", "a:b",
    "loai:", 'loai:"', "coquan:x", "nam:9999-0001", "nam:99999", "tu:31/2/2024", "den:0/0/0",
    "so:", "so:1/2/3/4", "hieuluc:", "tinh:\x00", "title:*", "_exists_:a", "[a TO b]", "AND",
    "OR NOT", "a AND", "^2.0", "field:(x OR", "/.*/", "/(a+)+$/", "<script>alert(1)</script>",
    "]]>", "<!--", "{{7*7}}", "${x}", "{% x %}", "' OR 1=1 --", "'; DROP TABLE search_outbox;--",
    "1 UNION SELECT 1", "\r\nSet-Cookie: a=b", "../../etc/passwd", "=1+1", "@SUM(A1)", "\t", "\n",
    "0" * 400, "9" * 30, "1/" * 100, "1/2024/" + "Đ" * 80, "điều " * 50, "điều 99999999999",
    "khoản khoản điểm", "¹²³", "٣٤", "Ⅳ", "½", "1e999", "NaN", "-1", "0x1F", "null", "undefined",
)  # fmt: skip
_PARAMETERS = (
    "loai", "co-quan", "cap", "tinh", "linh-vuc", "nam", "hieu-luc", "xep", "trang", "ngay", "tu",
    "den", "trong", "bo", "nguyen-van", "vb", "type", "issuer", "level", "province", "field",
    "year", "status", "as_at", "from", "to", "sort", "page", "size",
)  # fmt: skip
_VALUES = (
    "", "1", "0", "-1", "2024", "99999999999999999999", "moi", "cu", "hieu-luc", "31/12/2024",
    "2024-02-30", "trung-uong", "con_hieu_luc", "legal-1", "legal-x", "loai:x", "bo_dau", "newest",
    "100", "Nghị định",
)  # fmt: skip


def queries(seed: int, count: int) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Yield (path, parameters); the same seed gives the same queries."""
    dice = random.Random(seed)
    for _ in range(count):
        surface = dice.choices(SURFACES, _SHARES)[0]
        parameters = {"q": [_text(dice)]}
        for name in dice.sample(_PARAMETERS, dice.choice((0, 0, 1, 1, 2, 4))):
            values = [_value(dice) for _ in range(dice.choice((1, 1, 1, 3)))]
            parameters[name] = values
        yield surface, parameters


def _text(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.02:
        piece = dice.choice(_WORDS + list(_PIECES))
        return piece * (
            dice.choice((10_000, _MEGABYTE)) // len(piece.encode("utf-8", "surrogatepass"))
        )
    if kind < 0.12:
        size = dice.randrange(1, 60)
        return "".join(
            chr(dice.choice((dice.randrange(128), dice.randrange(0x110000)))) for _ in range(size)
        )
    sizes = (1, 2, 3, 5, 8, 13, 40)
    parts = [
        dice.choice(_PIECES) if dice.random() < 0.45 else dice.choice(_WORDS)
        for _ in range(dice.choice(sizes))
    ]
    return dice.choice((" ", " ", " ", "", "/", "-", ", ")).join(parts)


def _value(dice: random.Random) -> str:
    return dice.choice(_VALUES) if dice.random() < 0.6 else dice.choice(_PIECES)


#: How often a slow query is asked again.
AGAIN = 3


def main() -> int:
    """Run and report."""
    reading = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reading.add_argument("--count", type=int, default=100_000)
    reading.add_argument("--seed", type=int, default=1)
    reading.add_argument("--slow", type=float, default=1.0)
    asked = reading.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")

    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from search import limits

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.SEARCH_LIMITS = dict.fromkeys(limits.LIMITS, 10**12)
    client = Client(raise_request_exception=False)
    for surface in SURFACES:  # lexicon, index and weights are read once for a process
        client.get(surface, {"q": "luật đất đai"})
    statuses: Counter[int] = Counter()
    slow: list[tuple[float, int, str]] = []
    took: list[float] = []
    began = time.perf_counter()
    for at, (surface, parameters) in enumerate(queries(asked.seed, asked.count)):
        url = f"{surface}?{urlencode(parameters, doseq=True, errors='surrogatepass')}"
        begun = time.perf_counter()
        status = client.get(url).status_code
        seconds = time.perf_counter() - begun
        statuses[status] += 1
        took.append(seconds)
        if seconds > asked.slow:
            slow.append((seconds, status, url))
        if status >= 500:
            print(f"{status} {url[:500]!r}", file=sys.stderr)
        if at % 1000 == 999:
            print(f"{at + 1} in {time.perf_counter() - began:.0f} s: {dict(statuses)}", flush=True)
    took.sort()
    print(f"{asked.count} queries, seed {asked.seed}: {dict(sorted(statuses.items()))}")
    print(
        f"ms: p50 {took[len(took) // 2] * 1000:.1f}, p95 {took[int(len(took) * 0.95)] * 1000:.1f}, "
        f"p99 {took[int(len(took) * 0.99)] * 1000:.1f}, most {took[-1] * 1000:.1f}"
    )
    print(f"slower than {asked.slow} s when first asked: {len(slow)}")
    steady = 0
    for seconds, status, url in sorted(slow, reverse=True):
        again = min(_seconds(client, url) for _time in range(AGAIN))
        steady += again > asked.slow
        print(f"  {seconds * 1000:7.1f} ms, again {again * 1000:7.1f} ms  {status}  {url[:160]!r}")
    print(f"slow each time: {steady}")
    failed = sum(count for status, count in statuses.items() if status >= 500)
    return int(bool(failed or steady))


def _seconds(client, url: str) -> float:
    begun = time.perf_counter()
    client.get(url)
    return time.perf_counter() - begun


if __name__ == "__main__":
    raise SystemExit(main())
