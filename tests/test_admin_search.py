"""Every search box of the admin finds accented rows by plain words, and takes any sign."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, GroupCollectionPermission

from legal_docs.models import Field, Signer
from portal.organisations.models import AgencyIdentifier, OrganisationName, User
from portal.pages.models import Picture
from search.models import WordPair
from tests.factories.people import PASSWORD, House, house, person
from tests.factories.works import directive, document

SIGNS = ['"', "'", "\\", "%", "_", "*", "(", '"quyết', "'; --", "đất:", "\u200b", "🌳"]


def _picture(title: str) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(stream, "PNG")
    file = ContentFile(stream.getvalue(), name="anh.png")
    Picture.objects.create(title=title, audience="public", file=file)


def _may_use_pictures(user: User) -> None:
    """Wagtail asks for pictures by collection and group, beside what a role brings."""
    group = Group.objects.create(name="Ảnh")
    for code in ("add_image", "change_image", "choose_image"):
        GroupCollectionPermission.objects.create(
            group=group,
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(codename=code),
        )
    user.groups.add(group)


def _filled() -> House:
    home = house()
    _may_use_pictures(home.clerk_a)
    document(home, "11/2031/TT-BTN", subject="Quy định về phơi mít ướt")
    document(home, "12/2031/TT-BTN", subject="Chế độ trực đêm")
    directive(home, "13/CT-BTN", subject="Về việc đắp đập")
    directive(home, "14/CT-BTN", subject="Về việc quét sân")
    for title in ("Cổng trời", "Vườn ươm"):
        _picture(title)
    person("nguoi-1", first_name="Đặng Thị", last_name="Hoà")
    person("nguoi-2", first_name="Trần Văn", last_name="Bưởi")
    Signer.objects.create(name="Lê Thị Mướp")
    Signer.objects.create(name="Phạm Văn Bí")
    Field.objects.create(name="Thủy lợi", slug="thuy-loi")
    Field.objects.create(name="Đê điều", slug="de-dieu")
    OrganisationName.objects.create(organisation=home.a, name="Ty Hạt Mít Ướt", use="old")
    OrganisationName.objects.create(organisation=home.b, name="Ty Vỏ Quýt", use="old")
    AgencyIdentifier.objects.create(organisation=home.b, code="H02.03", scheme="x")
    AgencyIdentifier.objects.create(organisation=home.a, code="H01.02", scheme="x")
    WordPair.objects.create(typed="xe ôm", meant="mô tô chở khách")
    WordPair.objects.create(typed="máy cày", meant="máy kéo")
    return home


BOXES = [
    ("wagtailsnippets_legal_docs_legaldocument:list", "clerk_a", "phoi mit", "mít ướt", "trực đêm"),
    ("wagtailsnippets_directives_directive:list", "clerk_a", "dap dap", "đắp đập", "quét sân"),
    ("wagtailimages:index", "clerk_a", "cong troi", "Cổng trời", "Vườn ươm"),
    ("wagtailimages_chooser:choose_results", "clerk_a", "vuon u", "Vườn ươm", "Cổng trời"),
    ("wagtailusers_users:index", "administrator", "dang hoa", "Hoà", "Bưởi"),
    ("organisations_organisation_modeladmin_index", "administrator", "so vo", "Vỏ Quýt", "Hạt Mít"),
    (
        "organisations_organisationname_modeladmin_index",
        "administrator",
        "ty uot",
        "Mít Ướt",
        "Ty Vỏ",
    ),
    ("organisations_agencyidentifier_modeladmin_index", "administrator", "h01", "H01.02", "H02"),
    ("legal_docs_signer_modeladmin_index", "administrator", "thi muop", "Thị Mướp", "Văn Bí"),
    ("legal_docs_field_modeladmin_index", "administrator", "thuy", "Thủy lợi", "Đê điều"),
    ("search_wordpair_modeladmin_index", "superuser", "xe om", "xe ôm", "máy cày"),
    ("legal_docs_documenttype_modeladmin_index", "administrator", "thong", "Thông tư", "Chỉ thị"),
]


@pytest.mark.parametrize(
    ("view", "who", "typed", "found", "other"), BOXES, ids=[box[0] for box in BOXES]
)
def test_a_search_box(db, client, view, who, typed, found, other):
    home = _filled()
    client.login(username=getattr(home, who).username, password=PASSWORD)
    page = client.get(reverse(view), {"q": typed})
    assert page.status_code == 200
    text = page.content.decode()
    rows = text[max(text.find("<main"), 0) :]
    assert found in rows
    assert other not in rows
    for sign in SIGNS:
        assert client.get(reverse(view), {"q": sign}).status_code == 200, sign
