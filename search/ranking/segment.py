"""One immutable piece of the forward index: plain numpy arrays in a directory, memory-mapped.

Rows are provisions, those of one document stand together. A row's tokens are its title, then its
chapter, then its text. ``df`` tables count in how many rows a syllable or a pair stands; pairs of
one row only are left out.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.engines.cutting import CutPart, cut
from search.engines.records import DocumentRecord, ProvisionRecord, digest_of
from search.engines.terms import Terms
from search.ranking.facts import level_of, row_flags
from search.ranking.tokens import BREAK, Tokens, numbers_of, pair_numbers

Ref = tuple[str, int]
Ints = npt.NDArray[Any]
#: Longer texts are cut: what decides about an article stands before its 3,000th syllable.
LONGEST: Final = 3000
_ARTICLE: Final = re.compile(r"dieu-(\d{1,4})")

_NO_WORDS: Final = Terms((), ())
#: Stands for the text of a document that has none.
_NOTHING: Final = (CutPart(ProvisionRecord("", "", "", ""), *[_NO_WORDS] * 4),)

ARRAYS: Final = {
    "doc": np.int32, "place": np.int32, "article": np.int32, "flags": np.uint16,
    "starts": np.int64, "titles": np.int32, "chapters": np.int32, "tokens": np.uint32,
    "eids": np.uint8, "eid_starts": np.int64, "keys": np.uint64, "key_rows": np.int32,
    "doc_id": np.int64, "doc_kind": np.uint32, "doc_start": np.int64, "doc_level": np.uint8,
    "doc_year": np.int16, "doc_digest": np.int64, "name_starts": np.int64, "names": np.uint32,
    "uni": np.uint32, "uni_df": np.uint32, "bi": np.uint64, "bi_df": np.uint32,
}  # fmt: skip


def row_key(ref: Ref, eid: str) -> int:
    """Return the 64-bit number under which a provision is found."""
    digest = hashlib.blake2b(f"{ref[0]}:{ref[1]}#{eid}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def kind_number(kind: str) -> int:
    """Return the number of a kind of documents."""
    return zlib.crc32(kind.encode())


def mapped(path: Path) -> Ints:
    """Return an array of a file, memory-mapped, as a plain array: each look into it is cheaper.

    Raises:
        OSError: there is no such file.
    """
    found: Ints = np.asarray(np.load(path, mmap_mode="r"))
    return found


class SegmentBuilder:
    """Collects documents in memory and writes them as one segment."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Any]] = {
            name: [] for name in ("doc", "place", "article", "flags", "titles", "chapters", "keys")
        }
        self._docs: dict[str, list[Any]] = {
            name: [] for name in ("doc_id", "doc_kind", "doc_level", "doc_year", "doc_digest")
        }
        self._tokens: list[Tokens] = []
        self._names: list[Tokens] = []
        self._eids: list[bytes] = []
        self._doc_start = [0]
        self.tokens = 0

    @property
    def rows(self) -> int:
        """Return how many rows were collected."""
        return len(self._tokens)

    def add(self, record: DocumentRecord) -> None:
        """Take the document of ``record``."""
        document = len(self._docs["doc_id"])
        words = cut(record)
        name = numbers_of(words.law.exact)
        for place, one in enumerate(words.parts or _NOTHING):
            part = one.part
            title = numbers_of(one.heading.exact)
            chapter = numbers_of(one.chapter.exact)
            body = numbers_of(one.text.exact[:LONGEST])
            found = _ARTICLE.match(part.eid)
            values = {
                "doc": document,
                "place": place,
                "article": int(found[1]) if found else 0,
                "flags": row_flags(part.heading, part.text),
                "titles": len(title),
                "chapters": len(chapter),
                "keys": row_key((record.kind, record.id), part.eid),
            }
            self._append(values, np.concatenate([title, chapter, body]), part.eid.encode())
        self._add_document(record, name)

    def _append(self, values: dict[str, Any], tokens: Tokens, eid: bytes) -> None:
        for name, value in values.items():
            self._rows[name].append(value)
        self._tokens.append(tokens)
        self._eids.append(eid)
        self.tokens += len(tokens)

    def _add_document(self, record: DocumentRecord, name: Tokens) -> None:
        values = {
            "doc_id": record.id,
            "doc_kind": kind_number(record.kind),
            "doc_level": level_of(record.type, record.name),
            "doc_year": record.issued.year if record.issued else 0,
            "doc_digest": digest_of(record),
        }
        for key, value in values.items():
            self._docs[key].append(value)
        self._names.append(name)
        self._doc_start.append(self.rows)

    def write(self, directory: Path) -> None:
        """Write the segment; ``directory`` must not exist."""
        flat = np.concatenate(self._tokens) if self._tokens else np.zeros(0, dtype=np.uint32)
        starts = _starts(map(len, self._tokens))
        arrays: dict[str, Any] = {**self._rows, **self._docs}
        keys = np.array(arrays.pop("keys"), dtype=np.uint64)
        order = np.argsort(keys, kind="stable")
        arrays |= {
            "keys": keys[order],
            "key_rows": order,
            "tokens": flat,
            "starts": starts,
            "doc_start": self._doc_start,
            "names": np.concatenate(self._names) if self._names else [],
            "name_starts": _starts(map(len, self._names)),
            "eids": np.frombuffer(b"".join(self._eids), dtype=np.uint8),
            "eid_starts": _starts(map(len, self._eids)),
        }
        arrays |= _frequencies(flat, starts)
        directory.mkdir(parents=True)
        for name, kind in ARRAYS.items():
            np.save(directory / f"{name}.npy", np.asarray(arrays[name], dtype=kind))


