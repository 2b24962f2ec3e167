"""Rules over content: what they notice, what they do, and what they never do. All is fiction."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Revision

from portal.editorial import publishing
from portal.editorial.models import (
    ContentRule,
    Delivery,
    Event,
    Notification,
    PublicationRecord,
    ReviewState,
    RuleAction,
    RuleRun,
)
from portal.editorial.rules import conditions, delivering, doing, keeping, webhooks
from portal.editorial.states import State, Step
from portal.editorial.workflow import deadlines, reviewing
from portal.organisations.models import AuditEntry
from tests import factories as make
from tests.editorial.test_review import fresh, walk

Kind = RuleAction.Kind
database = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def later(django_capture_on_commit_callbacks):
    """What happens inside is committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def ruled(at, event, *actions, **fields) -> ContentRule:
    defaults = {"name": f"Quy tắc {event}", "trial": False}
    rule = ContentRule(event=event, **defaults | fields)
    rows = [{"kind": kind, "target": target} for kind, target in actions]
    return keeping.save(at.administrator, rule, rows)


TELL = (Kind.PEOPLE, "phap-che")
MAIL = (Kind.MAIL, "so@example.vn")

# --- conditions -----------------------------------------------------------------------------------


def condition(field, op, value):
    return {"field": field, "op": op, "value": value}


@pytest.mark.parametrize(
    ("one", "facts", "met"),
    [
        (condition("subject", "has", "dat dai"), {"subject": "Luật ĐẤT đai sửa đổi"}, True),
        (condition("subject", "has", "đất đ"), {"subject": "Luật Đất đai"}, False),
        (condition("subject", "has_not", "đất đai"), {"subject": "Luật Đất đai"}, False),
        (condition("subject", "has_not", "rừng"), {"subject": "Luật Đất đai"}, True),
        (condition("urgency", "is", "hoa-toc"), {"urgency": "hoa-toc"}, True),
        (condition("urgency", "is_not", "hoa-toc"), {}, False),
        (condition("remark", "is", "co"), {"remark": "khong"}, False),
        (condition("subject", "is", "x"), {"subject": "x"}, False),
        (condition("subject", "has", " – "), {"subject": "x"}, False),
        (condition("tuổi", "is", "x"), {"tuổi": "x"}, False),
        ({}, {"subject": "x"}, False),
    ],
)
def test_a_condition(one, facts, met):
    assert conditions.holds(one, facts) is met


texts = st.text(max_size=40)


@given(st.sampled_from(sorted(conditions.VOCABULARY)), texts, texts)
def test_a_condition_and_its_opposite_never_both_hold(field, value, found):
    yes, no = conditions.VOCABULARY[field]
    facts = {field: found}
    both = [conditions.holds(condition(field, op, value), facts) for op in (yes, no)]
    assert sum(both) == (0 if conditions.problem(condition(field, yes, value)) else 1)


@given(st.dictionaries(texts, texts), st.dictionaries(texts, texts))
def test_nothing_written_as_a_condition_breaks(one, facts):
    assert conditions.holds(one, facts) in (True, False)
    assert conditions.all_hold([], facts)


# --- events ---------------------------------------------------------------------------------------


@database
def test_every_event_meets_its_rule_once(at, later):
    rules = {event: ruled(at, event, MAIL) for event in Event}
    with later():
        work = make.document(at)
        reviewing.submit(work, at.clerk_a)
        walk(work, at, Step.LEGAL)
        reviewing.send_back(reviewing.turn_of(work), at.lawyer_a, comment="Sai")
        reviewing.submit(fresh(work), at.clerk_a)
        late = ReviewState.objects.open().get()
        deadlines.remind(late.due + dt.timedelta(days=3))
        deadlines.remind(late.due + dt.timedelta(days=4))
        work = walk(work, at)
        draft = work.get_latest_revision_as_object()
        draft.subject = "Quy định về phơi hạt mít khô"
        draft.save_revision(user=at.clerk_a, clean=False)
        reviewing.submit(fresh(work), at.clerk_a, public_note="Trích yếu sai")
        publishing.withdraw_by(walk(work, at), at.head_a, "Đăng nhầm")
    counted = {event: rule.runs.count() for event, rule in rules.items()}
    once = dict.fromkeys(Event, 1)
    assert counted == once | {Event.SUBMITTED: 3, Event.APPROVED: 2}
    assert set(RuleRun.objects.values_list("state", flat=True)) == {RuleRun.State.DONE}


