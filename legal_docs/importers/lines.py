"""JSON Lines from plain or zstd files: any line may be broken and stops nothing else.

Texts hold U+2028 and other signs that Python takes for line ends: lines end at ``\\n`` only.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

MAX_LINE = 64 * 1024 * 1024
MAX_UNPACKED = 20 * 1024**3
_WINDOW_LOG_MAX = 27


def open_bytes(path: Path) -> io.BufferedReader:
    """The bytes of a file, unpacked when it is zstd."""
    if path.suffix != ".zst":
        return path.open("rb")
    from backports import zstd

    options = {zstd.DecompressionParameter.window_log_max: _WINDOW_LOG_MAX}
    return io.BufferedReader(zstd.ZstdFile(path, options=options))  # type: ignore[arg-type]


def json_lines(path: Path) -> Iterator[tuple[int, dict | None, str]]:
    """(line number, object, problem) for each line that is not blank."""
    total = 0
    with open_bytes(path) as stream:
        number = 0
        while True:
            number += 1
            try:
                raw = stream.readline(MAX_LINE + 1)
            except Exception as error:  # a broken frame: nothing after it can be read
                yield number, None, f"Tệp nén hỏng từ dòng này: {error}"
                return
            if not raw:
                return
            total += len(raw)
            if len(raw) > MAX_LINE or total > MAX_UNPACKED:
                yield number, None, "Dòng hoặc tệp quá lớn."
                return
            if raw.strip():
                yield number, *_parsed(raw)


def _parsed(raw: bytes) -> tuple[dict | None, str]:
    try:
        value = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return None, f"Dòng không phải là UTF-8 (byte thứ {error.start + 1})."
    except (ValueError, RecursionError) as error:
        return None, f"Dòng không phải là JSON: {error}"
    if not isinstance(value, dict):
        return None, "Dòng không phải là một đối tượng JSON."
    return value, ""
