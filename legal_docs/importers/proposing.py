"""Fill what a source does not say with what the text itself says, keeping the excerpts."""

from __future__ import annotations

from functools import lru_cache

from legal_docs.importers.records import IncomingWork
from legal_docs.proposals import Known, Proposals, default_known, propose


@lru_cache(maxsize=1)
def known() -> Known:
    """The lists that proposals are read with."""
    return default_known()


def proposals_of(work: IncomingWork) -> Proposals | None:
    """What the text says about itself; None without a text."""
    structure = work.structure()
    return propose(structure, known=known()) if structure else None


def complete(work: IncomingWork, number: str = "", read_text: bool = True) -> None:
    """Fill empty fields of ``work`` in place from its text; what the source says stays."""
    work.number = number
    proposals = proposals_of(work) if read_text else None
    if proposals is None:
        return
    wanted = {
        "number": ("number", lambda value: value),
        "type": ("type_name", lambda value: value),
        "issuers": ("issuers", tuple),
        "issued": ("issued", lambda value: value),
        "subject": ("subject", lambda value: value),
        "signers": ("signers", lambda value: tuple((row.name, row.title) for row in value)),
        "in_force": ("in_force", lambda value: value),
    }
    for name, (attribute, convert) in wanted.items():
        proposal = getattr(proposals, name, None)
        if proposal is None or not proposal.value:
            continue
        work.excerpts[name] = proposal.excerpt
        if not getattr(work, attribute):
            setattr(work, attribute, convert(proposal.value))
