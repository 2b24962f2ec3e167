"""Opening a package that came from somewhere: nothing in it is trusted."""

from __future__ import annotations

import json
import re
import zipfile
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from .packing import CONTENT, FORMAT, VERSION

MB = 1024 * 1024
MOST_ENTRIES, MOST_BYTES, MOST_CONTENT, MOST_RATIO = 5000, 1024 * MB, 30 * MB, 200
MOST_PAGES = 5000
_NAME = re.compile(
    r"(?:trang\.json|anh/[0-9a-f]{40}\.[a-z0-9]{1,5}|tep/[0-9a-f]{64}\.[a-z0-9]{1,5})"
)
_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.[a-z]{2})?")


class BadPackage(Exception):
    """It can't be brought in; the message is for whoever sent it."""


class Package:
    """A sound package: ``content`` and the bytes of pictures and files by their hash."""

    def __init__(self, stream: BinaryIO) -> None:
        """Raises BadPackage when it is none, is too big, or is not of this form."""
        try:
            self._zip = zipfile.ZipFile(stream)
            infos = self._zip.infolist()
            self._check(infos)
            self._names = {
                info.filename.partition("/")[2].partition(".")[0]: info for info in infos
            }
            raw = self._zip.read(CONTENT)
        except BadPackage:
            raise
        # NotImplementedError: packed in a way that nobody knows; RuntimeError: locked by a password.
        except (zipfile.BadZipFile, KeyError, EOFError, OSError, NotImplementedError, RuntimeError):
            raise BadPackage(_("This is no package of pages, or it was cut off.")) from None
        self.content = _content(raw)

    @staticmethod
    def _check(infos: list[zipfile.ZipInfo]) -> None:
        total = sum(info.file_size for info in infos)
        if len(infos) > MOST_ENTRIES or total > MOST_BYTES:
            raise BadPackage(_("The package is too big."))
        for info in infos:
            if not _NAME.fullmatch(info.filename) or info.flag_bits & 1:
                raise BadPackage(_("There is something in the package that belongs to none: %(name)s")
                                 % {"name": info.filename[:80]})  # fmt: skip
            if info.filename == CONTENT and info.file_size > MOST_CONTENT:
                raise BadPackage(_("The package is too big."))
            if info.file_size > MB and info.file_size > MOST_RATIO * max(1, info.compress_size):
                raise BadPackage(_("The package is too big."))

    def bytes_of(self, mark: str) -> tuple[str, bytes] | None:
        """(extension, bytes) of a picture or file; None when it is not in the package."""
        info = self._names.get(mark)
        if info is None:
            return None
        try:
            return info.filename.rpartition(".")[2], self._zip.read(info)
        except (zipfile.BadZipFile, EOFError, OSError, RuntimeError):
            return None


def _content(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise BadPackage(_("The list of pages in the package can't be read.")) from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BadPackage(_("This is no package of pages, or it was cut off."))
    if found.get("version") != VERSION:
        raise BadPackage(_("The package was made by another version of the portal."))
    for name in ("pages", "pictures", "files"):
        rows = found.get(name)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise BadPackage(_("The list of pages in the package can't be read."))
    if len(found["pages"]) > MOST_PAGES:
        raise BadPackage(_("The package is too big."))
    for row in found["pages"]:
        sound = isinstance(row.get("fields"), dict) and isinstance(row.get("many"), dict)
        if not sound or not all(_UID.fullmatch(str(row.get(one))) for one in ("uid", "parent")):
            raise BadPackage(_("The list of pages in the package can't be read."))
    return found
