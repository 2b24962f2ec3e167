"""What follows the last provision: the closing sentence, nơi nhận, the signature."""

from __future__ import annotations

from . import signs
from .blocks import Block
from .lines import Line

_PARTS = ("closing", "recipients", "signature")


class Tail:
    """Collects the end of the main text, line by line."""

    def __init__(self) -> None:
        self.closing: list[Block] = []
        self.recipients: list[Block] = []
        self.signature: list[Block] = []
        self._order: list[Block] = []
        self._in_recipients = False

    def starts(self, line: Line) -> bool:
        """True when the line can only belong to the end of a document."""
        if line.block.kind == "table":
            return is_signature_table(line.block)
        text = line.text
        if line.mark is not None and line.mark.kind == "dieu":
            return False
        return signs.is_signature(text) or signs.CLOSING.match(text) is not None

    def add(self, line: Line) -> None:
        """Take one more block of the tail."""
        block, text = line.block, line.text
        self._order.append(block)
        if block.kind == "table":
            self._add_table(block)
        elif signs.CLOSING.match(text):
            self.closing.append(block)
        elif signs.RECIPIENTS.match(text):
            self._in_recipients = True
            self.recipients.append(block)
        elif self._in_recipients and (
            text[:1] in "-–+•*" or text[:2] == "Nh" or text.startswith("Lưu")
        ):
            self.recipients.append(block)
        else:
            self._in_recipients = self._in_recipients and text[:1].islower()
            (self.recipients if self._in_recipients else self.signature).append(block)

    def _add_table(self, block: Block) -> None:
        if not is_signature_table(block) or not block.rows:
            self.signature.append(block)
            return
        for row in block.rows:
            for cell in row:
                target = self.signature
                for part in cell.split("\n"):
                    text = part.strip()
                    if not text:
                        continue
                    if signs.RECIPIENTS.match(text):
                        target = self.recipients
                    align = "left" if target is self.recipients else "center"
                    target.append(Block(text, align=align))  # type: ignore[arg-type]

    def is_over(self, line: Line) -> bool:
        """True when the line begins something that has no heading of its own kind."""
        if not self._order:
            return False
        if line.block.kind == "table":
            return len(line.block.rows) > 3 and not is_signature_table(line.block)
        return signs.FORM.match(line.text) is not None and len(line.text) < 120

    def take_back(self) -> list[Block]:
        """Give all blocks back in order: it was no tail after all."""
        order = self._order
        self.__init__()  # type: ignore[misc]
        return order

    def take_title(self) -> list[Block]:
        """Remove and return the blocks from the first title of an attached text on."""
        for part in (self.signature, self.recipients):
            for at, block in enumerate(part):
                if signs.body_slug(block.text):
                    taken = part[at:]
                    del part[at:]
                    return taken
        return []


def is_signature_table(block: Block) -> bool:
    """True for the layout table with nơi nhận at the left and the signature at the right."""
    if len(block.rows) > 12:
        return False
    for row in block.rows:
        if len(row) > 4:
            return False
        for cell in row:
            if any(signs.is_signature(part.strip()) for part in cell.split("\n")[:6]):
                return True
    return False
