"""Signatures of PDF files: real signed ones, and what was done to them. Altered copies are made
here; a flipped byte, a replaced page, an update after signing and appended bytes are told apart."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest

from legal_docs.signatures import Signatures, Trust, TrustStore, Verdict, verify

SIGNED = (
    "chinhphu_signed_scans/06-bct.signed.pdf",
    "chinhphu_signed_scans/163-tb-vpcp.signed.pdf",
    "chinhphu_signed_scans/188-vpcp.signed.pdf",
    "chinhphu_signed_scans/2450-kgvx.signed.pdf",
    "chinhphu_signed_scans/255-nn.signed.pdf",
    "chinhphu_signed_scans/28-pt.signed.pdf",
    "chinhphu_signed_scans/299-ttg.signed.pdf",
    "chinhphu_signed_scans/59-nd.signed.pdf",
    "congbao_pdf_2026/nghi-dinh-so-123-2026-nd-cp-469299.pdf",
    "congbao_pdf_2026/nghi-dinh-so-142-2026-nd-cp-469480.pdf",
    "congbao_pdf_2026/nghi-dinh-so-169-2026-nd-cp-469561.pdf",
    "congbao_pdf_2026/nghi-quyet-so-15-2026-nq-cp-469344.pdf",
    "congbao_pdf_2026/thong-tu-so-33-2026-tt-bkhcn-469775.pdf",
    "land_law_pack_2026/50-2026-nd-cp.pdf",
    "makelegal_pdf_2026/102-2025-QH15.pdf",
    "makelegal_pdf_2026/125-2026-ND-CP.pdf",
    "makelegal_pdf_2026/68-2026-ND-CP.pdf",
)
signed_file = pytest.mark.parametrize("name", SIGNED, ids=lambda name: Path(name).stem)


@pytest.fixture
def store_file(tmp_path):
    def store(data: bytes) -> Path:
        path = tmp_path / f"{hashlib.sha256(data).hexdigest()[:12]}.pdf"
        path.write_bytes(data)
        return path

    return store


def appended(data: bytes) -> bytes:
    return data + b"\n% mot dong them vao\n"


def updated(data: bytes) -> bytes:
    """One page turned by an incremental update; what was signed is still there."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    page, _resources = writer.find_page_for_modification(0)
    page.get_object()[generic.pdf_name("/Rotate")] = generic.NumberObject(90)
    writer.mark_update(page)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def page_replaced(data: bytes) -> bytes:
    """The first page exchanged for an empty one, the file written anew."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf, pikepdf.new() as other:
        other.add_blank_page()
        pdf.pages.insert(0, other.pages[0])
        del pdf.pages[1]
        pdf.save(made)
    return made.getvalue()


def flipped(data: bytes) -> bytes:
    """One bit of the content of a stream."""
    at = data.index(b"stream") + 40
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@signed_file
def test_a_signed_file_is_whole(shared_data, name):
    found = verify(shared_data / "files" / name)
    assert (found.verdict, found.problem, len(found.signatures)) == (Verdict.WHOLE, "", 1)
    (one,) = found.signatures
    assert one.organisation.upper() == "VĂN PHÒNG CHÍNH PHỦ"
    assert one.signer and one.issuer and one.stamped_at and one.signed_at
    assert (one.covers_file, one.coverage, one.trust) == (True, "ENTIRE_FILE", Trust.NO_STORE)
    assert Signatures.from_json(found.as_json()) == found


@signed_file
@pytest.mark.parametrize(
    ("alter", "verdict"),
    [
        (appended, Verdict.ALTERED),
        (updated, Verdict.ALTERED),
        (page_replaced, Verdict.BROKEN),
        (flipped, Verdict.BROKEN),
    ],
)
def test_an_altered_copy_is_told(shared_data, store_file, name, alter, verdict):
    data = (shared_data / "files" / name).read_bytes()
    changed = alter(data)
    assert changed != data
    assert verify(store_file(changed), patience=600).verdict == verdict


def test_every_other_file_is_unsigned_and_none_breaks(shared_data):
    signed = {shared_data / "files" / name for name in SIGNED}
    others = [path for path in (shared_data / "files").rglob("*.pdf") if path not in signed]
    assert len(others) > 10
    assert {verify(path).verdict for path in others} == {Verdict.UNSIGNED}


def test_broken_files_say_why(shared_data, store_file, tmp_path):
    data = (shared_data / "files" / SIGNED[-1]).read_bytes()
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    said = {
        "encrypted": verify(store_file(locked.getvalue())),
        "damaged": verify(store_file(data[: len(data) // 2])),
        "missing": verify(tmp_path / "khong-co.pdf"),
    }
    assert {name: found.problem for name, found in said.items()} == {name: name for name in said}
    assert {found.verdict for found in said.values()} == {Verdict.UNREADABLE}
    assert verify(store_file(b"")).verdict == Verdict.UNSIGNED
    assert verify(store_file(b"%PDF-1.7\n" + b"(" * 100_000)).verdict == Verdict.UNREADABLE


@pytest.mark.parametrize("seed", range(40))
def test_noise_in_a_signed_file_is_never_whole(shared_data, store_file, seed):
    import random

    chance = random.Random(seed)
    data = bytearray((shared_data / "files" / SIGNED[1]).read_bytes())
    for _time in range(chance.choice([1, 20, 400])):
        data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
    found = verify(store_file(bytes(data)))
    assert found.verdict != Verdict.UNSIGNED or not found.signatures


def test_the_trust_store_decides_who_is_verified(tmp_path, store_file):
    """A root, a signer under it, and a file that he signed: verified with the root, else not."""
    signed, root = _signed_under_a_root()
    path = store_file(signed)
    assert verify(path).signatures[0].trust == Trust.NO_STORE
    for folder, certificate in (("dung", root), ("khac", _signed_under_a_root()[1])):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "goc.pem").write_bytes(certificate)
        (tmp_path / folder / "hong.crt").write_bytes(b"khong phai chung thu")
    right, wrong = TrustStore.of(tmp_path / "dung"), TrustStore.of(tmp_path / "khac")
    assert len(right.roots) == len(wrong.roots) == 1
    assert right.fingerprint != wrong.fingerprint
    assert verify(path, right).signatures[0].trust == Trust.VERIFIED
    assert verify(path, wrong).signatures[0].trust == Trust.NOT_VERIFIED
    assert verify(path, right).verdict == Verdict.WHOLE
    assert TrustStore.of(tmp_path / "khong-co") == TrustStore.of("") == TrustStore()


def _signed_under_a_root() -> tuple[bytes, bytes]:
    """Signing starts an event loop, too; the browser of another test may have one in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_sign).result()


