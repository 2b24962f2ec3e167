"""A citation (dẫn chiếu) as a value."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in a text that names a document, a provision of it, or both.

    ``text`` is what stands at ``start:end``. ``number`` is canonical; it is also filled in where
    a law's name and year, or its name alone, leave only one law. ``provision`` is an id such as
    ``dieu-5.khoan-2.diem-a``. ``relative`` is ``"this"`` for "Nghị định này", "Điều này".
    """

    start: int
    end: int
    text: str
    number: str | None = None
    law: str | None = None
    year: int | None = None
    issued: date | None = None
    provision: str | None = None
    relative: Literal["this"] | None = None
