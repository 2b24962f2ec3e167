"""An editor's tasks in a real browser, counted: clicks, keystrokes, seconds.

    python -m benchmarks.editor_tasks [BASE]

Needs a running portal with the demo (``make run``), Chromium and Playwright. Every click and key is
one that a person makes; the seconds are those of the script, without thinking. A head and an
editor decide in between, as they must; their acts are not counted.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from pathlib import Path

from portal.core.text import slugify

PASSWORD = "demo-portal-2026"


class Person:
    """A signed-in editor whose acts are counted."""

    def __init__(self, browser, base: str, name: str) -> None:
        context = browser.new_context(
            viewport={"width": 1366, "height": 900}, base_url=base, locale="vi-VN"
        )
        self.page = context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.goto("/dang-nhap/")
        self.page.fill("[name=login]", name)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_load_state()
        self.clicks = self.keys = 0

    def click(self, target: str) -> None:
        self.clicks += 1
        self.page.locator(target).first.click()

    def type(self, target: str, text: str) -> None:
        self.click(target)
        self.keys += len(text)
        self.page.keyboard.type(text)

    def drop(self, target: str, *files: Path) -> None:
        """Dropping files is one act."""
        self.clicks += 1
        self.page.locator(target).first.set_input_files([str(one) for one in files])

    def task(self, name: str, act) -> None:
        self.clicks = self.keys = 0
        began = time.monotonic()
        act(self)
        spent = time.monotonic() - began
        print(f"{name:52} {self.clicks:4} clicks {self.keys:4} keys {spent:6.1f} s", flush=True)


def choose_new_picture(who: Person, opener: str, file: Path) -> None:
    """Through the chooser: upload, take."""
    who.click(opener)
    who.page.wait_for_timeout(700)  # the tabs come alive after the dialog
    who.click(".modal #tab-label-upload")
    who.page.wait_for_timeout(500)
    who.drop(".modal [name=image-chooser-upload-file]", file)
    who.page.wait_for_timeout(300)
    if not who.page.input_value(".modal [name=image-chooser-upload-title]"):
        who.type(".modal [name=image-chooser-upload-title]", "Ảnh chợ phiên")
    who.click(".modal #tab-upload button[type=submit]")
    who.page.wait_for_selector(".modal", state="hidden")


def insert_block(who: Person, button: str, name: str) -> None:
    who.click(button)
    who.click(f".w-combobox__option:has(.w-combobox__option-text:text-is('{name}'))")


def send(who: Person) -> None:
    """The button under the editor, then the page with the checks."""
    who.click("footer .w-dropdown__toggle")
    who.click("button[name=action-review]")
    who.page.wait_for_load_state()
    who.click("form button.button:has-text('Gửi duyệt')")
    who.page.wait_for_load_state()


def news_with_pictures(files: list[Path]):
    def act(who: Person) -> None:
        page = who.page
        page.goto("/admin/")
        who.click("a[href='/admin/tin-tuc/']")
        who.click("a[href*='/add_subpage/']")
        who.type("#id_title", f"Khai trương chợ phiên Bản Diều {int(time.time()) % 100000}")
        who.type("#id_summary", "Chợ phiên họp lại sau mùa mưa.")
        choose_new_picture(who, ".chooser__choose-button", files[0])
        who.type("#id_picture_alt", "Sân chợ buổi sáng")
        who.type("#id_picture_caption", "Sân chợ sáng nay")
        who.type("#id_picture_credit", "Văn phòng")
        insert_block(who, "#body-root .c-sf-add-button", "Nội dung")
        who.type(
            "#body-root [data-streamfield-child] .public-DraftEditor-content",
            "Chợ họp từ năm giờ sáng.",
        )
        for number, file in enumerate(files[1:], start=1):
            insert_block(who, f"#body-root .c-sf-add-button >> nth={number}", "Ảnh")
            box = f"#body-root [data-streamfield-child] >> nth={number}"
            choose_new_picture(who, f"{box} >> .chooser__choose-button", file)
            who.type(f"{box} >> input[name$='-alt_text']", "Hàng rau trong chợ")
            who.type(f"{box} >> input[name$='-caption']", "Hàng rau")
            who.type(f"{box} >> input[name$='-credit']", "Văn phòng")
        send(who)
        assert "viec-cua-toi" in page.url or "duyet" in page.url, page.url

    return act


def section_with_portlets(who: Person) -> None:
    page = who.page
    page.goto("/admin/")
    who.click("button.sidebar-menu-item__link:has-text('Trang')")
    who.click(".c-page-explorer__item__link")
    who.click("a[href*='/add_subpage/']")
    who.click("a[href*='/add/pages/sectionpage/']")
    who.type("#id_title", f"Chợ phiên {int(time.time()) % 100000}")
    who.type("#id_summary", "Văn bản và tin về chợ phiên.")
    who.click("#panel-child-noi_dung-vung_ben-section .w-panel__toggle")
    insert_block(who, "#aside-root .c-sf-add-button", "Danh sách: văn bản, chỉ đạo, tin…")
    insert_block(who, "#aside-root .c-sf-add-button >> nth=1", "Đường dây nóng")
    box = "#aside-root [data-streamfield-child] >> nth=1"
    who.type(f"{box} >> input[name$='-telephone']", "0200 000 001")
    who.click("button.action-save")
    page.wait_for_load_state()
    number = re.search(r"/pages/(\d+)/", page.url)[1]
    page.goto(f"/admin/pages/{number}/")
    who.click("a[href*='/add_subpage/']")
    who.click("a[href*='/add/pages/collectionpage/']")
    who.type("#id_title", "Văn bản về chợ")
    who.click("#id_source")
    page.locator("#id_source").select_option("moi")
    who.click("button.action-save")
    page.wait_for_load_state()


def replace_file(file: Path):
    def act(who: Person) -> None:
        page = who.page
        page.goto("/admin/")
        who.click("button.sidebar-menu-item__link:has-text('Thư viện')")
        who.click("a[href='/admin/documents/']")
        who.click("a[href='/admin/documents/multiple/add/'], a[href*='/documents/multiple/add/']")
        who.drop("#fileupload, input[type=file]", file)
        page.wait_for_selector("#upload-list li.upload-success, #upload-list form")
        page.wait_for_timeout(500)

    return act


def stale_sections(who: Person) -> None:
    who.page.goto("/admin/")
    who.click("button.sidebar-menu-item__link:has-text('Báo cáo')")
    who.click("a[href='/admin/chuyen-muc-bat-buoc/']")
    who.page.wait_for_selector("tr.late, td")


def move_section(title: str, child: str, into: str, back: bool = False):
    """A live section with pages under it goes into another one; its old addresses lead on.

    Sections stand under the home page and are named by their titles; ``child`` is the title of a
    page under the moved one. ``back`` brings it home again.
    """

    def act(who: Person) -> None:
        page = who.page
        page.goto("/admin/")
        who.click("button.sidebar-menu-item__link:has-text('Trang')")
        who.click(".c-page-explorer__item__link")
        if back:
            who.click(f"tr:has-text('{into}') td.children a")
        row = f"tr:has(.title-wrapper:has-text('{title}'))"
        who.click(f"{row} .w-dropdown__toggle")
        who.click("a[href*='/move/']:visible")
        who.click("#id_new_parent_page-chooser .w-dropdown__toggle")
        who.click("[data-chooser-action-choose]:visible")
        if not back:
            who.click(".modal-body tr:has-text('Trang chủ') a.navigate-pages")
        wanted = "Trang chủ" if back else into
        who.click(f".modal-body a.choose-page:has-text('{wanted}')")
        page.wait_for_selector(".modal", state="hidden")
        who.click("form:has([name=new_parent_page]) [type=submit]")
        page.wait_for_url("**/move/*/confirm/")
        who.click("form[action$='/confirm/'] [type=submit]")
        page.wait_for_url("**/admin/pages/*/")
        for one in (title, child):
            old, new = slugify(title), f"{slugify(into)}/{slugify(title)}"
            below = "" if one == title else f"{slugify(child)}/"
            old, new = f"/{old}/{below}", f"/{new}/{below}"
            old, new = (new, old) if back else (old, new)
            answer = page.request.get(old, max_redirects=0)
            assert answer.status == 301, (old, answer.status)
            assert answer.headers["location"].endswith(new), answer.headers["location"]
            assert page.request.get(new, max_redirects=0).status == 200, new

    return act


def main() -> None:
    from PIL import Image
    from playwright.sync_api import sync_playwright

    base = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        files = []
        for number in range(3):
            file = folder / f"cho-phien-{time.time_ns()}-{number}.jpg"
            # Each run its own: the library stops at a picture that it has.
            seed = Image.frombytes("RGB", (16, 10), os.urandom(480))
            seed.resize((1600, 1000), Image.Resampling.BICUBIC).save(file)
            files.append(file)
        paper = folder / "mau-don.pdf"
        paper.write_bytes(b"%PDF-1.4 " + str(time.time()).encode())
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        clerk = Person(browser, base, "vanthu")
        for title, act in (
            ("news with three pictures, sent for review", news_with_pictures(files)),
            ("a section with two portlets and a collection", section_with_portlets),
            ("a new version of a file in the library", replace_file(paper)),
            ("find sections that fell behind", stale_sections),
        ):
            try:
                clerk.task(title, act)
            except Exception as error:  # the other tasks are still worth a number
                clerk.page.screenshot(path=f"{tempfile.gettempdir()}/editor-task.png")
                print(f"{title:52} failed: {str(error)[:400]}", flush=True)
        secretary = Person(browser, base, "thuky")
        names = ("Phổ biến pháp luật", "Nghị định mới", "Giới thiệu")
        try:
            secretary.task("move a live section; old addresses redirect", move_section(*names))
            secretary.task("the same section back", move_section(*names, back=True))
        except Exception as error:
            secretary.page.screenshot(path=f"{tempfile.gettempdir()}/editor-task-move.png")
            print(f"move failed: {str(error)[:400]}")
        browser.close()


if __name__ == "__main__":
    main()
