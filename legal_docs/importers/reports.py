"""The report of an import: one JSON line for each record, and the count at the end."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TextIO

from legal_docs.structure import outline

from .proposing import proposals_of
from .records import IncomingWork, SourceRecord

CREATED, UPDATED, UNCHANGED, REJECTED = "created", "updated", "unchanged", "rejected"


@dataclass(slots=True)
class Report:
    """Counts results; writes lines where a file was given."""

    stream: TextIO | None = None
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(
        self,
        record: SourceRecord,
        result: str,
        reason: str = "",
        number: str = "",
        extra: dict | None = None,
    ) -> None:
        self.counts[result] += 1
        if result == REJECTED:
            self.reasons[reason] += 1
        if self.stream is None:
            return
        line = {
            "source": record.source,
            "id": record.source_id,
            "number": number or record.number,
            "result": result,
            "reason": reason,
            **(extra or {}),
        }
        self.stream.write(json.dumps(line, ensure_ascii=False) + "\n")


def rehearsal(work: IncomingWork, issuers: list[str], type_label: str) -> dict[str, object]:
    """What a dry run adds to a line: proposals and the outline."""
    structure = work.structure()
    proposals = proposals_of(work)
    place = getattr(proposals, "place", None)
    return {
        "proposals": {
            "number": work.number,
            "type": type_label,
            "issuers": issuers,
            "place": place.value if place else "",
            "issued": work.issued.isoformat() if work.issued else None,
            "signers": [{"name": name, "title": title} for name, title in work.signers],
            "subject": work.subject,
            "excerpts": work.excerpts,
        },
        "outline": list(outline(structure)) if structure else [],
        "warnings": work.warnings,
    }
