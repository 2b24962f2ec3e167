"""Pictures as readers get them: formats, sizes that move nothing, few queries."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.template import Context, Template
from PIL import Image, features

from portal.pages.models import Picture
from tests import factories as make
from tests.conftest import absent

pytestmark = pytest.mark.django_db
LARGE = "{% load pages %}{% sized_picture picture sizes='100vw' alt=alt %}"
SMALL = "{% load pages %}{% small_picture picture %}"


@pytest.fixture
def picture():
    return make.picture()


def drawn(template: str, picture) -> str:
    return Template(template).render(Context({"picture": picture, "alt": 'Hạt "mít"'}))


def test_smallest_format_first_and_a_fallback_that_every_browser_knows(picture, settings):
    settings.PICTURE_FORMATS = (
        ["avif", "webp", "jpeg"] if features.check("avif") else ["webp", "jpeg"]
    )
    html = drawn(LARGE, picture)
    kinds = re.findall(r'<source[^>]*type="image/(\w+)"', html)
    assert [*kinds, "jpeg"] == settings.PICTURE_FORMATS
    img = re.search(r"<img[^>]*>", html)[0]
    assert re.search(r'src="[^"]+\.jpg"', img)
    assert re.search(r'width="\d+"', img) and re.search(r'height="\d+"', img)
    assert 'loading="lazy"' in img and "Hạt &quot;mít&quot;" in img


def test_what_is_named_avif_is_avif(picture, settings):
    if not features.check("avif"):
        absent("AVIF in Pillow")
    settings.PICTURE_FORMATS = ["avif", "webp", "jpeg"]
    drawn(LARGE, picture)
    found = {}
    for row in picture.renditions.all():
        with Image.open(row.file) as image:
            found.setdefault(image.format, 0)
            found[image.format] += 1
            assert image.size == (row.width, row.height)
    assert set(found) == {"AVIF", "WEBP", "JPEG"}


def test_without_avif_the_others_serve_as_before(picture, settings):
    settings.PICTURE_FORMATS = ["webp", "jpeg"]
    assert "avif" not in drawn(LARGE, picture) + drawn(SMALL, picture)
    settings.PICTURE_FORMATS = ["jpeg"]
    assert "<img" in drawn(LARGE, picture) and "<img" in drawn(SMALL, picture)


def test_a_picture_costs_one_query_at_most_and_none_when_prefetched(
    picture, django_assert_max_num_queries
):
    drawn(LARGE, picture), drawn(SMALL, picture)
    cache.clear()
    with django_assert_max_num_queries(1):
        drawn(LARGE, picture)
    (row,) = Picture.objects.filter(pk=picture.pk).prefetch_related("renditions")
    cache.clear()
    with django_assert_max_num_queries(0):
        drawn(LARGE, row)
        drawn(SMALL, row)


def test_no_picture_draws_nothing():
    assert drawn(LARGE, None) == "" and drawn(SMALL, None) == ""
