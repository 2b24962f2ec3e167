"""Citations become links that say their target in words of the law; places of units stay right."""

import re

from legal_docs.linking import linked
from legal_docs.structure import blocks_from_text, parse, render

TEXT = """Điều 1. Phạm vi
Theo Nghị định số 12/2031/NĐ-CP và khoản 2 Điều 2 Thông tư số 7/2031/TT-BVH.
Điều 2. Áp dụng
1. Thực hiện khoản 2 Điều này.
2. Thực hiện Điều 1 Thông tư số 9/2031/TT-BVH.
"""


def links(own_number: str = "") -> list[str]:
    html = linked(render(parse(blocks_from_text(TEXT))), own_number).html
    return re.findall(r'<a class="citation" href="([^"]+)"', html)


def test_a_number_and_a_provision_are_said():
    assert "/dan-chieu/?so=12%2F2031%2FN%C4%90-CP" in links()
    assert "/dan-chieu/?so=7%2F2031%2FTT-BVH&amp;dieu=dieu-2.khoan-2" in links()


def test_this_article_leads_inside_the_page():
    assert "#dieu-2.khoan-2" in links()


def test_a_text_does_not_link_to_itself():
    assert "#dieu-1" in links("9/2031/TT-BVH")
    assert not any("so=9" in link for link in links("9/2031/TT-BVH"))


def test_every_unit_keeps_its_place():
    text = linked(render(parse(blocks_from_text(TEXT))))
    for section in text.sections:
        assert f'id="{section.eid}"' in text.html[section.start : section.end]
