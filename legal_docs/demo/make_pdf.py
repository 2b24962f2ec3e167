"""Write the one small PDF of the demo by hand: ``python legal_docs/demo/make_pdf.py``."""

from __future__ import annotations

from pathlib import Path

TARGET = Path(__file__).parent / "files" / "90112-qd-ubnd.pdf"
# The standard fonts of PDF have no Vietnamese letters, so the page says it without marks.
LINES = (
    "VAN BAN HU CAU DUNG DE TRINH DIEN",
    "Uy ban nhan dan tinh Hoa Ban - So: 90112/QD-UBND",
    "QUYET DINH kien toan Ban Chi dao phat trien cho phien so",
)


def pdf(lines: tuple[str, ...]) -> bytes:
    """A PDF of one page with these lines (ASCII)."""
    shown = " ".join(f"({line}) Tj 0 -24 Td" for line in lines)
    content = f"BT /F1 14 Tf 72 760 Td {shown} ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return out + end % (len(objects) + 1, start)


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(pdf(LINES))
