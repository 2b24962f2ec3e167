"""Every address of the portal, as every role, at rows of unit B.

The walk comes from the resolver: an address that no line of ``EXPECTED`` knows fails the test.
Whatever a role may open, nothing that unit B keeps to itself is shown to others or changed.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.base import ContentFile
from django.urls import NoReverseMatch, get_resolver, reverse

from directives.models import Directive
from legal_docs.models import (
    Expression,
    IntakeFile,
    LegalDocument,
    Manifestation,
    Relation,
    WorkIdentity,
)
from portal.editorial.models import Approval, Mandate, PublicationRecord
from portal.pages.models import PortalPage
from tests import factories as make

pytestmark = pytest.mark.django_db

ROLES = (
    "stranger",
    "member_a",
    "clerk_a",
    "head_a",
    "lawyer_a",
    "auditor",
    "administrator",
    "superuser",
    "clerk_b",
)
EDITORS = {"clerk_a", "head_a", "clerk_b"}
ADMINS = {"administrator", "superuser"}
READERS = EDITORS | {"lawyer_a"}
STAFF = READERS | ADMINS | {"auditor"}
EVERYBODY = set(ROLES)
OWN = {"clerk_b"}
NOBODY: set[str] = set()

#: (name of the address, who may get an answer with content). The first line that fits counts.
EXPECTED = (
    (r"account_(login|signup|inactive|reset_password(_\w+)?)", EVERYBODY),
    (r"(account|mfa)_reauthenticate|account_change_password", EVERYBODY),  # it asks to sign in
    (r"mfa_\w+|usersessions_list|account_logout", EVERYBODY),  # of one's own account
    (r"(home|login|logout|health|robots|search|set_language|citation)", EVERYBODY),
    (r"(fields|field|organisations|organisation)", EVERYBODY),
    (r"(work|directive)-(browse|issuer)", EVERYBODY),
    (r"ledger(-\w+)?|verify(-answer)?", EVERYBODY),
    (r"search-(suggest|guide|csv|atom|rss|click)|api(-\w+)?", EVERYBODY),
    (r"(legal|directive)-find|search-why", NOBODY),  # of rows of unit B
    (
        r"(work|directive)(-tab|-provision|-file|-version|-feed|-follow)?",
        NOBODY,
    ),  # the rows of unit B are drafts
    (r"follow-taken", EVERYBODY),
    (r"follow-(confirm|list|stop)", NOBODY),  # with a link that nobody signed
    (r"file|page-feed|wagtail_serve|security-txt", NOBODY),  # drafts; no address is named
    (r"site-map(-\w+)?|colours|choose-language", EVERYBODY),
    (r"public-form(-taken)?|page-calendar", NOBODY),  # of a page that has no form
    (r"questions", READERS | {"auditor"}),
    (r"form_pages", EDITORS),
    (r"form_submissions", NOBODY),  # there is none
    (r"comments", READERS | {"auditor"}),
    (r"comment", NOBODY),  # there is none
    (r"question", NOBODY),  # there is none
    (r"section_duties", STAFF - {"superuser"}),
    (r"section_duty(_new)?", {"head_a", "administrator"}),
    (r"numbers", EVERYBODY),
    (r"beacon", NOBODY),  # of something that no page named
    (r"unused_files", EDITORS),
    (r"draft", NOBODY),  # of a link that is not there
    (r"share", OWN),
    (r"broken_links", READERS | {"auditor"}),
    (r"named|pasted", NOBODY),  # they are asked by POST
    (r"translate_page", NOBODY),  # into no language
    (r"news", NOBODY),  # there is none; it leads to their list
    (r"take_along|page_copies", OWN),
    (r"bring_pages", EDITORS),
    (r"usage", STAFF - {"superuser"}),
    (r"style-guide", EVERYBODY - {"stranger", "superuser"}),
    (r"intake(_upload)?", EDITORS),
    (r"intake_(check|original)", OWN),
    (r"mandate_propose", EDITORS),
    (r"mandates", READERS),
    (r"roles", {"head_a", "auditor", "administrator"}),
    (r"person", {"clerk_b", "auditor"}),  # somebody of unit B
    (r"delegations|my_work|notices", STAFF),
    (r"review", {"clerk_b", "auditor"}),
    (r"review_text", {"clerk_b", "auditor"}),
    (r"review_file", NOBODY),  # no file has this checksum
    (r"review_several", NOBODY),  # of turns that wait for unit B
    (r"submit|redact", OWN),
    (r"recall|take_down", NOBODY),  # the rows of unit B are drafts
    (r"routes", {"head_a", "auditor", "administrator"}),
    (r"route(_new)?|check_settings", {"administrator"}),
    (r"rules|rule_log", {"auditor", "administrator"}),
    (r"rule_new", {"administrator"}),
    (r"rule|rule_dry_run", NOBODY),  # there is none
    (r"log", {"auditor"}),
    (r"error_reports", READERS | {"auditor"}),
    (r"error_report", NOBODY),  # there is none
    (r"review_statistics", {"head_a", "auditor"}),
    (r"report", NOBODY),  # the rows of unit B are drafts
    (r"report_taken", EVERYBODY),
    (r"work_calendar", NOBODY),
    (r"mandate", OWN),
    (r"wagtailsnippets_\w+:(list|list_results|add)", EDITORS),
    (r"wagtailsnippets_\w+:(un)?publish", NOBODY),
    (r"wagtailsnippets_\w+", OWN),
    (r"wagtailsnippetchoosers_\w+:(choose|choose_results|create)", STAFF),  # empty for others
    (r"wagtailsnippetchoosers_\w+", OWN),
    (r"search_report(_table)?", STAFF),
    (r"search_report_accept", NOBODY),  # it only takes, and sends back
    (r"search_(answeredquestion|promotion)_modeladmin_(index|create|edit)", STAFF),
    (r"search_wordpair_modeladmin_(index|create)", STAFF),
    (r"\w+_modeladmin_history", STAFF),
    (r"\w+_modeladmin_\w+", ADMINS),
    (r"wagtailusers_users", ADMINS),
    (r"wagtailusers_groups", {"superuser"}),
    (r"wagtail(sites|adminsites)", {"superuser"}),
    (r"wagtailadmin_workflows:task_cho\w+", STAFF),
    (r"wagtailadmin_(collections|workflows)", {"superuser"} | EDITORS),
    (r"wagtail(images|docs)_chooser", STAFF),  # empty for others
    (r"wagtail(images|docs)", EDITORS),
    (r"wagtailredirects", ADMINS | {"head_a"}),
    (r"wagtailsettings", ADMINS),
    (r"wagtail_modeladmin|wagtailadmin_(javascript_catalog|sprite)", EVERYBODY),
    (r"wagtailadmin_(login|logout|password_reset\w*|error_test)", EVERYBODY),
    (r"wagtailadmin_reports", NOBODY),
    (r"wagtail_bulk_action", STAFF),  # it lists what one may not touch as “no access”
    (r"wagtailsnippets", STAFF),
    (r"wagtailadmin\w*", STAFF),
)
#: Nameless ones: the second sign-in that redirects, and Wagtail's own 404 pages.
NAMELESS = {
    "admin/login/",
    "_util/login/",
    "django-admin/login/",
    "admin/test404/",
    "admin/^.*/$",
}
SECRET = "vỏ quýt phơi khô"


def walk(patterns=None, prefix="", spaces=()):
    """(name, pattern) of every address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from walk(pattern.url_patterns, route, inner)
        elif pattern.name:
            yield ":".join((*spaces, pattern.name)), route
        else:
            assert route in NAMELESS, f"{route} has no name and no expectation"