@database
@pytest.mark.parametrize(
    ("fields", "runs"),
    [
        ({}, 1),
        ({"content": "legal"}, 1),
        ({"content": "directive"}, 0),
        ({"kinds": ["thong-tu", "luat"]}, 1),
        ({"kinds": ["luat"]}, 0),
        ({"active": False}, 0),
        ({"conditions": [condition("subject", "has", "hat mit")]}, 1),
        ({"conditions": [condition("subject", "has", "vỏ quýt")]}, 0),
        ({"conditions": [condition("level", "is", "trung-uong")]}, 1),
        ({"conditions": [condition("audience", "is_not", "public")]}, 0),
        ({"conditions": [condition("remark", "is", "khong")]}, 1),
        ({"conditions": [condition("urgency", "is_not", "hoa-toc")]}, 0),
    ],
)
def test_of_which_content_and_if(at, fields, runs):
    ruled(at, Event.SUBMITTED, MAIL, **fields)
    reviewing.submit(make.document(at), at.clerk_a)
    assert RuleRun.objects.count() == runs


@database
def test_a_unit_reaches_those_beneath_and_no_other(at):
    ruled(at, Event.SUBMITTED, MAIL, unit=at.b)
    rule = ruled(at, Event.SUBMITTED, MAIL, unit=at.a)
    reviewing.submit(make.document(at, owner=at.office), at.clerk_a)
    assert list(RuleRun.objects.values_list("rule", flat=True)) == [rule.pk]


@database
def test_what_waits_counts_not_the_row(at):
    ruled(at, Event.SUBMITTED, MAIL, conditions=[condition("subject", "has", "lá chuối")])
    work = make.document(at)
    draft = work.get_latest_revision_as_object()
    draft.subject = "Về lá chuối"
    draft.save_revision(user=at.clerk_a, clean=False)
    reviewing.submit(fresh(work), at.clerk_a)
    assert RuleRun.objects.count() == 1


# --- actions --------------------------------------------------------------------------------------


@database
def test_people_of_the_role_over_the_unit_are_told(at, later):
    ruled(at, Event.SUBMITTED, TELL)
    with later():
        reviewing.submit(make.document(at), at.clerk_a)
    assert list(Notification.objects.filter(kind="rule").values_list("user", flat=True)) == [
        at.lawyer_a.pk
    ]


@database
def test_an_e_mail_says_no_word_of_a_draft(at, later):
    ruled(at, Event.SUBMITTED, MAIL)
    with later():
        reviewing.submit(make.document(at, "", subject="Về điều kín"), at.clerk_a)
    assert delivering.send_waiting() == 1
    assert delivering.send_waiting() == 0
    assert mail.outbox[-1].to == ["so@example.vn"]
    assert "điều kín" not in mail.outbox[-1].subject + mail.outbox[-1].body


@database
def test_a_keyword_makes_a_draft_and_leaves_its_authors(at, later):
    ruled(at, Event.RETURNED, (Kind.KEYWORD, "cần xem lại"))
    work = make.document(at)
    with later():
        reviewing.submit(work, at.clerk_a)
        reviewing.send_back(reviewing.turn_of(work), at.office_head_a, comment="Sai")
    draft = fresh(work).get_latest_revision_as_object()
    assert [tag.name for tag in draft.keywords.all()] == ["cần xem lại"]
    assert (fresh(work).latest_revision.user, draft.subject) == (None, work.subject)
    assert publishing.authors_since_live(fresh(work)) == {at.clerk_a.pk}
    seen = fresh(work).get_latest_revision_as_object().approval_hash()
    with pytest.raises(PermissionDenied):
        publishing.approve(fresh(work), at.clerk_a, seen)


@database
def test_review_begins_in_the_name_of_who_wrote(at, later):
    ruled(at, Event.RETURNED, (Kind.KEYWORD, "lại"), (Kind.REVIEW, ""))
    noticed = ruled(at, Event.SUBMITTED, MAIL)
    work = make.document(at)
    with later():
        reviewing.submit(work, at.contributor_a)
        reviewing.send_back(reviewing.turn_of(work), at.office_head_a, comment="Sai")
    assert fresh(work).editorial_state == State.CHECKING
    assert reviewing.turn_of(work).workflow_state.requested_by == at.clerk_a
    assert noticed.runs.count() == 1, "rules set off no rules"
    turn = reviewing.turn_of(work)
    assert reviewing.refusal(fresh(work), at.clerk_a, turn.task.specific)
    entry = AuditEntry.objects.filter(action="item.submitted").first()
    assert "Quy tắc" in entry.reason


