"""What a page would answer: results of a fetch for tests of what comes after it."""

from datetime import UTC, datetime

from urllib3._collections import HTTPHeaderDict

from commitments.sources.fetch import FetchResult, Redirect

PAGE = """<!doctype html><html lang="zh"><head><title>合作协议签署</title></head><body><article><h1>合作协议签署</h1>
<p>三月一日，双方在西安签署合作协议，明确设立联合秘书处，并约定每年轮流举办一次会议。</p>
<p>协议规定，秘书处负责协调日常工作，经费由双方共同承担，首批项目将于下半年启动实施。</p></article></body></html>"""


def answer(url: str = "https://example.org/1", body: bytes | None = None, **over) -> FetchResult:
    content = PAGE.encode() if body is None else body
    fields = {
        "url": url,
        "final_url": url,
        "status": 200,
        "reason": "OK",
        "headers": HTTPHeaderDict({"Content-Type": "text/html; charset=utf-8", "Transfer-Encoding": "chunked"}),
        "body": content,
        "raw": content,
        "redirects": (),
        "fetched_at": datetime(2024, 3, 1, 4, 0, tzinfo=UTC),
    }
    return FetchResult(**{**fields, **over})


def moved(url: str, to: str, status: int = 301) -> FetchResult:
    return answer(url, final_url=to, redirects=(Redirect(url, status),))