def allowed(name: str) -> set[str]:
    for expression, who in EXPECTED:
        if re.fullmatch(expression, name) or re.match(rf"(?:{expression}):", name):
            return who
    raise AssertionError(f"“{name}” is a new address: say in EXPECTED who may open it")


def test_every_address_has_an_expectation():
    names = [name for name, _route in walk()]
    assert len(names) > 200
    for name in names:
        allowed(name)


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def rows(at):
    """Rows of unit B that only unit B may know of."""
    document = make.document(at, "70/2031/TT-BTN", subject=f"Về {SECRET}", owner=at.b)
    directive = make.directive(at, "71/CT-BTN", subject=f"Về {SECRET}", owner=at.b)
    other = make.document(at, "72/2031/TT-BTN", subject="Về cơm nguội", owner=at.b)
    for work in (document, directive):
        make.attach_file(work, f"{SECRET}.pdf")
        make.relate(work, "can_cu", other)
    intake = IntakeFile(
        unit=at.b,
        uploaded_by=at.clerk_b,
        name=f"{SECRET}.txt",
        size=3,
        sha256="0" * 64,
        state="loi",
    )
    intake.file.save("moi.txt", ContentFile(b"abc"), save=True)
    mandate = Mandate.objects.create(
        title=f"Về {SECRET}",
        source="hư cấu",
        authority="hư cấu",
        folder="/",
        owner=at.b,
        valid_until=dt.date(2100, 1, 1),
        proposed_by=at.clerk_b,
    )
    return {
        "mandate": mandate,
        "legal_docs": document,
        "directives": directive,
        "intake": intake,
        "page": make.page(at, f"Trang {SECRET}", unit=at.b),
        "field": document.fields.model.objects.create(name="Nông sản thử"),
    }


