"""A new agency's portal by the README alone, with a stopwatch.

    python -m benchmarks.new_agency

In an empty folder: ``make run`` without the demo, the first people by ``manage.py account``, then in a
real browser what they do: confirm roles, name and colour, home page, five sections, the first news,
each sent, edited and approved by another person. Prints when each step was done. The seconds are
those of a script: a person reads and thinks in between.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

PASSWORD = "Hoa-ban-trang-2031"
UNIT = "ban-bien-tap-cong-thong-tin"
PEOPLE = (("quantri", "quan-tri"), ("vanthu", "van-thu"), ("bientap", "bien-tap-vien"),
          ("truongban", "truong-ban"))  # fmt: skip
SECTIONS = (
    "Giới thiệu",
    "Phổ biến pháp luật",
    "Dự án, đấu thầu",
    "Ngân sách",
    "Thông tin thống kê",
)


class Stopwatch:
    def __init__(self) -> None:
        self.began = self.last = time.monotonic()

    def lap(self, what: str) -> None:
        now = time.monotonic()
        print(f"{now - self.began:7.1f} s  (+{now - self.last:5.1f})  {what}", flush=True)
        self.last = now


def main() -> None:
    from playwright.sync_api import sync_playwright

    root = Path(__file__).resolve().parents[1]
    sys.path.insert(0, str(root))
    from tests.nginx import free_port

    port = str(free_port())
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"PORTAL_VAR": folder, "PORTAL_DEMO": "0", "PORT": port,
                            "LOG_LEVEL": "ERROR"}  # fmt: skip
        watch = Stopwatch()
        portal = subprocess.Popen(["make", "run"], cwd=root, env=env, stdout=subprocess.DEVNULL,
                                  start_new_session=True)  # fmt: skip
        try:
            base = f"http://127.0.0.1:{port}"
            _wait(base)
            watch.lap("make run: cổng trả lời")
            for name, role in PEOPLE:
                subprocess.run(
                    [sys.executable, "manage.py", "account", name, "--unit", UNIT, "--role", role,
                     "--password-stdin"],
                    cwd=root, env=env, input=PASSWORD + "\n", text=True, check=True,
                    stdout=subprocess.DEVNULL,
                )  # fmt: skip
            watch.lap(f"{len(PEOPLE)} tài khoản bằng manage.py account")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path="/usr/bin/chromium", args=["--no-sandbox"]
                )
                _in_the_browser(browser, base, watch)
        finally:
            os.killpg(portal.pid, 15)
            portal.wait(timeout=60)


def _wait(base: str) -> None:
    for _turn in range(600):
        try:
            with urllib.request.urlopen(f"{base}/suc-khoe/", timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the portal does not answer")


def _in_the_browser(browser, base: str, watch: Stopwatch) -> None:
    admin, clerk, editor, head = (_sign_in(browser, base, name) for name, _role in PEOPLE)
    admin.goto("/admin/")
    admin.click("button.sidebar-menu-item__link:has-text('Vai trò')")
    admin.click(".sidebar-menu-item__link[href$='/vai-tro/']")
    while admin.locator("main button[name=confirm]").count():
        with admin.expect_navigation():
            admin.locator("main button[name=confirm]").first.click()
    watch.lap("quản trị xác nhận vai trò")
    admin.goto("/admin/settings/pages/portalsettings/")
    admin.wait_for_load_state()
    for field, value in (("name_vi", "Cổng thông tin xã Bản Mới"), ("authority", "UBND xã Bản Mới"),
                         ("masthead", "#7a1212"), ("responsible", "Bà Lò Thị Mới, Chủ tịch UBND xã"),
                         ("telephone", "0200 000 111")):  # fmt: skip
        admin.fill(f"[name={field}]", value)
    with admin.expect_navigation():
        admin.locator("main form button[type=submit], main form input[type=submit]").last.click()
    watch.lap("tên, cơ quan, màu, người chịu trách nhiệm")
    home = _home_of(clerk)
    _send(clerk, home, "pages.homepage")
    _through(editor, head, 1)
    watch.lap("trang chủ gửi duyệt, biên tập, duyệt, đăng")
    for title in SECTIONS:
        _add(clerk, f"/admin/pages/add/pages/sectionpage/{home}/", title, "pages.sectionpage")
    watch.lap("năm chuyên mục soạn và gửi duyệt")
    _through(editor, head, len(SECTIONS))
    watch.lap("năm chuyên mục được biên tập và duyệt")
    index = _add(clerk, f"/admin/pages/add/news/newsindexpage/{home}/", "Tin tức",
                 "news.newsindexpage")  # fmt: skip
    _through(editor, head, 1)
    _add(clerk, f"/admin/pages/add/news/newsarticle/{index}/", "Cổng thông tin của xã hoạt động",
         "news.newsarticle")  # fmt: skip
    _through(editor, head, 1)
    watch.lap("trang tin và tin đầu tiên lên cổng")
    reader = browser.new_context(base_url=base, locale="vi-VN").new_page()
    reader.goto("/")
    text = reader.inner_text("body")
    assert "Cổng thông tin xã Bản Mới" in text and "Giới thiệu" in text, text[:800]
    reader.goto("/tin-tuc/")
    assert "Cổng thông tin của xã hoạt động" in reader.inner_text("main")
    watch.lap("bạn đọc thấy tên, chuyên mục, tin")


def _sign_in(browser, base: str, name: str):
    page = browser.new_context(
        base_url=base, locale="vi-VN", viewport={"width": 1366, "height": 900}
    ).new_page()
    page.set_default_timeout(20_000)
    page.goto("/dang-nhap/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "dang-nhap" not in url)
    return page


def _home_of(page) -> str:
    """The home page that every portal begins with, as a draft; whoever writes pages claims it."""
    page.goto("/admin/")
    page.click(".first-list-steps a[href*='/edit/']")
    page.wait_for_selector("#id_title")
    number = page.url.rstrip("/").split("/")[-2]
    with page.expect_navigation():
        page.locator("button.action-save").first.click()
    return number


def _add(page, url: str, title: str, label: str) -> str:
    page.goto(url)
    page.fill("#id_title", title)
    if page.locator("#id_summary").count():
        page.fill("#id_summary", f"{title} của xã Bản Mới.")
    for box in page.locator("#id_show_in_menus").all():
        box.evaluate("node => { node.checked = true; }")
    with page.expect_navigation():
        page.locator("button.action-save").first.click()
    number = page.url.rstrip("/").split("/")[-2]
    _send(page, number, label)
    return number


def _send(page, number: str, label: str) -> None:
    page.goto(f"/admin/gui-duyet/{label}/{number}/")
    with page.expect_navigation():
        page.locator(".review form button").last.click()


def _through(editor, head, count: int) -> None:
    """Each of two people reads, ticks and passes on what waits for him."""
    for page in (editor, head):
        for _turn in range(count):
            page.goto("/admin/viec-cua-toi/")
            page.locator(".work a").first.click()
            page.wait_for_url("**/duyet/**")
            for box in page.locator(".review-checklist input").all():
                box.check()
            with page.expect_navigation():
                page.locator(".review button[name=pass]").last.click()


if __name__ == "__main__":
    main()
