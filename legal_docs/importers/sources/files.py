"""Single files: Word, HTML, text, Markdown, PDF. Everything about the document is proposed."""

from __future__ import annotations

from pathlib import Path

from legal_docs.importers.proposing import complete
from legal_docs.importers.records import IncomingFile, IncomingWork, Rejected, SourceRecord
from portal.editorial.manifest import file_hash


def from_file(path: Path, root: Path) -> SourceRecord:
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    try:
        content_hash = file_hash(path)
    except OSError as error:
        message = f"“{name}”: không mở được tệp ({error.strerror})."
        return SourceRecord("files", name[:255], "", "", lambda: _refuse(message))
    return SourceRecord("files", name[:255], "", content_hash, lambda: build(path, name))


def _refuse(message: str) -> IncomingWork:
    raise Rejected(message)


def build(path: Path, name: str) -> IncomingWork:
    """Raises Rejected naming the file and the cause."""
    from legal_docs.importers.readers import UnreadableFile, read_file

    try:
        read = read_file(path)
    except UnreadableFile as error:
        raise Rejected(f"“{name}”: {error.message_vi}") from None
    role = "ban-goc" if read.format == "pdf" else "nguon"
    work = IncomingWork(
        blocks=read.blocks,
        files=(IncomingFile(path, Path(name).name, role),),
        warnings=list(read.warnings),
    )
    complete(work)
    if not work.subject:
        work.subject = work.number or Path(name).stem
        work.warnings.append("Không đọc được trích yếu: cần nhập.")
    return work