def address(name: str, route: str, at, rows) -> str | None:
    """The address with rows of unit B in it; None when Wagtail has no such row here."""
    work = rows["directives" if "directive" in name else "legal_docs"]
    keys = set(re.findall(r"<(?:\w+:)?(\w+)>", route)) | set(re.findall(r"\?P<(\w+)>", route))
    issuer, number = work.identity.path.split("/")[1:]
    slug = rows["field"].slug if name == "field" else at.issuer.slug
    values = {
        "issuer": issuer, "number": number, "tab": "thuoc-tinh", "eid": "dieu-1", "slug": slug,
        "name": work.identity.manifestations.get().file.name, "revision_id": work.latest_revision_id,
        "revision_id_a": work.latest_revision_id, "revision_id_b": "latest",
        "app_label": work._meta.app_label, "model_name": work._meta.model_name, "action": "delete",
        "app_name": "taggit", "object_id": work.pk, "session_id": 1, "instance_pk": at.b.pk,
        "content_type_app_name": "wagtailcore", "content_type_model_name": "page",
        "filter_spec": "original", "action_name": "approve", "uidb64": "MQ", "token": "a-b",
        "label": work._meta.label_lower, "sha256": "0" * 64, "code": "van-ban",
    }  # fmt: skip
    if name.startswith("wagtailadmin_tag_model"):
        values |= {"model_name": "tag"}
    pk = rows["intake"].pk if name.startswith("intake") else work.pk
    if name == "mandate":
        pk = rows["mandate"].pk
    if name == "site-map":
        values["number"] = 1
    if name.endswith("-file"):
        pk = work.identity.manifestations.get().pk
    if "users" in name or name == "person":
        pk = at.clerk_b.pk
    values["pk"] = pk
    if name in {"page-feed", "wagtail_serve"}:
        return rows["page"].address + ("atom.xml" if name == "page-feed" else "")
    if name == "page-calendar":
        return rows["page"].address + "lich.ics"
    if name.startswith("public-form"):
        return rows["page"].address + ("gui/da-nhan/" if name.endswith("taken") else "gui/")
    fixed = {key: values.get(key, rows["page"].pk) for key in keys}
    try:
        url = reverse(name, kwargs=fixed)
    except NoReverseMatch as error:
        raise AssertionError(f"no address for {name} {fixed}") from error
    if "modeladmin" in name:
        return url
    work_asked = f"&work={work.identity_id}" if name == "intake_upload" else ""
    return f"{url}?id={work.pk}&q={SECRET[:2]}{work_asked}"


PAGE_FIELDS = ("title", "slug", "live", "locked", "unit_id", "latest_revision_id", "audience")


def state() -> list:
    """All that unit B's rows are, to be compared before and after."""
    names = ("subject", "number", "live", "locked", "owner_id", "latest_revision_id")
    return [
        list(LegalDocument.objects.order_by("pk").values_list("pk", *names)),
        list(Directive.objects.order_by("pk").values_list("pk", *names)),
        list(PortalPage.objects.order_by("pk").values_list("pk", "path", *PAGE_FIELDS)),
        *(
            list(model.objects.order_by("pk").values())
            for model in (
                WorkIdentity, Expression, Manifestation, Relation, IntakeFile, PublicationRecord,
                Approval, Mandate,
            )
        ),
    ]  # fmt: skip


def enter(client, at, role: str):
    client.logout()
    if role != "stranger":
        client.force_login(getattr(at, role))
    client.raise_request_exception = False


#: Letters as JSON writes them.
_escaped = re.compile(r"\\u([0-9a-f]{4})")


def body_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    text = content.decode(errors="replace")
    return _escaped.sub(lambda sign: chr(int(sign[1], 16)), text)


#: Wagtail's own: it fails on purpose, or on a request that its pages never make.
ON_PURPOSE = {
    "wagtailadmin_error_test",
    "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_pages:set_page_position",
    "wagtailadmin_pages:lock",
    "wagtailadmin_pages:unlock",
    "wagtailsnippetchoosers_legal_docs_legaldocument:create",
    "wagtailsnippetchoosers_directives_directive:create",
    "organisations_organisation_modeladmin_delete",
    "wagtailredirects:process_import",
}


