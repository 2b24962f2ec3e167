"""A real nginx (and Varnish) in front of the portal, with the configuration of docs/: it keeps what strangers
read, follows publications by key, and gives nobody what another one was shown."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from django.conf import settings as django_settings
from django.utils import timezone

from portal.pages.front_cache import purging
from portal.pages.models import CachedAddress, PortalSettings, PurgeEvent
from tests import factories as make
from tests import nginx
from tests.conftest import absent

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = "hat-mit-rang-muoi"
TEXT = "Điều 1. Hạt\nMột điều."
DOCS = Path(django_settings.BASE_DIR) / "docs"


class Front:
    """A running nginx: ``get`` as readers do."""

    def __init__(self, public: int, door: int) -> None:
        self.url, self.door = f"http://127.0.0.1:{public}", f"http://127.0.0.1:{door}"

    def get(self, path: str, **headers) -> requests.Response:
        return requests.get(self.url + path, headers=headers, timeout=20, allow_redirects=False)

    def seen(self, path: str) -> str:
        return self.get(path).headers.get("X-Cache", "")


@pytest.fixture
def front(tmp_path, live_server, settings):
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        absent("nginx")
    public, door = nginx.free_port(), nginx.free_port()
    conf = nginx.configuration(tmp_path, public, door, urlsplit(live_server.url).netloc, TOKEN)
    settings.FRONT_CACHE_URLS = [f"nginx+http://127.0.0.1:{door}"]
    settings.FRONT_CACHE_TOKEN = TOKEN
    settings.PORTAL_URL = "http://127.0.0.1"
    purging._took = 0.0
    with subprocess.Popen([program, "-p", str(tmp_path), "-c", str(conf)]) as process:
        for _turn in range(100):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", public)) == 0:
                    break
            time.sleep(0.05)
        yield Front(public, door)
        process.terminate()


@pytest.fixture
def varnish(tmp_path, live_server, settings):
    program = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin")
    if not program:
        absent("varnishd")
    public, backend = nginx.free_port(), urlsplit(live_server.url)
    text = (DOCS / "varnish.vcl").read_text().replace("CHANGE-THIS-TOKEN", TOKEN)
    conf = tmp_path / "portal.vcl"
    conf.write_text(text.replace('"8000"', f'"{backend.port}"'))
    settings.FRONT_CACHE_URLS = [f"varnish+http://127.0.0.1:{public}"]
    settings.FRONT_CACHE_TOKEN = TOKEN
    settings.PORTAL_URL = "http://127.0.0.1"
    command = [program, "-F", "-a", f"127.0.0.1:{public}", "-f", str(conf),
               "-n", str(tmp_path / "varnish"), "-s", "malloc,20m", "-j", "none"]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _turn in range(200):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", public)) == 0:
                    break
            time.sleep(0.05)
        yield Front(public, public)
        process.terminate()


@pytest.fixture
def at():
    return make.house()


def change(work, at, subject: str):
    """A correction by the clerk, approved and published by a second person."""
    work.refresh_from_db()
    work.subject = subject
    work.save_revision(user=at.clerk_a, clean=False)
    purging._took = 0.0
    return make.publish(work, at)


def test_a_correction_is_shown_at_once_and_other_pages_stay(front, at):
    work = make.document(at, "7/2031/TT-BTN", text=TEXT, subject="Quy định về rơm vàng", live=True)
    other = make.document(at, "8/2031/TT-BTN", subject="Quy định về rạ", live=True)
    path, other_path = work.identity.url, other.identity.url
    assert [front.seen(path), front.seen(path)] == ["MISS", "HIT"]
    assert [front.seen(other_path), front.seen(other_path)] == ["MISS", "HIT"]
    assert "rơm vàng" in front.get("/van-ban/").text
    change(work, at, "Quy định về rơm khô")
    answer = front.get(path)
    assert answer.headers["X-Cache"] == "HIT"
    assert "rơm khô" in answer.text and "rơm vàng" not in answer.text
    assert "rơm khô" in front.get("/van-ban/").text
    began = CachedAddress.objects.get(address=other_path).noted_at
    assert began < CachedAddress.objects.get(address=path, key=work.cache_keys[0]).noted_at


def test_what_is_taken_down_is_gone_for_everybody(front, at):
    work = make.document(at, "7/2031/TT-BTN", text=TEXT, subject="Quy định về rơm vàng", live=True)
    path = work.identity.url
    assert front.get(path).status_code == 200
    assert front.seen(path) == "HIT"
    purging._took = 0.0
    make.withdraw(work, at)
    answer = front.get(path)
    assert answer.status_code == 410
    assert "rơm vàng" not in front.get("/van-ban/").text


def test_a_page_that_was_being_made_during_the_change_goes_in_the_second_round(front, at, settings):
    work = make.document(at, "7/2031/TT-BTN", text=TEXT, subject="Quy định về rơm vàng", live=True)
    path = work.identity.url
    before = timezone.now()
    settings.FRONT_CACHE_URLS, urls = [], settings.FRONT_CACHE_URLS
    old = front.get(path)  # the answer that arrives late, as it was before the change
    settings.FRONT_CACHE_URLS = urls
    change(work, at, "Quy định về rơm khô")
    assert "rơm vàng" in old.text and front.seen(path) == "HIT"  # it overtook the change
    CachedAddress.objects.create(key=work.cache_keys[0], address=path, noted_at=before)
    PurgeEvent.objects.update(due=timezone.now())
    assert purging.drain() > 0
    assert "rơm khô" in front.get(path).text
    assert not PurgeEvent.objects.exists()


def test_a_cache_that_is_down_is_told_later(front, at, settings):
    work = make.document(at, "7/2031/TT-BTN", text=TEXT, subject="Quy định về rơm vàng", live=True)
    path = work.identity.url
    front.get(path)
    urls = settings.FRONT_CACHE_URLS
    settings.FRONT_CACHE_URLS = [f"nginx+http://127.0.0.1:{nginx.free_port()}"]
    PurgeEvent.objects.all().delete()
    change(work, at, "Quy định về rơm khô")
    event = PurgeEvent.objects.first()
    assert event.tries == 1 and event.error and event.due > timezone.now()
    assert "rơm vàng" in front.get(path).text
    settings.FRONT_CACHE_URLS = urls
    PurgeEvent.objects.update(due=timezone.now())
    purging.drain()
    assert "rơm khô" in front.get(path).text


def test_who_has_a_session_gets_and_leaves_nothing(front, at, client):
    work = make.document(at, "7/2031/TT-BTN", audience="units", live=True)
    open_one = make.document(at, "8/2031/TT-BTN", subject="Quy định về rạ", live=True)
    client.force_login(at.clerk_a)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    path = work.identity.url
    assert front.get(path, Cookie=cookie).status_code == 200
    assert front.get(path).status_code == 404
    mine = front.get(open_one.identity.url, Cookie=cookie)
    assert mine.headers["X-Cache"] == "BYPASS" and 'href="/admin/"' in mine.text
    stranger = front.get(open_one.identity.url)
    assert stranger.headers["X-Cache"] == "MISS" and 'href="/admin/"' not in stranger.text


def test_a_stranger_renews_nothing(front, at):
    work = make.document(at, "7/2031/TT-BTN", live=True)
    path = work.identity.url
    assert [front.seen(path), front.seen(path)] == ["MISS", "HIT"]
    for token in (TOKEN, "hat-sen", "1"):
        assert front.get(path, **{"X-Cache-Refresh": token}).headers["X-Cache"] == "HIT"
    wrong = {"X-Cache-Refresh": "hat-sen"}
    assert requests.get(front.door + path, headers=wrong, timeout=9).headers["X-Cache"] == "HIT"
    # “Not here” is kept for nobody who only says so.
    assert "s-maxage" not in front.get("/khong-co/", **wrong).headers.get("Cache-Control", "")


def test_forms_are_never_kept(front, at):
    page = make.questions_page(at)
    for path in (f"{page.address}gui/", "/dang-nhap/", "/ngon-ngu/chon/"):
        assert front.get(path).headers["X-Cache"] in {"MISS", "EXPIRED"}, path
        assert front.get(path).headers["X-Cache"] != "HIT", path


def test_a_page_is_kept_longer_but_not_past_midnight(front, at, settings):
    make.document(at, "7/2031/TT-BTN", live=True)
    settings.FRONT_CACHE_SECONDS = 600
    kept = front.get("/van-ban/").headers["Cache-Control"]
    seconds = int(kept.partition("s-maxage=")[2].partition(",")[0])
    now = timezone.localtime()
    left = dt.timedelta(days=1) - dt.timedelta(
        hours=now.hour, minutes=now.minute, seconds=now.second
    )
    assert abs(seconds - min(600, left.total_seconds())) <= 3
    hits = front.get("/tim-kiem/?q=rom").headers["Cache-Control"]
    assert int(hits.partition("s-maxage=")[2].partition(",")[0]) <= 60


def test_other_names_and_colours_are_on_every_page(front, at):
    work = make.document(at, "7/2031/TT-BTN", live=True)
    path = work.identity.url
    assert [front.seen(path), front.seen(path)] == ["MISS", "HIT"]
    row = PortalSettings.load()
    purging._took = 0.0
    row.authority = "Sở Hạt Mít"
    row.save()
    assert "Sở Hạt Mít" in front.get(path).text


def test_varnish_drops_by_key(varnish, at):
    work = make.document(at, "7/2031/TT-BTN", text=TEXT, subject="Quy định về rơm vàng", live=True)
    other = make.document(at, "8/2031/TT-BTN", subject="Quy định về rạ", live=True)
    path, other_path = work.identity.url, other.identity.url
    assert "rơm vàng" in varnish.get(path).text and "rạ" in varnish.get(other_path).text
    assert not varnish.get(path).headers.get("Cache-Keys")  # nobody outside is told
    change(work, at, "Quy định về rơm khô")
    answer = varnish.get(path)
    assert "rơm khô" in answer.text and "rơm vàng" not in answer.text
    assert "rơm khô" in varnish.get("/van-ban/").text
    assert (
        int(varnish.get(other_path).headers["X-Varnish"].count(" ")) == 1
    )  # a hit has two numbers
    purging._took = 0.0
    make.withdraw(work, at)
    assert varnish.get(path).status_code == 410
    wrong = {"X-Ban-Keys": ".*", "X-Cache-Refresh": "hat-sen"}
    refused = requests.request("BAN", varnish.url, headers=wrong, timeout=9)
    assert refused.status_code == 403


def test_without_a_cache_in_front_nothing_is_written(at, client, settings):
    assert settings.FRONT_CACHE_URLS == []
    make.document(at, "7/2031/TT-BTN", live=True)
    response = client.get("/van-ban/")
    assert not response.has_header("Cache-Keys")
    assert not PurgeEvent.objects.exists() and not CachedAddress.objects.exists()