@database
@pytest.mark.parametrize("event", [Event.LIVE, Event.CORRECTED, Event.SUBMITTED, Event.DOWN])
def test_what_is_live_or_under_review_is_left_alone(at, later, event):
    """Going live, correcting, submitting: refused and logged. After a take-down it rests."""
    rule = ruled(at, event, (Kind.KEYWORD, "mới"), (Kind.REVIEW, ""))
    with later():
        work = make.document(at, live=event != Event.SUBMITTED)
        if event == Event.SUBMITTED:
            reviewing.submit(work, at.clerk_a)
        if event == Event.CORRECTED:
            draft = work.get_latest_revision_as_object()
            draft.subject = "Về phơi hạt mít khô"
            draft.save_revision(user=at.clerk_a, clean=False)
            work = make.publish(fresh(work), at)
        if event == Event.DOWN:
            work = make.withdraw(work, at)
        before = (fresh(work).editorial_state, Revision.objects.count())
        lines = PublicationRecord.objects.count()
    run = rule.runs.get()
    assert PublicationRecord.objects.count() == lines
    if event == Event.DOWN:
        assert [line["done"] for line in run.lines] == [True, True]
        assert (fresh(work).live, fresh(work).editorial_state) == (False, State.CHECKING)
        return
    assert (fresh(work).editorial_state, Revision.objects.count()) == before
    assert run.state == RuleRun.State.FAILED
    assert all(line["said"] for line in run.lines)


@database
def test_a_rule_on_trial_only_logs(at, later):
    rule = ruled(at, Event.RETURNED, TELL, MAIL, (Kind.KEYWORD, "x"), (Kind.REVIEW, ""), trial=True)
    work = make.document(at)
    with later():
        reviewing.submit(work, at.clerk_a)
        reviewing.send_back(reviewing.turn_of(work), at.office_head_a, comment="Sai")
    run = rule.runs.get()
    assert (run.dry, run.state, len(run.lines)) == (True, RuleRun.State.DONE, 4)
    assert fresh(work).editorial_state == State.RETURNED
    assert not Delivery.objects.exists()
    assert not Notification.objects.filter(kind="rule").exists()


@database
def test_a_broken_rule_stops_nobody(at, later, monkeypatch):
    ruled(at, Event.LIVE, TELL)
    other = ruled(at, Event.LIVE, MAIL)

    def breaks(*args):
        raise RuntimeError("hỏng")

    monkeypatch.setitem(doing._DEEDS, Kind.PEOPLE, breaks)
    with later():
        assert make.document(at, live=True).live
    assert other.runs.get().state == RuleRun.State.DONE
    broken = RuleRun.objects.exclude(rule=other).get()
    assert (broken.state, broken.lines[0]["said"]) == (RuleRun.State.FAILED, "RuntimeError")
    monkeypatch.setattr("portal.editorial.rules.noticing.fits", breaks)
    with later():
        assert make.document(at, "03/2031/TT-BTN", live=True).live
    assert RuleRun.objects.filter(error="RuntimeError").count() == 2


@database
def test_the_clock_does_what_a_stopped_server_left(at):
    ruled(at, Event.LIVE, MAIL)
    make.document(at, live=True)  # its transaction never ends here
    assert RuleRun.objects.get().state == RuleRun.State.WAITING
    assert (doing.perform_waiting(), doing.perform_waiting()) == (1, 0)
    assert Delivery.objects.count() == 1


@database
def test_what_is_rolled_back_met_no_rule(at):
    ruled(at, Event.LIVE, MAIL)
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        make.document(at, live=True)
        raise RuntimeError
    assert not RuleRun.objects.exists()


# --- webhooks -------------------------------------------------------------------------------------


@pytest.fixture
def listener(settings):
    """A real server; ``got`` is what it was sent, ``status`` what it answers."""
    settings.WEBHOOK_ALLOW_PRIVATE = settings.WEBHOOK_ALLOW_HTTP = True

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.got.append((self.path, self.headers, body))
            self.send_response(self.server.status)
            self.send_header("Location", "/khac")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.got, server.status = [], 200
    server.url = f"http://127.0.0.1:{server.server_port}/nhan?x=1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@database
def test_a_webhook_is_signed_and_names_what_is_public(at, later, listener):
    rule = ruled(at, Event.LIVE, (Kind.WEBHOOK, listener.url))
    with later():
        work = make.document(at, live=True)
    assert delivering.send_waiting() == 1
    ((path, headers, body),) = listener.got
    wanted = hmac.new(rule.secret.encode(), body, hashlib.sha256).hexdigest()
    assert (path, headers["X-Portal-Signature"]) == ("/nhan?x=1", f"sha256={wanted}")
    said = json.loads(body)
    assert set(said) == {"event", "id", "item", "url", "line", "at"}
    assert said["item"] == str(work) and said["url"].endswith(work.get_absolute_url())
    assert (said["event"], said["line"]) == ("dang", work.publication_record.number)