@pytest.mark.parametrize("role", ROLES)
def test_reading_as(role, at, rows, client):
    enter(client, at, role)
    wrong, opened = [], set()
    for name, route in walk():
        if name in ON_PURPOSE or name.endswith("logout"):
            continue
        url = address(name, route, at, rows)
        response = client.get(url)
        assert role == "stranger" or "_auth_user_id" in client.session, f"{name} signed us out"
        if response.status_code >= 500:
            wrong.append(f"{name}: {response.status_code} {url}")
        if response.status_code == 200:
            opened.add(name)
            if role not in allowed(name):
                wrong.append(f"{name} opens at {url}")
            reads_all = role == "auditor" and name in {"review", "review_text", "log"}
            if role != "clerk_b" and not reads_all and SECRET in body_of(response):
                wrong.append(f"{name} tells of unit B")
    assert not wrong, "\n".join(wrong)
    if role == "clerk_b":  # the walk meets real rows: their own unit opens them
        snippets = "wagtailsnippets_legal_docs_legaldocument:"
        assert {f"{snippets}{view}" for view in ("edit", "history", "inspect", "parts")} <= opened
        assert {"intake_check", "intake_original"} <= opened


POSTS = {
    "": "1",
    "seen": "0" * 64,
    "reason": "Phá",
    "drop": "1",
    "subject": "Bị sửa",
    "action-publish": "1",
}


@pytest.mark.parametrize("role", [role for role in ROLES if role != "clerk_b"])
def test_writing_as(role, at, rows, client):
    """A POST to every address of the admin changes nothing of unit B and breaks nothing."""
    enter(client, at, role)
    before, wrong = state(), []
    drop = Relation.objects.filter(stated_by=rows["legal_docs"].identity).get().pk
    for name, route in walk():
        url = address(name, route, at, rows)
        if not url.startswith("/admin/") or name in ON_PURPOSE or name.endswith("logout"):
            continue
        if name.startswith("wagtailusers") and role in ADMINS:
            continue  # people are what these two are for
        response = client.post(url, POSTS | {"drop": drop})
        if response.status_code >= 500:
            wrong.append(f"{name}: {response.status_code} {url}")
        if state() != before:
            pytest.fail(f"{name} changed rows of unit B at {url}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ["member_a", "clerk_a", "administrator", "auditor", "superuser"])
def test_the_review_page_decides_for_no_one_without_the_step(role, at, client):
    from portal.editorial.workflow import reviewing

    work = make.document(at)
    reviewing.submit(work, at.contributor_a)
    enter(client, at, role)
    url = reverse("review", args=["legal_docs.legaldocument", work.pk])
    seen = work.get_latest_revision_as_object().approval_hash()
    client.post(url, {"pass": "1", "seen": seen})
    assert reviewing.turn_of(work).step == "kiem_tra"


@pytest.mark.parametrize("drop", ["", "x", "-1", "999999", "1; DROP TABLE"])
def test_a_broken_number_in_a_form_breaks_nothing(at, client, drop):
    work = make.document(at)
    enter(client, at, "clerk_a")
    url = reverse("wagtailsnippets_legal_docs_legaldocument:parts", args=[work.pk])
    assert client.post(url, {"drop": drop}).status_code in (302, 404)


def test_a_file_for_another_units_work_is_not_taken_over(at, client):
    """Somebody over both units may put a file of A in for a work of B; a clerk of A may not act."""
    work = make.document(at, owner=at.b)
    row = IntakeFile(
        unit=at.a, uploaded_by=at.clerk_b, name="moi.txt", size=30, sha256="1" * 64,
        state="da-doc", work=work.identity,
    )  # fmt: skip
    row.file.save("moi.txt", ContentFile("Điều 1. Khác\nChữ của đơn vị A.".encode()), save=True)
    before = state()
    enter(client, at, "clerk_a")
    response = client.post(reverse("intake_check", args=[row.pk]), {"x": "1"})
    assert response.status_code < 500
    assert state() == before


def test_an_administrator_gives_himself_no_role(at, client):
    """He keeps the register of roles; a role of his own is given by another administrator."""
    enter(client, at, "administrator")
    form = {"give": "1", "unit": at.a.pk, "role": "lanh-dao-don-vi"}
    client.post(reverse("roles"), form | {"user": at.administrator.pk})
    assert not at.administrator.memberships.filter(role="lanh-dao-don-vi").exists()
    client.post(reverse("roles"), form | {"user": at.member_b.pk})
    assert at.member_b.memberships.filter(role="lanh-dao-don-vi").exists(), "the form works"
