"""Reading stored files once: their signatures, their text, what they say of themselves.

It takes up to seconds, so that it happens in the background: when a file is attached, and for
what an import brought, a few at a time. Pages and checks read what was found.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db.models import Exists, OuterRef

from . import structure
from .models import ExaminedFile, Manifestation
from .models.part import Part
from .signatures import Signatures, TrustStore, Verdict, verify

logger = logging.getLogger(__name__)

#: Files that one round of the clock examines.
ROUND = 20
#: Characters that are kept of a text, for the comparison.
LONGEST = 3_000_000


def trust_store() -> TrustStore:
    return TrustStore.of(settings.SIGNATURE_TRUST_DIR)


def examine(sha256: str, store: TrustStore | None = None) -> ExaminedFile | None:
    """Examine a stored file, anew when it was examined before; None when nobody has it."""
    file = Manifestation.objects.filter(sha256=sha256).order_by("-pk").first()
    if file is None:
        return None
    store = trust_store() if store is None else store
    path = Path(file.file.path)
    found = verify(path, store)
    row, _made = ExaminedFile.objects.update_or_create(
        sha256=sha256,
        defaults={
            "signatures": found.as_json(),
            "store": found.store,
            "number": "",
            "issued": None,
            "articles": None,
            **_text_of(path),
        },
    )
    return row


def _text_of(path: Path) -> dict[str, object]:
    from legal_docs.importers.readers import UnreadableFile, read_file
    from legal_docs.proposals import propose

    try:
        blocks = read_file(path).blocks
        parsed = structure.parse(blocks)
        said = propose(parsed)
    except UnreadableFile as error:
        return {"text": "", "problem": error.message_vi}
    except Exception:
        logger.exception("text of %s", path.name)
        return {"text": "", "problem": ""}
    text = "\n".join(block.text for block in blocks)
    return {
        "text": text[:LONGEST].replace("\0", ""),
        "problem": "",
        "number": said.number.value[:120] if said.number else "",
        "issued": said.issued.value if said.issued else None,
        "articles": len(structure.articles(parsed)),
    }


def waiting() -> list[str]:
    """Checksums of files that nobody has examined, or against another trust store."""
    fingerprint = trust_store().fingerprint
    done = ExaminedFile.objects.filter(sha256=OuterRef("sha256"), store=fingerprint)
    rows = Manifestation.objects.exclude(state=Part.State.PAST).exclude(Exists(done))
    return list(dict.fromkeys(rows.order_by("-pk").values_list("sha256", flat=True)))


def examine_waiting(most: int = ROUND) -> int:
    """Examine some that wait, the newest first; returns how many."""
    store = trust_store()
    some = waiting()[:most]
    for sha256 in some:
        examine(sha256, store)
    return len(some)


def examined(files: Iterable[Manifestation]) -> dict[str, ExaminedFile]:
    """What is known of files, by checksum; one query."""
    sums = {file.sha256 for file in files}
    rows = ExaminedFile.objects.filter(sha256__in=sums) if sums else ()
    return {row.sha256: row for row in rows}


def signatures_of(row: ExaminedFile | None) -> Signatures | None:
    """The stored result; None while there is none."""
    if row is None:
        return None
    try:
        return Signatures.from_json(row.signatures)
    except (KeyError, TypeError, ValueError):
        return Signatures(Verdict.UNREADABLE, problem="unreadable")
