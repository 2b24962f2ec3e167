"""What an export says: RSS 2.0 and WordPress (WXR), or a folder of HTML pages. No database.

Nothing of it is trusted: XML is parsed without entities, HTML becomes blocks in the way in which
pasted HTML does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import nh3
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from portal.pages.blocks_from_html import blocks_from_html

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_WP = re.compile(r"^\{http://wordpress\.org/export/[\d.]+/\}")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>|<h1[^>]*>(.*?)</h1>", re.IGNORECASE | re.DOTALL)
_BODY = re.compile(r"<(?:article|main|body)\b[^>]*>(.*)</(?:article|main|body)>",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
MAX_FILE = 200 * 1024 * 1024


class Unreadable(ValueError):
    """The export is not what it should be; the message says why, for whoever runs the import."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text (cleaned HTML), the value of a table, or a picture by the name of its
    file."""

    html: str = ""
    table: dict[str, Any] | None = None
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class IncomingNews:
    """One item: ``key`` names it for ever in its source, ``old_path`` is where it stood."""

    key: str
    title: str
    day: dt.date | None
    summary: str
    parts: tuple[Part, ...]
    topics: tuple[str, ...] = ()
    author: str = ""
    old_path: str = ""


def read(source: Path) -> Iterator[IncomingNews]:
    """Items of an export file (.xml) or of a folder of HTML.

    Raises:
        Unreadable: it is neither, it is broken, or it is too large.
    """
    if source.is_dir():
        return _folder(source)
    if not source.is_file():
        raise Unreadable(f"Không có tệp hay thư mục {source.name}.")
    if source.stat().st_size > MAX_FILE:
        raise Unreadable("Tệp lớn hơn 200 MB; hãy xuất thành nhiều tệp.")
    try:
        root = ElementTree.parse(source).getroot()
    except (ElementTree.ParseError, DefusedXmlException, UnicodeDecodeError) as error:
        raise Unreadable(f"Tệp không phải XML đọc được: {error}.") from error
    if root.tag != "rss":
        raise Unreadable("Tệp không phải RSS hay bản xuất của WordPress.")
    return _items(root)


def _items(root) -> Iterator[IncomingNews]:
    for item in root.iter("item"):
        own = {_WP.sub("wp:", child.tag): (child.text or "") for child in item}
        if own.get("wp:post_type", "post") not in ("post", "page"):
            continue
        if own.get("wp:status", "publish") != "publish":
            continue
        link = own.get("link", "").strip()
        key = own.get("guid", "").strip() or own.get("wp:post_id", "").strip() or link
        title = _plain(own.get("title", ""))
        if not key or not title:
            continue
        body = own.get(_CONTENT) or own.get("description", "")
        lead = own.get("wp:excerpt") or (own.get("description", "") if own.get(_CONTENT) else "")
        topics = tuple(_plain(one.text or "") for one in item.iter("category") if one.text)
        yield IncomingNews(
            key[:200], title[:255], _day(own), _plain(lead)[:500], tuple(parts_of(body)),
            tuple(dict.fromkeys(topic[:100] for topic in topics if topic))[:10],
            _plain(own.get(_CREATOR, ""))[:200], _path(link),
        )  # fmt: skip


def _folder(folder: Path) -> Iterator[IncomingNews]:
    for path in sorted(folder.rglob("*.htm*")):
        text = path.read_bytes().decode("utf-8", "replace")
        found = _TITLE.search(text)
        title = _plain((found[1] or found[2]) if found else path.stem)
        body = _BODY.search(text)
        name = path.relative_to(folder).as_posix()
        day = dt.date.fromtimestamp(path.stat().st_mtime)
        yield IncomingNews(
            f"html:{name}"[:200], title[:255], day, "", tuple(parts_of(body[1] if body else text)),
            old_path=f"/{name}",
        )  # fmt: skip


def _day(own: dict[str, str]) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(own["wp:post_date"].strip()).date()
    except (KeyError, ValueError):
        pass
    try:
        return parsedate_to_datetime(own.get("pubDate", "")).date()
    except (ValueError, TypeError, IndexError):
        return None


def _path(link: str) -> str:
    parts = urlsplit(link)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _plain(html: str) -> str:
    text = unescape(nh3.clean(html, tags=set(), clean_content_tags={"script", "style"}))
    return " ".join(text.split())


def parts_of(html: str) -> Iterator[Part]:
    """The body as stretches of clean HTML with the tables and pictures between them.

    >>> [part.picture or part.html for part in parts_of('<p>A</p><img src="/x/b.jpg"><p>C</p>')]
    ['<p>A</p>', 'b.jpg', '<p>C</p>']
    """
    if "<p" not in html.lower():
        html = "".join(f"<p>{one}</p>" for one in html.split("\n\n"))
    for kind, value in blocks_from_html(html, pictures=True).blocks:
        if kind == "text":
            yield Part(html=value)
        elif kind == "table":
            yield Part(table=value)
        elif name := Path(unquote(_path_of(value["src"]))).name:
            yield Part(picture=name, alt=value["alt"][:255])


def _path_of(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