def test_a_file_that_takes_too_long_is_given_up(tmp_path):
    """A pipe that nobody writes to never ends."""
    pipe = tmp_path / "mai-khong-xong.pdf"
    os.mkfifo(pipe)
    found = verify(pipe, patience=0.2)
    assert (found.verdict, found.problem) == (Verdict.UNREADABLE, "too-slow")
    pipe.open("wb").close()


def test_an_event_loop_of_who_asks_is_no_hindrance(shared_data):
    async def ask():
        return verify(shared_data / "files" / SIGNED[0])

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: asyncio.run(ask())).result().verdict == Verdict.WHOLE


def _sign() -> tuple[bytes, bytes]:
    import datetime as dt

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    now = dt.datetime.now(dt.UTC)

    def certificate(name, key, issuer, issuer_key, ca):
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.subject if issuer else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=30))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(
                x509.KeyUsage(not ca, not ca, False, False, False, ca, ca, False, False),
                critical=True,
            )
        )
        return made.sign(issuer_key or key, hashes.SHA256())

    keys = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _n in range(2)]
    root = certificate("Gốc Hạt Mít", keys[0], None, None, True)
    own = certificate("Sở Hạt Mít", keys[1], root, keys[0], False)
    pem = serialization.Encoding.PEM
    packed = serialization.pkcs12.serialize_key_and_certificates(
        b"x", keys[1], own, [root], serialization.NoEncryption()
    )
    signer = signers.SimpleSigner.load_pkcs12_data(packed, [], b"")
    plain = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(plain)
    made = signers.sign_pdf(
        IncrementalPdfFileWriter(plain),
        signers.PdfSignatureMetadata(field_name="ChuKy"),
        signer=signer,
    )
    return made.getvalue(), root.public_bytes(pem)