@database
@pytest.mark.parametrize("fields", [{"live": True, "audience": "units"}, {"live": False}])
def test_a_webhook_says_no_word_of_what_is_not_public(at, later, listener, fields):
    event = Event.LIVE if fields["live"] else Event.SUBMITTED
    ruled(at, event, (Kind.WEBHOOK, listener.url))
    with later():
        work = make.document(at, "77/2031/TT-KIN", subject="Về điều kín", **fields)
        if not work.live:
            reviewing.submit(work, at.clerk_a)
    delivering.send_waiting()
    text = listener.got[0][2].decode()
    assert f"legal_docs.legaldocument:{work.pk}" in text
    assert "KIN" not in text and "kín" not in text and "kin" not in json.loads(text)["url"]


@database
@pytest.mark.parametrize("status", [302, 404, 500])
def test_what_fails_is_tried_ever_more_slowly_then_given_up(at, later, listener, status):
    listener.status = status
    ruled(at, Event.LIVE, (Kind.WEBHOOK, listener.url))
    with later():
        make.document(at, live=True)
    for _count in range(12):
        delivering.send_waiting()
        assert delivering.send_waiting() == 0
        Delivery.objects.update(next_try=timezone.now())
    assert len(listener.got) == delivering.MOST_TRIES, "no redirection was followed"
    assert str(status) in Delivery.objects.get().error


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.9", "172.16.0.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1",
        "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "255.255.255.255",
    ],
)  # fmt: skip
def test_an_address_inside_the_house(address):
    assert not webhooks.is_outside(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_an_address_outside(address):
    assert webhooks.is_outside(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_no_call_goes_into_the_house(listener, settings, host):
    settings.WEBHOOK_ALLOW_PRIVATE = False
    with pytest.raises((ValidationError, OSError)):
        webhooks.post(f"http://{host}:{listener.server_port}/", b"{}", "k")
    assert listener.got == []


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example", "ftp://a.example", "https://", "https://a:b@c.example", "//a.example",
        "https://a.example:x", "javascript:x", "https://a.example/\r\nX: y", "https://[x", "",
    ],
)  # fmt: skip
def test_what_is_no_address_for_a_webhook(url):
    with pytest.raises(ValidationError):
        webhooks.refuse_address(url)


# --- administration -------------------------------------------------------------------------------


@database
def test_only_administrators_make_rules_and_it_is_logged(at):
    row = {"kind": Kind.MAIL, "target": "so@example.vn"}
    for who in (at.head_a, at.clerk_a, at.auditor, at.superuser):
        with pytest.raises(PermissionDenied):
            keeping.save(who, ContentRule(name="x", event=Event.LIVE), [row])
    for rows, conditions_ in (([], []), ([row], [condition("subject", "is", "x")])):
        rule = ContentRule(name="x", event=Event.LIVE, conditions=conditions_)
        with pytest.raises(ValidationError):
            keeping.save(at.administrator, rule, rows)
    rule = ruled(at, Event.LIVE, MAIL)
    rule.trial = True
    keeping.save(at.administrator, rule, [row])
    first, second = AuditEntry.objects.filter(action="rule.saved").order_by("pk")
    assert second.changes == {"trial": [False, True]}
    assert rule.secret not in json.dumps([first.changes, second.changes])


FORM = {
    "name": "Báo pháp chế",
    "event": "gui",
    "content": "",
    "unit": "",
    "kinds": "",
    "active": "on",
    "if-TOTAL_FORMS": "2",
    "if-INITIAL_FORMS": "0",
    "if-0-field": "subject",
    "if-0-op": "has",
    "if-0-value": "hạt mít",
    "then-TOTAL_FORMS": "2",
    "then-INITIAL_FORMS": "0",
    "then-0-kind": "vai-tro",
    "then-0-role": "phap-che",
}


