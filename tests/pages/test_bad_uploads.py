"""Files that are not what they say: a clear word, nothing kept, nothing run."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from portal.pages.models import Attachment, Picture
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client):
    client.force_login(make.house().clerk_a)
    return client


def png_of(width: int, height: int) -> bytes:
    """A PNG of a few bytes that unpacks to a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg(size: tuple[int, int] = (30, 20)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (1, 2, 3)).save(stream, "JPEG")
    return stream.getvalue()


BAD_PICTURES = {
    "svg": ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    "svg named png": ("x.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    "html named jpg": ("x.jpg", b"<html><script>alert(1)</script></html>"),
    "bomb": ("bom.png", png_of(60_000, 60_000)),
    "cut in its head": ("cut.jpg", jpeg()[:60]),
    "cut in its middle": ("cut.jpg", jpeg((300, 200))[:700]),
    "heic": ("x.heic", b"\0\0\0\x18ftypheic" + b"\0" * 40),
    "other kind": ("x.gif", jpeg()),
    "empty": ("x.jpg", b""),
}


@pytest.mark.parametrize("name", BAD_PICTURES)
def test_what_is_no_picture_is_refused_in_words(clerk, name):
    filename, content = BAD_PICTURES[name]
    answer = clerk.post(
        reverse("wagtailimages:add"),
        {"title": "Ảnh", "audience": "public", "file": SimpleUploadedFile(filename, content)},
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert answer.context["form"].data["title"] == "Ảnh", "what was typed stays"
    assert not Picture.objects.exists()


def test_a_picture_that_is_too_large_is_refused(clerk, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
    answer = clerk.post(
        reverse("wagtailimages:add"),
        {"title": "Ảnh", "audience": "public", "file": SimpleUploadedFile("a.jpg", jpeg())},
    )
    assert answer.status_code == 200
    assert not Picture.objects.exists()


def test_a_good_picture_comes_in_and_a_double_is_told(clerk):
    for _turn in range(2):
        answer = clerk.post(
            reverse("wagtailimages:add"),
            {"title": "Ảnh", "audience": "public", "file": SimpleUploadedFile("a.jpg", jpeg())},
        )
        assert answer.status_code in (200, 302)
    assert Picture.objects.filter(uploaded_by_user__username="van-thu-a").exists()


@pytest.mark.parametrize("filename", ["x.html", "x.svg", "x.exe", "x.js", "x"])
def test_files_that_a_browser_would_run_are_not_taken(clerk, filename):
    answer = clerk.post(
        reverse("wagtaildocs:add"),
        {"title": "Tệp", "audience": "public", "file": SimpleUploadedFile(filename, b"abc")},
    )
    assert answer.status_code == 200
    assert not Attachment.objects.exists()


def test_a_file_of_the_library_runs_nothing_in_the_readers_browser(client):
    row = make.attachment(content=b"<script>alert(1)</script>")
    answer = client.get(row.file.url)
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_an_internal_file_is_nobody_elses(client):
    row = make.attachment(audience="units")
    assert client.get(row.file.url).status_code == 404
    picture = make.picture(audience="units")
    sized = picture.get_rendition("width-30")
    assert client.get(sized.url).status_code == 404
