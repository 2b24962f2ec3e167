"""What is indexed: a document with its provisions, as plain values that any engine takes."""

from dataclasses import astuple, dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class ProvisionRecord:
    """One provision (an article, as a rule): id, "Điều 5", heading, text, chapter above it."""

    eid: str
    label: str
    heading: str
    text: str
    chapter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """One document of any kind ("legal", "directive", "news", …), unique by (kind, id).

    ``visible_to`` holds the tokens of ``Audience``; one without any is found by nobody.
    ``issuers`` are ids of the issuer and of those whom a reader may ask for instead (successors).
    ``body`` is searched where there are no provisions. Validity stands here as days, because the
    status changes by itself: ``partly_from`` is the first day on which a part had ended,
    ``suspended_from``/``suspended_until`` the suspension that runs or comes next.
    """

    kind: str
    id: int
    title: str
    visible_to: tuple[str, ...]
    number: str = ""
    name: str = ""
    type: str = ""
    issuers: tuple[int, ...] = ()
    level: str = ""
    provinces: tuple[str, ...] = ()
    fields: tuple[int, ...] = ()
    issued: date | None = None
    in_force: date | None = None
    expires: date | None = None
    partly_from: date | None = None
    suspended_from: date | None = None
    suspended_until: date | None = None
    keywords: str = ""
    body: str = ""
    provisions: tuple[ProvisionRecord, ...] = ()


# Asked by one who indexes a record and at once by the other.
@lru_cache(maxsize=2)
def digest_of(record: DocumentRecord) -> int:
    """A number that says what of a document is indexed: 63 bits, the same for the same content,
    whatever the order in which the database gave readers, issuers, fields or keywords.

    >>> one = DocumentRecord(kind="legal", id=1, title="A", visible_to=("public", "units"))
    >>> digest_of(one) == digest_of(replace(one, visible_to=("units", "public")))
    True
    >>> digest_of(one) == digest_of(replace(one, title="B"))
    False
    """
    settled = replace(
        record,
        visible_to=tuple(sorted(record.visible_to)),
        issuers=tuple(sorted(record.issuers)),
        provinces=tuple(sorted(record.provinces)),
        fields=tuple(sorted(record.fields)),
        keywords=" ".join(sorted(record.keywords.split())),
    )
    found = blake2b(repr(astuple(settled)).encode(), digest_size=8).digest()
    return int.from_bytes(found, "big") >> 1
