"""All fields of one document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from legal_docs.structure import Block, Structure, parse, walk
from legal_docs.structure.signs import BASE

from .dates import find_in_force, find_issued
from .issuers import find_issuers
from .kinds import LOOSE_TYPES, find_subject, find_type, type_of_number
from .known import Known, default_known
from .model import Proposal, Proposals
from .numbers import find_number
from .page import lines_of, read_page
from .signatures import find_signers


def propose(source: Structure | Iterable[Block], *, known: Known | None = None) -> Proposals:
    """Read number, type, issuers, date … from the text itself; nothing is guessed from outside."""
    structure = source if isinstance(source, Structure) else parse(source)
    known = known or default_known()
    page = read_page(structure)
    number = find_number(page, known)
    value = number.value if number else None
    type_, type_at = find_type(page, value, known)
    name = type_.value if type_ else None
    issued, place = find_issued(page, name == "Văn bản hợp nhất")
    issuers = find_issuers(page, type_at, name, value, place.value if place else None, known)
    return Proposals(
        number=_doubted(number, name, known),
        type=type_,
        issuers=issuers,
        place=place,
        issued=issued,
        signers=find_signers(page.tail) or find_signers(page.authentic),
        subject=find_subject(page.head, type_at, name, known),
        bases=_bases(structure),
        in_force=find_in_force(_own_texts(structure), issued.value if issued else None),
        recipients=_recipients(structure),
    )


def _doubted(
    number: Proposal[str] | None, type_name: str | None, known: Known
) -> Proposal[str] | None:
    """A number whose symbol contradicts the printed type name is worth a second look."""
    if number is None or type_name is None:
        return number
    by_number = type_of_number(number.value, known)
    if by_number and by_number != type_name and by_number not in LOOSE_TYPES:
        return replace(number, confidence=min(number.confidence, 0.5))
    return number


def _bases(structure: Structure) -> Proposal[tuple[str, ...]] | None:
    found: list[str] = []
    for line in lines_of(structure.bases):
        for part in re.split(r";\s+(?=Căn cứ|Theo đề nghị|Xét)", line):
            if BASE.match(part):
                found.append(part.strip(" ;.,"))
    if not found:
        return None
    return Proposal(tuple(found), found[0], 0.95)


def _recipients(structure: Structure) -> Proposal[tuple[str, ...]] | None:
    found: list[str] = []
    for line in lines_of(structure.recipients):
        text = re.sub(r"^\W*N[ơƠ][iI] nh[ậẬ]n\s*:?\s*", "", line, flags=re.I).strip(" -–+;.,")
        if text:
            found.append(text)
    return Proposal(tuple(found), found[0], 0.9) if found else None


def _own_texts(structure: Structure) -> Iterator[str]:
    """Own paragraphs, last article first; quoted wording of other texts is left out."""
    nodes = list(walk(structure.nodes))
    for node in reversed(nodes):
        for block in node.blocks:
            if block.role != "quoted" and block.kind == "p":
                yield block.text
