"""Parts of the addresses of works, and what they mean."""

from __future__ import annotations

#: Tabs of a document with the last part of their address; the text has none.
TABS = ("thuoc-tinh", "hieu-luc", "lien-quan", "van-ban-goc", "tai-ve", "lich-su")


class WorkKey:
    """``168-2024-nd-cp`` with ``@2024-12-26`` where the number repeats."""

    regex = r"[a-z0-9][a-z0-9-]*(?:@[0-9-]*)?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class TabName(WorkKey):
    regex = "|".join(TABS)


class Eid(WorkKey):
    """Id of a provision: ``dieu-5``, ``quy-che.dieu-1``; never the name of a tab."""

    regex = rf"(?!(?:{'|'.join(TABS)})/)[a-z][a-z0-9]*(?:[-.~][a-z0-9]+)*"
