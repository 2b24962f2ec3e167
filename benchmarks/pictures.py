"""Bytes and seconds of every format in which readers get a picture, over the library of a portal.

``PORTAL_VAR=… python -m benchmarks.pictures``: each picture in the widths of ``sized_picture``.
Nothing is kept.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from wagtail.images.models import Filter

    from portal.pages.models import Picture

    size, seconds = defaultdict(int), defaultdict(float)
    pictures = list(Picture.objects.all())
    for picture in pictures:
        for width in (480, 960):
            for kind in settings.PICTURE_FORMATS:
                wanted = Filter(spec=f"format-{kind}|width-{width}")
                start = time.perf_counter()
                size[kind, width] += picture.generate_rendition_file(wanted).size
                seconds[kind, width] += time.perf_counter() - start
    print(f"{len(pictures)} pictures; mean of each")
    for key, total in size.items():
        mean, took = total / len(pictures) / 1024, seconds[key] / len(pictures)
        print(f"{key[0]:5} {key[1]:4} px {mean:7.1f} KB {took:6.2f} s")


if __name__ == "__main__":
    main()
