"""One spelling per page, and nothing that two readers of an address could understand in two ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.text.address import BadAddress, canonical_address, read_address

SAME_PAGE = {
    "HTTPS://WWW.Example.ORG/Path": "https://www.example.org/Path",
    "http://example.org": "http://example.org/",
    "https://example.org?id=1": "https://example.org/?id=1",
    "https://example.org:443/a": "https://example.org/a",
    "http://example.org:80/a": "http://example.org/a",
    "http://example.org:/a": "http://example.org/a",
    "http://example.org:443/a": "http://example.org:443/a",
    "https://example.org./a": "https://example.org/a",
    "https://example.org/a#part": "https://example.org/a",
    "https://example.org/#/route": "https://example.org/",
    "https://example.org/%e4%b8%ad": "https://example.org/%E4%B8%AD",
    "https://example.org/中": "https://example.org/%E4%B8%AD",
    "https://example.org/100%": "https://example.org/100%",
    "https://例子.中国/路": "https://xn--fsqu00a.xn--fiqs8s/%E8%B7%AF",
    "https://例子。中国/": "https://xn--fsqu00a.xn--fiqs8s/",
    "https://example.org/?utm_source=x&id=7&utm_medium=y": "https://example.org/?id=7",
    "https://example.org/?utm_source=x": "https://example.org/",
    "https://example.org/?spm=C73544.1&gclid=2&FBCLID=3": "https://example.org/",
    "https://mp.weixin.qq.com/s?__biz=a&from=timeline&isappinstalled=0": "https://mp.weixin.qq.com/s?__biz=a",
    "https://example.org/?from=2023": "https://example.org/?from=2023",
    "https://example.org/?from=": "https://example.org/?from=",
    "https://example.org/?": "https://example.org/?",
    "https://example.org/?b=2&a=1&&": "https://example.org/?b=2&a=1&&",
    "https://example.org/a/../b//c/": "https://example.org/a/../b//c/",
    "https://example.org/@name/a;b=c": "https://example.org/@name/a;b=c",
    "https://example.org/?a=%2B+b": "https://example.org/?a=%2B+b",
    "  https://example.org/a\n": "https://example.org/a",
    "http://93.184.216.34/": "http://93.184.216.34/",
    "http://[2606:4700:0:0::1111]/": "http://[2606:4700::1111]/",
}
NO_PAGE = {
    "": "scheme",
    "example.org/a": "scheme",
    "//example.org/a": "scheme",
    "ftp://example.org/": "scheme",
    "javascript://example.org/%0aalert(1)": "scheme",
    "file:///etc/passwd": "scheme",
    "http:example.org": "scheme",
    "http:///example.org": "host",
    "http://": "host",
    "http://.": "host",
    "http://a..b/": "host",
    "http://-a.org/": "host",
    "http://user@example.org/": "host",
    "http://user:word@example.org/": "host",
    "http://example.org:80@10.0.0.1/": "host",
    "http://10.0.0.1\\@example.org/": "characters",
    "http://example.org/a b": "characters",
    "http://exa\tmple.org/": "characters",
    "http://example.org\u200b/": "characters",
    "http://example.org/\x00": "characters",
    "http://exam%70le.org/": "host",
    "http://2130706433/": "host",
    "http://0x7f000001/": "host",
    "http://0x7f.1/": "host",
    "http://127.1/": "host",
    "http://0177.0.0.1/": "host",
    "http://127.0.0.1.5/": "host",
    "http://①②⑦.1/": "host",
    "http://[::1%25lo]/": "host",
    "http://[::1/": "host",
    "http://[v1.fe80::a]/": "host",
    "http://[]/": "host",
    "http://example.org:0/": "port",
    "http://example.org:99999/": "port",
    "http://example.org:８０/": "host",
    "http://example.org:+80/": "host",
    "http://example.org:8:0/": "host",
    "http://example.org/" + "a" * 8_000: "length",
    "http://" + "a" * 64 + ".org/": "host",
    "http://" + "a." * 130 + "org/": "host",
}


@pytest.mark.parametrize(("given_text", "kept"), SAME_PAGE.items())
def test_an_address_is_kept_in_one_spelling(given_text, kept):
    assert canonical_address(given_text) == kept
    assert canonical_address(kept) == kept


@pytest.mark.parametrize(("text", "kind"), NO_PAGE.items())
def test_what_is_no_address_of_a_page_is_refused(text, kind):
    with pytest.raises(BadAddress) as caught:
        canonical_address(text)
    assert caught.value.kind == kind


def test_an_ip_address_in_the_plain_notation_is_known_as_one():
    assert str(read_address("http://①②⑦.0.0.1/").literal) == "127.0.0.1"
    assert str(read_address("http://[::ffff:7f00:1]/").literal) == "::ffff:7f00:1"
    assert read_address("http://127.0.0.1.example.org/").literal is None


@given(st.text(max_size=60).map("http://example.org/".__add__) | st.text(max_size=60))
def test_any_text_is_refused_or_kept_in_a_spelling_that_stays(text):
    try:
        kept = canonical_address(text)
    except BadAddress:
        return
    assert canonical_address(kept) == kept
    assert kept.isascii()
