"""The tree that a parse gives: frozen values only."""

from __future__ import annotations

from dataclasses import dataclass

from .blocks import Block


@dataclass(frozen=True, slots=True)
class Warning:
    """A doubt that an editor should look at. where is the id of the provision, or ""."""

    code: str
    message_vi: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One provision.

    kind: phan, chuong, muc, tieu-muc, dieu, khoan, diem, phu-luc or body (an attached text such
    as a Quy chế). number: canonical ("5", "5a", "dd"), label: as printed ("Chương I", "Điều 5.",
    "a)"). blocks: its own paragraphs; those of khoản and điểm keep their label in the first one.
    """

    kind: str
    number: str
    eid: str
    label: str
    heading: str
    blocks: tuple[Block, ...] = ()
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Structure:
    """A whole document: what stands before, the provisions, what stands after.

    header: until the first căn cứ or provision; bases: căn cứ and enacting words; closing: the
    sentence of adoption of a law; attached and appendices stand apart from nodes, ``order``
    keeps the ids of both in the order of the text.
    """

    header: tuple[Block, ...] = ()
    bases: tuple[Block, ...] = ()
    nodes: tuple[Node, ...] = ()
    closing: tuple[Block, ...] = ()
    recipients: tuple[Block, ...] = ()
    signature: tuple[Block, ...] = ()
    annexes: tuple[Node, ...] = ()
    warnings: tuple[Warning, ...] = ()

    @property
    def attached(self) -> tuple[Node, ...]:
        """The attached texts (Quy chế, Quy định …), in order."""
        return tuple(node for node in self.annexes if node.kind == "body")

    @property
    def appendices(self) -> tuple[Node, ...]:
        """The appendices, in order."""
        return tuple(node for node in self.annexes if node.kind == "phu-luc")
