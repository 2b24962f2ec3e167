"""Bytes and seconds of every format in which readers get a picture, over the library of a portal.

``PORTAL_VAR=… python -m benchmarks.pictures [FILE …]``: the pictures in the library (or the named
files, brought in for the measurement only), each in the widths of ``sized_picture``. What is made
here is taken back.
"""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")


def main(files: list[str]) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.files.images import ImageFile
    from wagtail.images.models import Filter

    from portal.pages.models import Picture

    opened = [Picture(title=Path(one).stem, file=ImageFile(open(one, "rb"), one)) for one in files]
    size, seconds, count = defaultdict(int), defaultdict(float), 0
    for picture in opened or Picture.objects.all():
        picture._set_image_file_metadata() if files else None
        count += 1
        for width in (480, 960):
            for kind in settings.PICTURE_FORMATS:
                wanted = Filter(spec=f"format-{kind}|width-{width}")
                start = time.perf_counter()
                made = picture.generate_rendition_file(wanted)
                seconds[kind, width] += time.perf_counter() - start
                size[kind, width] += made.size
    print(f"{count} pictures; mean of each")
    for (kind, width), total in size.items():
        print(f"{kind:5} {width:4} px {total / count / 1024:7.1f} KB {seconds[kind, width] / count:6.2f} s")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
