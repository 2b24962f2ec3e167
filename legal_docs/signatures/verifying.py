"""From a file to what its signatures say."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any, Final

from portal.core.text import clean, squash_spaces

from .model import Signature, Signatures, Trust, Verdict
from .trust import TrustStore

logger = logging.getLogger(__name__)
#: Larger files and more signatures than anybody makes are not looked at.
LARGEST: Final = 200 * 1024 * 1024
MOST: Final = 40
#: Seconds that one file may take.
PATIENCE: Final = 60.0
_NO_STORE: Final = TrustStore()


def verify(path: Path, store: TrustStore = _NO_STORE, *, patience: float = PATIENCE) -> Signatures:
    """What the signatures of a PDF file say; a file that can't be read is an answer, too.

    In a thread of its own: pyHanko starts an event loop, which whoever asks may have running
    already, and a file that keeps it busy for longer than ``patience`` seconds is given up.
    """
    answers: list[Signatures] = []
    worker = Thread(target=lambda: answers.append(_examine(path, store)), daemon=True)
    worker.start()
    worker.join(patience)
    return answers[0] if answers else _unreadable("too-slow", store)


def _examine(path: Path, store: TrustStore) -> Signatures:
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            if b"%PDF-" not in stream.read(1024):
                return Signatures(Verdict.UNSIGNED, problem="not-pdf", store=store.fingerprint)
            if size > LARGEST:
                return _unreadable("too-large", store)
            stream.seek(0)
            return _verify(stream, store)
    except FileNotFoundError:
        return _unreadable("missing", store)
    except OSError:
        return _unreadable("unreadable", store)
    except (Exception, RecursionError) as error:  # pyHanko raises of many kinds on broken files
        logger.info("signatures of %s: %s: %s", path.name, type(error).__name__, error)
        return _unreadable("encrypted" if "ncrypt" in str(error) else "damaged", store)


def _unreadable(problem: str, store: TrustStore) -> Signatures:
    return Signatures(Verdict.UNREADABLE, problem=problem, store=store.fingerprint)


def _verify(stream: Any, store: TrustStore) -> Signatures:
    from pyhanko.pdf_utils.reader import PdfFileReader

    # It logs, with a traceback, every certificate whose issuer it does not know.
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    reader = PdfFileReader(stream, strict=False)
    if reader.encrypted:
        return _unreadable("encrypted", store)
    embedded = reader.embedded_regular_signatures
    if not embedded:
        return _without(stream, store)
    if len(embedded) > MOST:
        return _unreadable("too-many", store)
    found = tuple(_one(one, store) for one in embedded)
    return Signatures(_of_all(found), found, store=store.fingerprint)


def _without(stream: Any, store: TrustStore) -> Signatures:
    """A file cut short is not an unsigned one. Many files of the gazette still hold a signature to
    which no field leads: they were signed once, and saved anew."""
    stream.seek(0)
    data = stream.read()
    if b"%%EOF" not in data[-4096:]:
        return _unreadable("damaged", store)
    lost = "lost" if b"/ByteRange" in data else ""
    return Signatures(Verdict.UNSIGNED, problem=lost, store=store.fingerprint)


def _of_all(found: tuple[Signature, ...]) -> Verdict:
    """Every signature holds, and the last one covers the file, or only what belongs to signing
    (time stamps, certificates) came after it."""
    for verdict in (Verdict.BROKEN, Verdict.ALTERED):
        if any(one.verdict == verdict for one in found):
            return verdict
    return Verdict.WHOLE if any(one.covers_file for one in found) else Verdict.ALTERED


def _one(embedded: Any, store: TrustStore) -> Signature:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    def ask(roots: tuple[Any, ...], moment: datetime | None) -> Any:
        context = ValidationContext(trust_roots=list(roots), allow_fetching=False, moment=moment)
        return validate_pdf_signature(embedded, context)

    status = ask((), None)
    stamp = status.timestamp_validity
    stamped = stamp.timestamp if stamp is not None and stamp.intact and stamp.valid else None
    trust = Trust.NO_STORE
    if store.roots:
        # A certificate is asked at the hour of the stamp: it may have run out since.
        trusted = ask(store.roots, stamped)
        trust = Trust.VERIFIED if trusted.trusted else Trust.NOT_VERIFIED
    covers = status.coverage.name == "ENTIRE_FILE"
    changes = status.modification_level.name if status.modification_level is not None else "OTHER"
    subject = _names(embedded.signer_cert.subject)
    return Signature(
        _verdict(status, covers, changes),
        subject.get("common_name", ""),
        subject.get("organization_name", ""),
        _names(embedded.signer_cert.issuer).get("common_name", ""),
        _moment(status.signer_reported_dt),
        _moment(stamped),
        covers or _only_for_keeping(status.coverage.name, changes, embedded),
        status.coverage.name,
        changes,
        trust,
    )


def _verdict(status: Any, covers: bool, changes: str) -> Verdict:
    if not (status.intact and status.valid):
        return Verdict.BROKEN
    if status.coverage.name in ("UNCLEAR", "CONTIGUOUS_BLOCK_FROM_START"):
        return Verdict.ALTERED
    if changes == "OTHER" or status.docmdp_ok is False:
        return Verdict.ALTERED
    return Verdict.WHOLE


def _only_for_keeping(coverage: str, changes: str, embedded: Any) -> bool:
    """A later revision that only adds time stamps and certificates (PAdES-LTA) leaves the file as
    signed; bytes after the last revision belong to nothing."""
    reader = embedded.reader
    return (
        coverage == "ENTIRE_REVISION"
        and changes == "LTA_UPDATES"
        and embedded.signed_revision < reader.xrefs.total_revisions - 1
    )


def _names(name: Any) -> dict[str, str]:
    values = {
        key: value if isinstance(value, str) else ", ".join(map(str, value))
        for key, value in (name.native or {}).items()
    }
    return {key: squash_spaces(clean(value))[:200] for key, value in values.items()}


def _moment(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment is not None else ""