@database
def test_the_form_makes_and_changes_a_rule(at, client):
    client.force_login(at.administrator)
    answer = client.post(reverse("rule_new"), FORM)
    rule = ContentRule.objects.get()
    assert answer.url == reverse("rule_dry_run", args=[rule.pk])
    assert rule.conditions == [condition("subject", "has", "hạt mít")]
    assert [(row.kind, row.target) for row in rule.actions.all()] == [TELL]
    url = reverse("rule", args=[rule.pk])
    assert rule.secret in client.get(url).content.decode()
    changed = FORM | {"if-INITIAL_FORMS": "1", "then-INITIAL_FORMS": "1"}
    changed |= {"if-0-field": "", "if-0-op": "", "if-0-value": "", "then-0-role": "kiem-soat"}
    assert client.post(url, changed).status_code == 302
    rule.refresh_from_db()
    assert (rule.conditions, rule.actions.get().target) == ([], "kiem-soat")


@database
@pytest.mark.parametrize(
    "wrong",
    [
        {"then-0-kind": "", "then-0-role": ""},
        {"then-0-role": ""},
        {"then-0-role": "thanh-vien"},
        {"then-0-kind": "thu", "then-0-target": "không phải thư"},
        {"then-0-kind": "webhook", "then-0-target": "http://a.example"},
        {"then-0-kind": "tu-khoa", "then-0-target": "a, b"},
        {"then-0-kind": "dang"},
        {"if-0-op": "is"},
        {"if-0-value": ""},
        {"if-TOTAL_FORMS": "x"},
        {"event": "duyet-luon"},
    ],
)
def test_a_wrong_form_is_shown_again(at, client, wrong):
    client.force_login(at.administrator)
    assert client.post(reverse("rule_new"), FORM | wrong).status_code == 200
    assert not ContentRule.objects.exists()


@database
def test_a_dry_run_changes_nothing_and_tells_no_draft(at, client):
    everything = (TELL, MAIL, (Kind.KEYWORD, "x"), (Kind.REVIEW, ""))
    rule = ruled(at, Event.RETURNED, *everything, (Kind.WEBHOOK, "https://a.example/"))
    make.document(at, "", subject="Về điều kín")
    make.document(at, live=True)
    models = (Revision, Notification, Delivery, RuleRun, ReviewState, AuditEntry)
    before = [model.objects.count() for model in models]
    client.force_login(at.administrator)
    page = client.get(reverse("rule_dry_run", args=[rule.pk])).content.decode()
    assert "điều kín" not in page and "01/2031/TT-BTN" in page
    assert [model.objects.count() for model in models] == before
    assert len(keeping.rehearse(rule)) == 2


@database
def test_pages_are_for_administrators_the_log_for_auditors_too(at, client, later):
    rule = ruled(at, Event.LIVE, MAIL)
    with later():
        make.document(at, live=True)
    pages = [reverse("rules"), reverse("rule_log"), reverse("rule_log") + f"?rule={rule.pk}"]
    forms = [reverse("rule", args=[rule.pk]), reverse("rule_dry_run", args=[rule.pk])]
    for who, reads, sets in (
        (at.administrator, True, True),
        (at.auditor, True, False),
        (at.head_a, False, False),
        (at.superuser, False, False),
    ):
        client.force_login(who)
        for urls, allowed in ((pages, reads), (forms, sets)):
            for url in urls:
                answer = client.get(url)
                assert (answer.status_code == 200) is allowed, (who, url)
                assert not allowed or rule.name in answer.content.decode()
        if not sets:
            client.post(forms[0], FORM)
            assert ContentRule.objects.get().name == rule.name


# --- the log ------------------------------------------------------------------------------------


@database
def test_the_log_forgets_what_is_old_and_done_and_nothing_else(at, settings):
    rule = ruled(at, Event.LIVE, (Kind.KEYWORD, "x"))
    work = make.document(at)
    kind = ContentType.objects.get_for_model(work)

    def run(days: int, state: str, **delivery) -> RuleRun:
        row = RuleRun.objects.create(
            rule=rule, event=Event.LIVE, content_type=kind, object_id=work.pk, label="x",
            state=state, at=timezone.now() - dt.timedelta(days=days),
        )  # fmt: skip
        if delivery:
            Delivery.objects.create(run=row, kind=Kind.MAIL, target="a@b.vn", body={}, **delivery)
        return row

    states = RuleRun.State
    kept = [
        run(399, states.DONE),
        run(500, states.WAITING),
        run(500, states.DONE, tries=2),  # still being tried
    ]
    run(500, states.DONE)
    run(500, states.FAILED, tries=8)
    run(500, states.PARTLY, sent_at=timezone.now())
    settings.RULE_LOG_DAYS = 0
    assert delivering.forget_old() == 0
    settings.RULE_LOG_DAYS = 400
    assert delivering.forget_old() == 3
    assert set(RuleRun.objects.all()) == set(kept)
