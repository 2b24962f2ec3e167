"""A record cut into terms, once for all who index it: the engine and the forward index beside it."""

from dataclasses import dataclass
from functools import lru_cache

from search.engines.records import DocumentRecord, ProvisionRecord
from search.engines.terms import Terms


@dataclass(frozen=True, slots=True)
class CutPart:
    """A provision with its terms."""

    part: ProvisionRecord
    label: Terms
    heading: Terms
    chapter: Terms
    text: Terms

    @property
    def title(self) -> Terms:
        """Return the terms of label and heading."""
        return self.label + self.heading


@dataclass(frozen=True, slots=True)
class Cut:
    """A document with its terms; its body stands for a provision where there is none."""

    titles: Terms
    law: Terms
    keywords: Terms
    parts: tuple[CutPart, ...]

    @property
    def runs(self) -> list[Terms]:
        """Return everything in the document, in runs that no phrase crosses."""
        found = [self.titles, self.keywords]
        for one in self.parts:
            found += [one.title, one.text, one.chapter]
        return found


# A record is cut by one who indexes it and at once by the other.
@lru_cache(maxsize=2)
def cut(record: DocumentRecord) -> Cut:
    """Return the terms of ``record``."""
    parts = record.provisions
    if not parts and record.body:
        parts = (ProvisionRecord("", "", "", record.body),)
    return Cut(
        Terms.of(f"{record.name} {record.number} {record.title}"),
        Terms.of(record.name or record.title),
        Terms.of(record.keywords),
        tuple(
            CutPart(part, *map(Terms.of, (part.label, part.heading, part.chapter, part.text)))
            for part in parts
        ),
    )