def _starts(lengths: Iterable[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(np.fromiter(lengths, dtype=np.int64))]).astype(np.int64)


def _frequencies(flat: Tokens, starts: Ints) -> dict[str, Ints]:
    """Return in how many rows each syllable and each pair stands."""
    if not len(flat):
        empty = np.zeros(0)
        return {"uni": empty, "uni_df": empty, "bi": empty, "bi_df": empty}
    rows = np.repeat(np.arange(len(starts) - 1, dtype=np.uint64), np.diff(starts))
    uni, uni_df = _distinct(flat.astype(np.uint64), rows, 1)
    pairs = pair_numbers(flat)
    within = rows[:-1] == rows[1:]
    bi, bi_df = _distinct(pairs[within], rows[:-1][within], 2)
    return {"uni": uni, "uni_df": uni_df, "bi": bi, "bi_df": bi_df}


def _distinct(values: Ints, rows: Ints, least: int) -> tuple[Ints, Ints]:
    """Return the values that stand in at least ``least`` rows, sorted, and in how many."""
    order = np.lexsort((rows, values))
    values, rows = values[order], rows[order]
    first = np.ones(len(values), dtype=bool)
    first[1:] = (values[1:] != values[:-1]) | (rows[1:] != rows[:-1])
    values = values[first]
    begins = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))
    found, counts = values[begins], np.diff(begins, append=len(values))
    enough = (counts >= least) & (found != BREAK)
    return found[enough], counts[enough]


@dataclass
class Segment:
    """A segment that was written; arrays are opened when they are first read."""

    path: Path

    def array(self, name: str) -> Ints:
        """Return an array by name, memory-mapped."""
        found: Ints = getattr(self, name)
        return found

    def __getattr__(self, name: str) -> Ints:
        if name not in ARRAYS:
            raise AttributeError(name)
        found = mapped(self.path / f"{name}.npy")
        self.__dict__[name] = found
        return found

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return len(self.doc)

    @property
    def documents(self) -> int:
        """Return the number of documents."""
        return len(self.doc_id)

    @cached_property
    def key_of_row(self) -> Ints:
        """Return the keys in the order of rows."""
        keys = np.empty(self.rows, dtype=np.uint64)
        keys[self.key_rows] = self.keys
        return keys

    def find(self, keys: Ints) -> Ints:
        """Return the row of each key, -1 where there is none."""
        if not self.rows:
            return np.full(len(keys), -1)
        at = np.minimum(np.searchsorted(self.keys, keys), self.rows - 1)
        return np.where(self.keys[at] == keys, self.key_rows[at], -1)

    def eid_bytes(self, row: int) -> bytes:
        """Return the id of a provision as bytes."""
        return self.eids[self.eid_starts[row] : self.eid_starts[row + 1]].tobytes()

    def name_of(self, document: int) -> Tokens:
        """Return the tokens of a document's name."""
        first, last = self.name_starts[document : document + 2]
        found: Tokens = self.names[first:last]
        return found

    @cached_property
    def _by_id(self) -> tuple[Ints, Ints]:
        """The ids of documents in order, and their numbers."""
        order = np.argsort(self.doc_id, kind="stable")
        return self.doc_id[order], order

    def document_numbers(self, refs: Sequence[Ref]) -> list[int]:
        """Return the numbers of those of ``refs`` that are in here, in their order."""
        ids, numbers = self._by_id
        wanted = np.array([ref[1] for ref in refs], dtype=np.int64)
        first, last = np.searchsorted(ids, wanted), np.searchsorted(ids, wanted, side="right")
        return [
            int(number)
            for at in np.flatnonzero(first < last)
            for number in numbers[first[at] : last[at]]
            if self.doc_kind[number] == kind_number(refs[int(at)][0])
        ]

    def frequency(self, values: Ints, table: str) -> Ints:
        """Return in how many rows each of ``values`` stands; ``table`` is "uni" or "bi"."""
        known = self.array(table)
        if not len(known) or not len(values):
            return np.zeros(len(values), dtype=np.int64)
        at = np.minimum(np.searchsorted(known, values), len(known) - 1)
        return np.where(known[at] == values, self.array(f"{table}_df")[at], 0).astype(np.int64)
