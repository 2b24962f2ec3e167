"""Following by e-mail: asking, confirming, being told, stopping. Names and texts are fiction."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from legal_docs.following import asking, mailing
from legal_docs.models import Follow, Follower, Relation
from portal.core.page_cache import shelf
from portal.editorial import ledger
from portal.organisations.models import AudienceKind
from tests import factories as make

pytestmark = pytest.mark.django_db
ADDRESS = "mit@example.vn"
LATER = dt.timedelta(hours=25)


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def law(at):
    return make.document(at, live=True)


def form_of(work) -> str:
    return f"{work.identity.url}theo-doi/"


def ask(client, work, email: str = ADDRESS, **fields):
    return client.post(form_of(work), make.sent(email=email, **fields))


def links(body: str) -> dict[str, str]:
    """Addresses of the portal in a mail, by what they are for."""
    found = re.findall(rf"{re.escape(django_settings.PORTAL_URL)}(/theo-doi/\S+)", body)
    return {
        "confirm" if "/xac-nhan/" in url else "stop" if url.endswith("/thoi/") else "list": url
        for url in found
    }


def follow(client, work, email: str = ADDRESS) -> dict[str, str]:
    """From the form to the button; the links of the mail."""
    assert ask(client, work, email).status_code == 302
    assert mailing.send_confirmations() == 1
    found = links(mail.outbox.pop().body)
    assert client.post(found["confirm"]).status_code == 200
    return found


def digests(days: int = 0) -> list[mail.EmailMessage]:
    """What the clock sends on a later day."""
    mail.outbox.clear()
    sent = mailing.send_digests(timezone.now() + days * LATER)
    assert sent == len(mail.outbox)
    return list(mail.outbox)


def changed(work, at, **fields):
    draft = work.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=at.contributor_a, clean=False)
    return make.publish(type(work).objects.get(pk=work.pk), at)


# --- asking -------------------------------------------------------------------------------------


def test_the_page_has_a_small_form_that_only_opens_the_guarded_one(law):
    """Caches keep the page, so its form has no token: what it sends changes nothing."""
    client = Client(enforce_csrf_checks=True)
    page = client.get(f"{law.identity.url}lich-su/")
    body = page.content.decode()
    assert f'action="{form_of(law)}"' in body and "csrfmiddlewaretoken" not in body
    assert "s-maxage" in page["Cache-Control"]
    assert f'href="{form_of(law)}"' in client.get(law.identity.url).content.decode()
    opened = client.post(form_of(law), {"email": f" {ADDRESS} "})
    body = opened.content.decode()
    assert opened.status_code == 200 and f'value="{ADDRESS}"' in body
    assert "no-store" in opened["Cache-Control"] and "csrfmiddlewaretoken" in body
    assert not Follower.objects.exists()
    assert ask(client, law).status_code == 403, "what is kept needs the token"
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', body)[1]
    assert ask(client, law, csrfmiddlewaretoken=token).status_code == 302
    assert Follower.objects.get().email == ADDRESS


def test_the_form_says_what_becomes_of_the_address(client, law, settings):
    settings.FOLLOW_CONFIRM_DAYS = 4
    body = client.get(form_of(law)).content.decode()
    assert "4 ngày" in body and "xóa" in body


@pytest.mark.parametrize(
    "fields",
    [
        {"website": "https://mua-hang.example"},
        {"opened": ""},
        {"opened": "1:bia-ra"},
        {"email": ""},
        {"email": "không phải thư"},
        {"email": f"{'m' * 250}@example.vn"},
        {"email": "mit@example.vn\nBcc: quyt@example.vn"},
    ],
)
def test_programs_and_broken_addresses_are_turned_away(client, law, fields):
    response = ask(client, law, **fields)
    assert response.status_code == 200
    assert not Follower.objects.exists()


@pytest.mark.parametrize("state", ["draft", "units", "withdrawn"])
@pytest.mark.parametrize("reader", ["stranger", "clerk_a"])
def test_only_what_is_public_is_followed(at, client, state, reader):
    """Not even by those who may read it: a mail carries nobody's rights."""
    work = make.document(
        at, live=state != "draft", audience="units" if state == "units" else "public"
    )
    if state == "withdrawn":
        work = make.withdraw(work, at)
    if reader != "stranger":
        client.force_login(getattr(at, reader))
    assert client.get(form_of(work)).status_code in (404, 410)
    assert ask(client, work).status_code in (404, 410)
    assert client.post(form_of(work), {"email": ADDRESS}).status_code in (404, 410)
    assert not Follower.objects.exists()
    body = client.get(f"{work.identity.url}lich-su/").content.decode()
    assert "theo-doi/" not in body


