"""What one page sends to a browser that comes for the first time: Chromium's own count of bytes.

``python -m benchmarks.page_weight http://127.0.0.1:8000 [PATH …]`` at a running portal. KB as they
went over the wire (headers and compression included), without pictures; scripts apart.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter

from playwright.sync_api import sync_playwright

#: Goals of the design brief, in KB.
MOST, MOST_SCRIPT = 60, 15


def weigh(browser, url: str) -> Counter:
    """Bytes on the wire by kind of resource, in a window with an empty cache."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="vi-VN")
    page, kinds, size = context.new_page(), {}, Counter()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    wire.on("Network.loadingFinished",
            lambda e: size.update({kinds.get(e["requestId"], "?"): int(e["encodedDataLength"])}))  # fmt: skip
    page.goto(url, wait_until="networkidle")
    context.close()
    return size


def main(base: str, paths: list[str]) -> int:
    """Print a line for each page; 1 when one is over a goal."""
    bad = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for path in paths:
            size = weigh(browser, base + path)
            whole = sum(size.values()) - size["Image"]
            bad |= whole > MOST * 1024 or size["Script"] > MOST_SCRIPT * 1024
            parts = ", ".join(f"{kind} {number / 1024:.1f}" for kind, number in size.most_common())
            print(f"{path}: {whole / 1024:.1f} KB without pictures ({parts})")
        browser.close()
    return int(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), sys.argv[2:] or ["/"]))
