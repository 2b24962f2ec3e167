"""What a source gives, before any of our rows is known. Pure: no Django."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from legal_docs.structure import Block, Structure, parse


@dataclass(frozen=True, slots=True)
class IncomingRelation:
    """An edge between the incoming work and another one that is only named.

    ``acts`` is true when the incoming work is the one that acts (source of the edge).
    """

    kind: str
    acts: bool
    number: str
    title: str = ""
    issued: dt.date | None = None
    whole: bool = True
    effective: dt.date | None = None
    until: dt.date | None = None
    own_provision: str = ""
    other_provision: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file to keep with the work: its bytes are read when it is applied."""

    path: Path
    name: str
    role: str = "ban-goc"


@dataclass(slots=True)
class IncomingWork:
    """One document of a source, in the source's own words."""

    number: str = ""
    type_name: str = ""
    type_code: str = ""
    issuers: tuple[str, ...] = ()
    subject: str = ""
    issued: dt.date | None = None
    in_force: dt.date | None = None
    expires: dt.date | None = None
    gazette_issue: str = ""
    gazette_date: dt.date | None = None
    signers: tuple[tuple[str, str], ...] = ()
    fields: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    audience: str = "public"
    audience_units: tuple[str, ...] = ()
    urgency: str = ""
    recipients: str = ""
    source_url: str = ""
    language: str = "vi"
    text_kind: str = "goc"
    blocks: Sequence[Block] = ()
    relations: tuple[IncomingRelation, ...] = ()
    files: tuple[IncomingFile, ...] = ()
    excerpts: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    _structure: Structure | None = None

    def structure(self) -> Structure | None:
        """The parsed text, parsed once; None without a text."""
        if self._structure is None and self.blocks:
            self._structure = parse(self.blocks)
        return self._structure


class Rejected(Exception):
    """A record that can't become a document; the message says why, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One record of a source. ``build`` parses it and may raise ``Rejected``; an unchanged
    record is never built."""

    source: str
    source_id: str
    number: str
    content_hash: str
    build: Callable[[], IncomingWork]


#: Part of every content hash: raise it when a change of the importers must reach old records.
READER_VERSION = 1


def hash_of(value: object) -> str:
    """Hash of a raw record, for telling changed from unchanged."""
    line = json.dumps([READER_VERSION, value], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()


def bad_record(source: str, source_id: str, reason: str) -> SourceRecord:
    """A record that is rejected when it is built."""

    def refuse() -> IncomingWork:
        raise Rejected(reason)

    return SourceRecord(source, source_id, "", "", refuse)


def day_of(value: object, name: str) -> dt.date | None:
    """A date in ISO or dd/mm/yyyy form.

    Raises:
        Rejected: the date does not exist.
    """
    if value in (None, "", "null", "None", "--"):
        return None
    text = str(value).strip()[:10]
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            return dt.datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    raise Rejected(f"{name} “{value}” không phải là một ngày có thật.")


def text_of(record: dict, name: str) -> str:
    """A text field.

    Raises:
        Rejected: it holds something else than text.
    """
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str | int | float):
        raise Rejected(f"Trường “{name}” phải là chữ.")
    return str(value).strip()
