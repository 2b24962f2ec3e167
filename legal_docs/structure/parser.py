"""One pass over the lines: which open a provision of this document, which are content."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from . import signs
from .annexes import CONTAINERS, NEAR, AnnexParser
from .blocks import Block
from .ids import Ids
from .lines import Line
from .marks import Mark
from .model import Structure, Warning
from .numerals import letter_rank
from .region import Region, amends, freeze_annex, in_sequence, only_contents, split_number
from .tree import Draft, Tree

_QUOTED_ARTICLE = re.compile(r"[\s(]*[“\"]\s*Điều\s+(\d{1,4})")


class Parser(AnnexParser):
    """One pass: each line is handled by the method of the part in which the pass is."""

    # -- the pass ---------------------------------------------------------------------------

    def run(self) -> Structure:
        for at, line in enumerate(self.lines.items):
            getattr(self, f"_in_{self.where}")(at, line)
        return self._result()

    def _in_header(self, at: int, line: Line) -> None:
        if self._opens_text(at, line):
            self._enter_text(at, line)
        elif signs.FIRST_BASE.match(line.text) and (at > 1 or line.block.italic):
            self.where = "bases"
            self.bases.append(line.block)
        elif self.spoken and not self.main.by_articles and self._is_tail(line):
            self._enter_tail(line)
        else:
            self.spoken = self.spoken or len(line.text) > 160 or line.text.startswith("Kính gửi")
            self.header.append(line.block)

    def _in_bases(self, at: int, line: Line) -> None:
        if self._opens_text(at, line):
            self._enter_text(at, line)
        elif not self.main.by_articles and self._is_tail(line):
            self._enter_tail(line)
        else:
            self.bases.append(line.block)

    def _opens_text(self, at: int, line: Line) -> bool:
        mark = line.mark
        if mark is None:
            return False
        if self.lines.quote[at] >= 0:
            # A quotation of the preamble (footnotes of consolidated texts) never holds Điều 1.
            if mark.number != "1" or mark.kind not in ("dieu", "chuong", "phan"):
                return False
            self.ended_quote = self.lines.quote[at]
        if mark.kind in CONTAINERS:
            return self._container_fits(at, line, mark)
        if mark.kind == "dieu":
            return self.main.by_articles and (not mark.weak or line.block.bold)
        if self.main.by_articles:
            return False
        if mark.kind in ("khoan", "la-ma"):
            return mark.number == "1" and at > 2 and len(mark.rest) > 2
        return mark.kind == "chu-cai" and mark.number == "a" and at > 2 and len(mark.rest) > 2

    def _enter_text(self, at: int, line: Line) -> None:
        self.where = "text"
        self._in_text(at, line)

    def _is_tail(self, line: Line) -> bool:
        return line.block.role != "content" and self.tail.starts(line)

    def _enter_tail(self, line: Line) -> None:
        self.where = "tail"
        self.tail.add(line)

    def _in_text(self, at: int, line: Line) -> None:
        mark, region = line.mark, self.region
        if self._quoted(at, line):
            if region is self.main and signs.CLOSING.match(line.text):
                self._enter_tail(line)
                return
            self._content(at, line, quoted=True)
            return
        if mark is not None:
            if mark.kind == "dieu":
                if region.by_articles:
                    self._article(at, line, mark)
                    return
            elif mark.kind in CONTAINERS:
                if self._container_fits(at, line, mark):
                    region.tree.open(mark.kind, mark, line.block)
                    return
            elif mark.kind == "phu-luc":
                if self._appendix_opens(at, line, mark):
                    self._open_appendix(line, mark)
                    return
            elif self._item(at, line, mark):
                return
        if region is self.main and region.tree.root.children and self._is_tail(line):
            self._enter_tail(line)
        elif not self._open_body(at, line):
            self._content(at, line)

    def _in_tail(self, at: int, line: Line) -> None:
        mark = line.mark
        if mark is not None and self.lines.quote[at] < 0:
            if mark.kind == "phu-luc" and self._appendix_opens(at, line, mark):
                self._open_appendix(line, mark)
                return
            if mark.kind == "dieu" and self._resumes(at, line, mark):
                return
            if mark.kind in CONTAINERS and self._near_first_article(at):
                self._begin_body("", None)
                self._in_text(at, line)
                return
        if self._open_body(at, line):
            return
        if self.tail.is_over(line):
            self._open_appendix(line, Mark("phu-luc", "", "", line.text), keep=True)
        else:
            self.tail.add(line)

    def _in_appendix(self, at: int, line: Line) -> None:
        mark = line.mark
        if mark is not None and mark.kind == "phu-luc" and self._appendix_opens(at, line, mark):
            self._open_appendix(line, mark)
        elif not self._open_body(at, line):
            last = self.annexes[-1]
            if isinstance(last, Draft):
                last.blocks.append(line.block)

    # -- decisions --------------------------------------------------------------------------

    def _quoted(self, at: int, line: Line) -> bool:
        start = self.lines.quote[at]
        if start < 0 or start == self.ended_quote or line.block.role in ("title", "untitled"):
            return False
        if line.mark is None:
            return True
        if self.lines.firm[at] and self._quotes_provisions(start):
            if not self._breaks_quotation(start, line.mark):
                return True
            self.ended_quote = start
            return False
        if self._follows(line.mark):
            self.ended_quote = start
            return False
        return True

    def _breaks_quotation(self, start: int, mark: Mark) -> bool:
        """True for our own next article inside a quotation whose articles count differently.

        A footnote that a page break cuts in two quotes "Điều 11", and the text goes on with
        "Điều 7": quoted articles only go up one by one.
        """
        if mark.kind != "dieu":
            return False
        if start not in self.quoted_numbers:
            found = _QUOTED_ARTICLE.match(self.lines.items[start].text)
            self.quoted_numbers[start] = int(found[1]) if found else -1
        before, number = self.quoted_numbers[start], split_number(mark.number)[0]
        if before < 0 or number in (before, before + 1) or not self._follows(mark):
            if before >= 0:
                self.quoted_numbers[start] = number
            return False
        return True

    def _quotes_provisions(self, start: int) -> bool:
        """True when the quotation is new wording, not a stray mark in a definition."""
        if self.region.amending or start < 1:
            return True
        return signs.LEADS_IN.search(self.lines.items[start - 1].text) is not None

    def _follows(self, mark: Mark) -> bool:
        if mark.kind == "dieu":
            return split_number(mark.number) == (self.region.last[0] + 1, "")
        if mark.kind == "khoan":
            last = self.region.tree.last_number("khoan")
            return bool(last) and split_number(mark.number) == (split_number(last)[0] + 1, "")
        return False

    def _container_fits(self, at: int, line: Line, mark: Mark) -> bool:
        region = self.region
        text = line.text
        if text.endswith((";", ",")) or len(text) > 400 or (mark.weak and len(text) > 200):
            return False
        last = region.tree.last_number(mark.kind)
        number, was = split_number(mark.number), split_number(last)
        fits = number[0] <= was[0] + 1 if not last else was < number <= (was[0] + 1, "z")
        if mark.number.isalpha():
            fits = letter_rank(mark.number) == (letter_rank(last) + 1 if last else 0)
        if region.by_articles:
            near = self.lines.next_article[at] - at <= NEAR
            if not near or (region.amending and not fits):
                return False
            return fits or not mark.weak or line.block.bold
        return fits and (not mark.rest or not mark.weak or line.block.bold or text.isupper())

    def _article(self, at: int, line: Line, mark: Mark) -> None:
        region, number = self.region, split_number(mark.number)
        if mark.weak and not line.block.bold and not self._weak_fits(at, mark):
            self._content(at, line)
            return
        last = region.last
        if line.block.role in ("title", "untitled"):
            if number[0] > last[0] + 1 and last[0]:
                self._gap(last[0], number[0])
            self._open_article(line, mark)
        elif number == (last[0] + 1, "") or (
            number[0] == last[0] and number[1] > last[1] and last[0]
        ):
            if self._introduced(at, mark):
                self._content(at, line, quoted=True)
            else:
                self._open_article(line, mark)
        elif number[0] == 1 and last[0]:
            self._restart(at, line, mark)
        elif region.amending:
            self._content(at, line, quoted=True)
        elif number[0] > last[0]:
            end = len(self.lines)
            if self.lines.appears_later(str(last[0] + 1), at, end) and last[0]:
                self._content(at, line)
            else:
                self._gap(last[0], number[0])
                self._open_article(line, mark)
        else:
            self._backward(at, line, mark)

    def _weak_fits(self, at: int, mark: Mark) -> bool:
        """ "Điều 5 Tên điều" without a full stop: only where nothing but Điều 5 can follow."""
        if self.region.amending or split_number(mark.number) != (self.region.last[0] + 1, ""):
            return False
        above = self.lines.items[at - 1] if at else None
        ended = above is None or above.mark is not None or above.text.endswith((".", ";", ":", "/"))
        return ended and not self.lines.appears_later(mark.number, at, len(self.lines))

    def _introduced(self, at: int, mark: Mark) -> bool:
        """An unquoted new wording: "… Điều 3 như sau:" stands just above "Điều 3."."""
        if at == 0 or not self.region.amending:
            return False
        above = self.lines.items[at - 1].text
        if not signs.LEADS_IN.search(above):
            return False
        if re.search(rf"Điều {mark.number}\b", above) and "như sau" in above:
            return (
                self.lines.appears_later(mark.number, at, len(self.lines))
                or not mark.number.isdigit()
            )
        return not mark.number.isdigit()

    def _restart(self, at: int, line: Line, mark: Mark) -> None:
        region = self.region
        if only_contents(region):
            self._demote(region)
            self._open_article(line, mark)
        elif region.amending and not self._title_above():
            self._content(at, line, quoted=True)
        else:
            self._begin_body("", None)
            self._open_article(line, mark)

    def _resumes(self, at: int, line: Line, mark: Mark) -> bool:
        number = split_number(mark.number)
        if mark.weak and not line.block.bold:
            return False
        if number[0] == 1:
            self._begin_body("", None)
            self._in_text(at, line)
            return True
        if number == (self.main.last[0] + 1, "") and self.main.by_articles:
            for block in self.tail.take_back():
                self.main.tree.add(block)
            self.where, self.region = "text", self.main
            self._open_article(line, mark)
            return True
        return False

    def _backward(self, at: int, line: Line, mark: Mark) -> None:
        last = self.region.last[0]
        following = self.lines.next_article[at + 1]
        after = self.lines.items[following].mark if following < len(self.lines) else None
        same = split_number(mark.number)[0] == last
        skips = after is not None and after.number == str(last + 2)
        if (same and (after is None or after.number == str(last + 1))) or skips:
            keep = self.region.last if same else (last + 1, "")
            self._open_article(line, mark)
            self.region.last = keep
        else:
            self._content(at, line)

    def _demote(self, region: Region) -> None:
        """Put a table of contents back into the header and begin the numbering afresh."""
        stack = list(reversed(region.tree.root.children))
        while stack:
            draft = stack.pop()
            if draft.first is not None:
                self.header.append(draft.first)
            self.header.extend(draft.blocks)
            stack.extend(reversed(draft.children))
        self.warnings = [w for w in self.warnings if w.code not in ("gap", "repeated")]
        if region is self.main:
            self.ids = Ids()
            self.main = self.region = Region(self.ids, "", True)
        else:
            region.tree = Tree(self.ids, region.tree.prefix)
            region.last = (0, "")

    def _open_article(self, line: Line, mark: Mark) -> None:
        region = self.region
        region.tree.open("dieu", mark, line.block)
        region.last = split_number(mark.number)
        region.amending = amends(line.text)
        self.since_article = []

    def _gap(self, last: int, number: int) -> None:
        missing = (
            f"Điều {last + 1}" if number == last + 2 else f"Điều {last + 1} đến Điều {number - 1}"
        )
        where = f"{self.region.tree.prefix}dieu-{number}"
        self.warnings.append(Warning("gap", f"Không thấy {missing} trước Điều {number}.", where))

    def _item(self, at: int, line: Line, mark: Mark) -> bool:
        region, tree = self.region, self.region.tree
        kind = {"la-ma": "muc", "chu-cai": "phan"}.get(mark.kind, mark.kind)
        if mark.kind in ("la-ma", "chu-cai"):
            if region.by_articles:
                near = self.lines.next_article[at] - at <= 3 and line.text.isupper()
                if not near or region.amending:
                    return False
            elif len(mark.rest) < 2:
                return False
        elif region.by_articles and tree.top("dieu") is None:
            return False
        last = tree.last_number(kind)
        if not in_sequence(kind, mark.number, last):
            return False
        if kind == "khoan" and region.amending and last and self._clause_introduced(at, mark):
            return False
        if kind == "so":
            parent = tree.parent_for("so")
            if parent.kind != "khoan" or parent.number != mark.number.split("-")[0]:
                return False
        tree.open(kind, mark, line.block)
        if region.by_articles and not region.amending:
            region.amending = amends(line.text)
        return True

    def _clause_introduced(self, at: int, mark: Mark) -> bool:
        above = self.lines.items[at - 1].text if at else ""
        return (
            signs.LEADS_IN.search(above) is not None
            and re.search(rf"[Kk]hoản {mark.number}\b", above) is not None
            and "như sau" in above
        )

    def _content(self, at: int, line: Line, quoted: bool = False) -> None:
        block = line.block
        if quoted or (line.text[:1] in '“"' and self.region.amending):
            block = replace(block, role="quoted")
        region = self.region
        region.tree.add(block)
        self.since_article.append(at)
        if not quoted and not region.amending and region.by_articles:
            region.amending = amends(line.text)

    # -- the result -------------------------------------------------------------------------

    def _result(self) -> Structure:
        for region in (self.main, *(a for a in self.annexes if isinstance(a, Region))):
            for eid in region.tree.repeated:
                word = eid.rsplit(".", 1)[-1].split("~")[0]
                if word.startswith("dieu-"):
                    label = f"Điều {word.removeprefix('dieu-')}"
                    self.warnings.append(Warning("repeated", f"{label} xuất hiện nhiều lần.", eid))
        if not self.main.tree.root.children:
            message = "Không nhận ra điều, khoản hoặc mục nào trong văn bản."
            self.warnings.append(Warning("no-provisions", message))
        return Structure(
            header=tuple(self.header),
            bases=tuple(self.bases),
            nodes=self.main.tree.nodes(),
            closing=tuple(self.tail.closing),
            recipients=tuple(self.tail.recipients),
            signature=tuple(self.tail.signature),
            annexes=tuple(freeze_annex(annex) for annex in self.annexes),
            warnings=tuple(self.warnings),
        )


def parse(blocks: Iterable[Block]) -> Structure:
    """Return the structure of a document. Never fails on odd text; doubts become warnings."""
    return Parser(blocks).run()
