"""Word's automatic numbers made visible: "Điều 1.", "1.", "a)" live only in numbering.xml."""

from __future__ import annotations

import re
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
_ROMANS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _value(element: Any, path: str) -> str | None:
    found = element.find(path) if element is not None else None
    return found.get(f"{_W}val") if found is not None else None


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMANS:
        while number >= value:
            text += letters
            number -= value
    return text


def _letter(number: int) -> str:
    return chr(96 + (number - 1) % 26 + 1) * ((number - 1) // 26 + 1)


def show(number: int, form: str) -> str:
    """Return a counter in Word's number format."""
    match form:
        case "lowerLetter":
            return _letter(number)
        case "upperLetter":
            return _letter(number).upper()
        case "lowerRoman":
            return _roman(min(number, 400))
        case "upperRoman":
            return _roman(min(number, 400)).upper()
        case "decimalZero":
            return f"{number:02d}"
        case "none" | "bullet":
            return ""
        case _:
            return str(number)


class Numbering:
    """Counters of all lists of one document; ask paragraph by paragraph, in order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._abstract_of: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[str] = set()
        self._styles: dict[str, tuple[str, int]] = {}
        self._based: dict[str, str] = {}
        if numbering is not None:
            self._load(numbering)
        if styles is not None:
            self._load_styles(styles)

    def _load(self, root: Any) -> None:
        for abstract in root.iter(f"{_W}abstractNum"):
            levels: dict[int, tuple[str, str, int]] = {}
            for level in abstract.iter(f"{_W}lvl"):
                start = _value(level, f"{_W}start") or "1"
                levels[int(level.get(f"{_W}ilvl") or 0)] = (
                    _value(level, f"{_W}numFmt") or "decimal",
                    _value(level, f"{_W}lvlText") or "",
                    int(start) if start.isdecimal() else 1,
                )
            self._levels[abstract.get(f"{_W}abstractNumId") or ""] = levels
        for num in root.iter(f"{_W}num"):
            num_id = num.get(f"{_W}numId") or ""
            self._abstract_of[num_id] = _value(num, f"{_W}abstractNumId") or ""
            for override in num.iter(f"{_W}lvlOverride"):
                start = _value(override, f"{_W}startOverride")
                if start and start.isdecimal():
                    self._starts[num_id, int(override.get(f"{_W}ilvl") or 0)] = int(start)

    def _load_styles(self, root: Any) -> None:
        for style in root.iter(f"{_W}style"):
            style_id = style.get(f"{_W}styleId") or ""
            self._based[style_id] = _value(style, f"{_W}basedOn") or ""
            num = style.find(f"{_W}pPr/{_W}numPr")
            if num is not None and (num_id := _value(num, f"{_W}numId")):
                level = _value(num, f"{_W}ilvl") or "0"
                self._styles[style_id] = (num_id, int(level))

    def _of_style(self, style_id: str) -> tuple[str, int] | None:
        for _ in range(12):
            if style_id in self._styles:
                return self._styles[style_id]
            style_id = self._based.get(style_id, "")
            if not style_id:
                return None
        return None

    def label(self, paragraph: Any) -> str:
        """Return the visible number of a ``w:p``, "" when it has none; advances the counters."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return ""
        num = properties.find(f"{_W}numPr")
        if num is not None:
            num_id, level_text = _value(num, f"{_W}numId"), _value(num, f"{_W}ilvl")
            level = int(level_text) if level_text and level_text.isdecimal() else 0
        else:
            found = self._of_style(_value(properties, f"{_W}pStyle") or "")
            num_id, level = found if found else (None, 0)
        if not num_id or num_id == "0" or num_id not in self._abstract_of:
            return ""
        return self._advance(num_id, min(level, 8))

    def _advance(self, num_id: str, level: int) -> str:
        abstract = self._abstract_of[num_id]
        levels = self._levels.get(abstract, {})
        form, text, start = levels.get(level, ("decimal", "", 1))
        counters = self._counters.setdefault(abstract, {})
        if num_id not in self._started:
            self._started.add(num_id)
            for (owner, at), value in self._starts.items():
                if owner == num_id:
                    counters[at] = value - 1
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [at for at in counters if at > level]:
            del counters[deeper]

        def place(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            its_form, _, its_start = levels.get(at, ("decimal", "", 1))
            return show(counters.get(at, its_start), its_form)

        return "" if form == "bullet" else _PLACE.sub(place, text).strip()
