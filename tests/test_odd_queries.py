"""A malformed query is a plain query, never an error."""

import pytest

pytestmark = pytest.mark.django_db

ODD = (
    "/van-ban/?loai=%00a",
    "/van-ban/?trang=99999999999999999999",
    "/van-ban/?trang=-1",
    "/van-ban/?nam=%C2%B2%C2%B2%C2%B2%C2%B2",
    "/van-ban/?nam=0",
    "/van-ban/?hieu-luc=%27%22&co-quan=..%2F&cap=x",
    "/tim-kiem/?q=a%00b",
    "/tim-kiem/?q=%22(%22%20AND%20a:b%20%5B",
    "/tim-kiem/?q=%ED%A0%80",
    "/tim-kiem/?q=" + "a" * 5000,
    "/tim-kiem/?q=x&nam=%D9%A1%D9%A2%D9%A3%D9%A4&co-quan=99999999999999&trang=%C2%B2",
    "/dan-chieu/?luat=x&nam=0",
    "/dan-chieu/?luat=x&nam=%C2%B2%C2%B2",
    "/dan-chieu/?so=%F0%9F%98%80&dieu=%3Cscript%3E",
)


@pytest.mark.parametrize("url", ODD)
def test_an_odd_query_gets_an_answer(client, url):
    assert client.get(url).status_code in (200, 302)


@pytest.mark.parametrize("url", ["/%00", "/van-ban/a%00b/c/", "/tep/%00", "/van-ban/x/y%2F..%2F/"])
def test_an_odd_address_is_none(client, url):
    assert client.get(url).status_code == 404