def test_a_directive_is_followed_too(at, client):
    follow(client, make.directive(at, live=True))
    assert Follow.objects.confirmed().count() == 1


def test_the_answer_is_the_same_whatever_is_known_of_the_address(at, client, law, settings):
    settings.FOLLOW_MAILS_PER_ADDRESS = 3
    settings.FOLLOW_MOST_DOCUMENTS = 1
    other = make.document(at, "05/2031/TT-BTN", live=True)
    follow(client, law)

    def answer(work, email):
        sent = ask(client, work, email)
        return sent.status_code, sent.url, client.get(sent.url).content

    new = answer(law, "moi@example.vn")
    assert answer(law, ADDRESS) == new, "it follows that already"
    assert answer(other, ADDRESS.upper()) == new, "it follows as many as it may"
    assert answer(other, ADDRESS) == new, "it was asked for its most in this hour"
    assert Follower.objects.count() == 2


def test_who_follows_already_or_too_many_is_told_so_by_mail(at, client, law, settings):
    settings.FOLLOW_MOST_DOCUMENTS = 1
    other = make.document(at, "05/2031/TT-BTN", live=True)
    follow(client, law)
    ask(client, law)
    ask(client, other)
    mail.outbox.clear()
    assert mailing.send_confirmations() == 2
    for message in mail.outbox:
        assert "confirm" not in links(message.body)
        assert client.get(links(message.body)["list"]).status_code == 200


def test_the_most_holds_at_the_button_too(at, client, law, settings):
    settings.FOLLOW_MOST_DOCUMENTS = 1
    other = make.document(at, "05/2031/TT-BTN", live=True)
    ask(client, law)
    ask(client, other)
    mailing.send_confirmations()
    answers = [client.post(links(one.body)["confirm"]) for one in mail.outbox]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[1].context["full"] and Follow.objects.confirmed().count() == 1


def test_one_address_gets_few_mails_an_hour_from_whomever(client, law, settings):
    settings.FOLLOW_MAILS_PER_ADDRESS = 2
    for number in range(4):
        assert ask(Client(REMOTE_ADDR=f"10.0.0.{number}"), law).status_code == 302
        mailing.send_confirmations()
    assert len(mail.outbox) == 2
    Follower.objects.update(asks_since=timezone.now() - dt.timedelta(hours=1))
    ask(client, law)
    assert mailing.send_confirmations() == 1


def test_one_client_asks_for_few_mails_an_hour(law, settings):
    settings.FOLLOW_MAILS_PER_CLIENT = 2
    client = Client(REMOTE_ADDR="10.0.0.1")
    answers = [ask(client, law, f"mit{number}@example.vn") for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 3600
    assert Follower.objects.count() == 2
    assert ask(Client(REMOTE_ADDR="10.0.0.2"), law).status_code == 302


# --- confirming ---------------------------------------------------------------------------------


def test_a_link_confirms_nothing_a_button_does(client, law):
    ask(client, law)
    mailing.send_confirmations()
    (message,) = mail.outbox
    assert message.to == [ADDRESS] and law.title in message.body
    url = links(message.body)["confirm"]
    page = client.get(url)
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    assert law.title in page.content.decode() and ADDRESS not in page.content.decode()
    assert client.head(url).status_code == 200
    assert not Follow.objects.confirmed().exists(), "mail scanners follow links"
    assert not digests()
    client.post(url)
    client.post(url)
    assert Follow.objects.confirmed().count() == 1


def test_the_button_needs_the_page(law):
    client = Client(enforce_csrf_checks=True)
    asking.ask(law.identity, ADDRESS)
    url = asking.confirming_url(Follow.objects.get())
    assert client.post(url).status_code == 403
    token = re.search(r'value="(\w{64})"', client.get(url).content.decode())[1]
    assert client.post(url, {"csrfmiddlewaretoken": token}).status_code == 200
    assert Follow.objects.confirmed().exists()


def test_a_link_ends_after_its_days_and_none_can_be_made_up(client, law, settings):
    asking.ask(law.identity, ADDRESS)
    one = Follow.objects.get()
    good = asking.confirming_url(one)
    key, moment, mark = good.removesuffix("/").rpartition("/")[2].split(".")
    for token in (f"{one.pk + 1}.{moment}.{mark}", f"{key}.{moment}.{mark[:-1]}x", str(key), "x"):
        assert client.post(reverse("follow-confirm", args=[token])).status_code == 404
    settings.FOLLOW_CONFIRM_DAYS = 0
    assert client.post(good).status_code == 404
    assert not Follow.objects.confirmed().exists()
    settings.FOLLOW_CONFIRM_DAYS = 3
    assert client.post(good).status_code == 200


def test_the_link_of_an_owner_confirms_nothing_and_that_of_a_confirmation_stops_nothing(
    client, law
):
    asking.ask(law.identity, ADDRESS)
    confirm = asking.confirming_url(Follow.objects.get()).split("/")[-2]
    owner = asking.owner_token(Follower.objects.get())
    assert client.post(reverse("follow-confirm", args=[owner])).status_code == 404
    assert client.post(reverse("follow-stop", args=[confirm])).status_code == 404
    assert client.get(reverse("follow-list", args=[confirm])).status_code == 404


def test_what_nobody_confirms_is_deleted_with_the_address(at, client, law, settings):
    follow(client, law)
    ask(client, make.document(at, "05/2031/TT-BTN", live=True))
    ask(client, law, "quyt@example.vn")
    settings.FOLLOW_CONFIRM_DAYS = 3
    now = timezone.now()
    assert asking.forget_unconfirmed(now + dt.timedelta(days=2)) == 0
    assert asking.forget_unconfirmed(now + dt.timedelta(days=4)) == 2
    assert [row.email for row in Follower.objects.all()] == [ADDRESS]
    assert Follow.objects.get().work == law.identity


def test_what_became_internal_before_the_mail_is_not_named(at, client, law):
    ask(client, law)
    changed(law, at, audience=AudienceKind.UNITS, subject="Chuyện kín của hạt mít")
    assert mailing.send_confirmations() == 0
    assert not mail.outbox and not Follow.objects.exists()


def test_what_became_internal_before_the_button_is_not_named(at, client, law):
    asking.ask(law.identity, ADDRESS)
    url = asking.confirming_url(Follow.objects.get())
    work = changed(law, at, audience=AudienceKind.UNITS, number="09/2031/TT-BTN")
    page = client.get(url)
    assert page.status_code == 404 and "09/2031" not in page.content.decode()
    assert work.title not in page.content.decode()


# --- being told ---------------------------------------------------------------------------------


def test_correction_withdrawal_and_return_are_told(at, client, law):
    follow(client, law)
    assert not digests(1), "what stood there before is no news"
    law = changed(law, at, subject="Trích yếu đã đính chính")
    (message,) = digests(1)
    assert message.to == [ADDRESS] and "đính chính" in message.body
    assert f"{django_settings.PORTAL_URL}{law.identity.url}" in message.body
    assert not digests(2), "once"
    law = make.withdraw(law, at)
    (message,) = digests(3)
    assert law.title in message.body
    law = make.publish(law, at)
    (message,) = digests(4)
    assert "đăng lại" in message.subject.lower()


def test_what_happened_between_asking_and_confirming_is_told(at, client, law):
    ask(client, law)
    mailing.send_confirmations()
    changed(law, at, subject="Trích yếu đã đính chính")
    assert not digests()
    mailing.send_confirmations()
    client.post(asking.confirming_url(Follow.objects.get()))
    assert len(digests()) == 1


def test_one_mail_a_day_with_all_that_is_new(at, client, law):
    other = make.document(at, "05/2031/TT-BTN", subject="Về vỏ quýt", live=True)
    follow(client, law)
    follow(client, other)
    follow(client, other, "quyt@example.vn")
    law, other = changed(law, at, subject="Một"), changed(other, at, subject="Hai")
    first, second = sorted(digests(), key=lambda one: one.to)
    assert first.to == [ADDRESS] and law.title in first.body and other.title in first.body
    assert second.to == ["quyt@example.vn"] and law.title not in second.body
    law = changed(law, at, subject="Ba")
    law = changed(law, at, subject="Bốn")
    assert not digests(), "not twice in a day"
    (message,) = digests(1)
    assert message.body.count(f": {law.title}") == 2, "and nothing is lost"


def test_a_new_act_on_it_is_told_once_it_is_public(at, client, law):
    follow(client, law)
    newer = make.document(at, "05/2031/TT-BTN", audience=AudienceKind.UNITS)
    make.relate(newer, "sua_doi_bo_sung", law, effective=dt.date(2031, 5, 1))
    newer = make.publish(newer, at)
    assert not digests(1)
    newer = changed(newer, at, audience=AudienceKind.PUBLIC)
    (message,) = digests(2)
    assert "05/2031/TT-BTN" in message.body and law.title in message.body
    assert f"{django_settings.PORTAL_URL}{newer.identity.url}" in message.body
    changed(newer, at, subject="Sửa một chữ")
    assert not digests(3), "a correction of it is no new act"


def test_a_relation_added_later_is_a_new_act(at, client, law):
    newer = make.document(at, "05/2031/TT-BTN", live=True)
    follow(client, law)
    make.relate(newer, "bai_bo", law, whole=True)
    changed(newer, at, subject="Có thêm quan hệ")
    (message,) = digests(1)
    assert newer.title in message.body
    follow(client, newer)
    assert not digests(2), "he who acts is not acted on"


def test_a_relation_that_the_followed_document_states_is_told(at, client, law):
    newer = make.document(at, "05/2031/TT-BTN", live=True)
    follow(client, law)
    Relation(
        source=newer.identity, target=law.identity, kind="sua_doi_bo_sung", stated_by=law.identity
    ).save()
    changed(law, at, subject="Ghi thêm văn bản sửa đổi")
    (message,) = digests(1)
    assert f"{django_settings.PORTAL_URL}{newer.identity.url}" in message.body


def test_what_acted_while_the_document_was_down_is_told_on_its_return(at, client, law):
    older = make.document(at, "04/2031/TT-BTN")
    make.relate(older, "sua_doi_bo_sung", law)
    make.publish(older, at)
    follow(client, law)
    law = make.withdraw(law, at)
    assert len(digests(1)) == 1
    newer = make.document(at, "05/2031/TT-BTN")
    make.relate(newer, "sua_doi_bo_sung", law)
    make.publish(newer, at)
    assert not digests(2), "nothing of what is down"
    make.publish(law, at)
    (message,) = digests(3)
    assert "05/2031/TT-BTN" in message.body and "04/2031/TT-BTN" not in message.body


def test_a_digest_stays_short(at, client, law, monkeypatch):
    monkeypatch.setattr(mailing, "MOST_LINES", 2)
    follow(client, law)
    for number in range(3):
        law = changed(law, at, subject=f"Lần {number}")
    (message,) = digests()
    assert message.body.count(f": {law.title}") == 2 and "1 tin cũ hơn" in message.body


SECRET = "Chuyện kín của hạt mít"


@pytest.mark.parametrize("how", ["followed", "acting"])
def test_what_became_internal_before_the_mail_is_not_told(at, client, law, how):
    """The event was public when it happened; what counts is who may read when the mail goes."""
    follow(client, law)
    newer = make.document(at, "05/2031/TT-BTN", subject=SECRET)
    make.relate(newer, "sua_doi_bo_sung", law)
    newer = make.publish(newer, at)
    if how == "followed":
        law = changed(law, at, subject=SECRET)
    hidden = changed(law if how == "followed" else newer, at, audience=AudienceKind.UNITS)
    assert not digests(1)
    changed(hidden, at, audience=AudienceKind.PUBLIC, subject="Đã mở")
    (message,) = digests(2)
    assert hidden.title in message.body, "it comes back, and followers learn of it"
    if how == "acting":
        assert SECRET not in message.body


def test_the_list_names_nothing_that_became_internal(at, client, law):
    token = follow(client, law)
    changed(law, at, audience=AudienceKind.UNITS, number="09/2031/TT-BTN", subject=SECRET)
    body = client.get(token["list"]).content.decode()
    assert "2031/TT-BTN" not in body and SECRET not in body
    client.post(token["list"], {"stop": law.identity_id})
    assert not Follower.objects.exists()


def test_what_is_taken_back_while_mails_go_out_is_not_told_to_the_next(at, client, law):
    for name in ("mot", "hai"):
        follow(client, law, f"{name}@example.vn")
    law = changed(law, at, subject="Trích yếu mới")
    until = ledger.newest_number()
    book = mailing._Book(until, {law.identity_id})
    first, second = Follower.objects.order_by("pk")
    assert book.of(first)
    changed(law, at, audience=AudienceKind.UNITS)
    assert not book.of(second)


# --- mails that arrive, and that don't ------------------------------------------------------------


def test_every_mail_can_be_stopped_with_one_click(at, client, law):
    follow(client, law)
    changed(law, at, subject="Một")
    mailing.send_digests()
    ask(client, make.document(at, "05/2031/TT-BTN", live=True))
    mailing.send_confirmations()
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        sent = message.message()
        url = links(message.body)["stop"]
        assert sent["List-Unsubscribe"] == f"<{django_settings.PORTAL_URL}{url}>"
        assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert sent["Auto-Submitted"] == "auto-generated"
        assert ADDRESS not in url and "mit" not in url
    program = Client(enforce_csrf_checks=True)
    assert program.get(url).status_code == 200
    assert Follower.objects.count() == 1, "links delete nothing"
    answer = program.post(url, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200, "RFC 8058 allows no redirect"
    assert not Follower.objects.exists() and not Follow.objects.exists()
    assert program.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert program.get(url.removesuffix("thoi/")).status_code == 200
    changed(type(law).objects.get(pk=law.pk), at, subject="Hai")
    assert not digests(1)


def test_the_owner_sees_what_he_follows_and_stops_one(at, client, law):
    other = make.document(at, "05/2031/TT-BTN", live=True)
    follow(client, law)
    url = follow(client, other)["list"]
    follow(client, other, "quyt@example.vn")
    page = client.get(url)
    body = page.content.decode()
    assert law.title in body and other.title in body and ADDRESS not in body
    assert "no-store" in page["Cache-Control"] and "noindex" in body
    for broken in ("", "x", "-1", "9" * 30, "²"):
        assert client.post(url, {"stop": broken}).status_code == 302
    assert Follow.objects.count() == 3
    client.post(url, {"stop": law.identity_id})
    assert law.title not in client.get(url).content.decode()
    client.post(url, {"stop": other.identity_id})
    assert [row.email for row in Follower.objects.all()] == ["quyt@example.vn"]


@pytest.mark.django_db(transaction=True)
def test_tick_sends_and_forgets(client, settings):
    at = make.house()
    law = make.document(at, live=True)
    ask(client, law)
    ask(client, law, "quyt@example.vn")
    call_command("tick")
    assert len(mail.outbox) == 2
    first = next(one for one in mail.outbox if one.to == [ADDRESS])
    client.post(links(first.body)["confirm"])
    changed(law, at, subject="Một")
    Follow.objects.unconfirmed().update(asked_at=timezone.now() - dt.timedelta(days=4))
    (settings.VAR_DIR / "tick.json").unlink()
    call_command("tick")
    assert [one.to for one in mail.outbox[2:]] == [[ADDRESS]]
    assert [row.email for row in Follower.objects.all()] == [ADDRESS]


REFUSING = "tests.legal_docs.test_following_by_mail.Refusing"


class Refusing:
    """A mail server that names the address in what it says."""

    def __init__(self, *args, **kwargs) -> None:
        pass

    def send_messages(self, messages) -> int:
        raise OSError(f"550 {messages[0].to[0]} unknown")


def test_a_dead_server_loses_nothing_and_its_words_are_not_kept(at, client, law, settings, caplog):
    follow(client, law)
    changed(law, at, subject="Một")
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = REFUSING
    assert not digests()
    ask(client, make.document(at, "05/2031/TT-BTN", live=True))
    mailing.send_confirmations()
    follower, waiting = Follower.objects.get(), Follow.objects.unconfirmed().get()
    assert follower.tries == waiting.tries == 1 and follower.error and waiting.error
    assert ADDRESS not in follower.error + waiting.error + caplog.text
    settings.EMAIL_BACKEND = working
    assert not digests(), "it is put off for a while"
    (message,) = digests(1)
    assert law.title in message.body
    follower.refresh_from_db()
    assert follower.error == "" and follower.sent_at


def test_who_stops_while_his_mail_goes_stays_deleted(at, client, law, settings):
    follow(client, law)
    changed(law, at, subject="Một")
    settings.EMAIL_BACKEND = "tests.legal_docs.test_following_by_mail.Stopping"
    mailing.send_digests()
    assert not Follower.objects.exists() and not Follow.objects.exists()


class Stopping(Refusing):
    """The reader is quicker than the server."""

    def send_messages(self, messages) -> int:
        Follower.objects.all().delete()
        return len(messages)


class Killing:
    """A mail server in a process that is killed as soon as the mail is out."""

    def __init__(self, *args, **kwargs) -> None:
        pass

    def send_messages(self, messages) -> int:
        with (django_settings.VAR_DIR / "sent").open("a") as stream:
            stream.write(messages[0].body)
        os.kill(os.getpid(), signal.SIGKILL)
        return 1


@pytest.mark.django_db(transaction=True)
def test_killed_between_sending_and_noting_repeats_one_mail_and_loses_none(client, settings):
    at = make.house()
    law = make.document(at, live=True)
    for name in ("mot", "hai"):
        follow(client, law, f"{name}@example.vn")
    changed(law, at, subject="Một")
    settings.EMAIL_BACKEND = "tests.legal_docs.test_following_by_mail.Killing"
    connections.close_all()
    child = os.fork()
    if child == 0:
        mailing.send_digests()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    assert law.title in (settings.VAR_DIR / "sent").read_text()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sorted(one.to[0] for one in digests()) == ["hai@example.vn", "mot@example.vn"]
    assert not digests() and not digests(2)


# --- what it costs, and who learns how many -------------------------------------------------------


def cost(client, url: str) -> int:
    """Queries of a page that is not kept yet."""
    client.get(url)  # content types and the like are read once for a process
    shelf.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_page_of_a_document_asks_nothing_more(client, law):
    """As many queries as before there was a form, whoever follows."""
    pages = {"": 5, "lich-su/": 7}
    assert {tab: cost(client, f"{law.identity.url}{tab}") for tab in pages} == pages
    for number in range(3):
        follow(client, law, f"mit{number}@example.vn")
    assert {tab: cost(client, f"{law.identity.url}{tab}") for tab in pages} == pages


def test_news_of_one_document_are_read_once_for_all_its_followers(at, client, law):
    def count() -> int:
        nonlocal law
        law = changed(law, at, subject=f"Lần {timezone.now()}")
        with CaptureQueriesContext(connection) as captured:
            mailing.send_digests(timezone.now() + LATER)
        Follower.objects.update(sent_at=None)
        return len(captured)

    follow(client, law, "mit@example.vn")
    few = count()
    for number in range(5):
        follow(client, law, f"mit{number}@example.vn")
    assert count() - few <= 5 * 8


def test_editors_see_how_many_follow_and_no_address(at, client, law):
    follow(client, law)
    ask(client, law, "quyt@example.vn")
    client.force_login(at.clerk_a)
    url = reverse("wagtailsnippets_legal_docs_legaldocument:parts", args=[law.pk])
    body = client.get(url).content.decode()
    assert "1 bạn đọc" in body and "@example.vn" not in body
