"""Addresses that must never be connected to, in every notation, and honest ones that must be fetched."""

import ipaddress
from urllib.parse import quote

PUBLIC, PUBLIC_6 = "93.184.216.34", "2606:2800:220:1::34"
INNER = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "100.100.100.200", "168.63.129.16")
SPECIAL = (
    *("0.0.0.0", "0.1.2.3", "10.255.255.255", "100.64.0.1", "127.1.2.3", "169.254.1.1", "172.16.0.1", "172.31.255.255"),
    *("192.0.0.8", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255"),
    *("198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
)
SPECIAL_6 = (
    *("::", "::1", "::2", "100::1", "2001::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:a00:1::1"),
    *("3fff::1", "3fff:fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "febf::1", "fec0::1", "ff02::1"),
    *("ff0e::1", "64:ff9b:1::1", "4000::1", "8000::1", "e000::1", "200::1", "2606:2800::5efe:10.0.0.1"),
    *("2606:2800::200:5efe:a00:1",),
)
PORTS = (
    *(1, 21, 22, 23, 25, 53, 81, 110, 111, 143, 389, 445, 465, 587, 873, 993, 2049, 2375, 3306, 3389, 4369, 5432, 5672),
    *(5900, 6379, 8000, 8008, 8080, 8088, 8443, 8888, 9000, 9090, 9200, 10250, 11211, 27017, 50070, 65535),
)


def notations(inner: str) -> list[str]:
    """Hosts that one resolver or another takes for this IPv4 address."""
    ip = ipaddress.IPv4Address(inner)
    a, b, c, d = (int(part) for part in inner.split("."))
    number, high, low = int(ip), int(ip) >> 16, int(ip) & 0xFFFF
    full = str.maketrans("0123456789", "０１２３４５６７８９")
    circled = {str(digit): "⓪①②③④⑤⑥⑦⑧⑨"[digit] for digit in range(10)}
    return [
        *(inner, f"{inner}.", str(number), hex(number), f"0{number:o}", str(number + 2**32), f"0X{number:X}"),
        *(f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{low}", f"{a:#x}.{b:#x}.{c:#x}.{d:#x}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}"),
        *(f"{a:#x}.{b}.0{c:o}.{d}", f"000{a}.00{b}.{c}.{d}", f"{a}.{b}.{c}.{d + 256}", f"{inner}.0", f".{inner}"),
        *(inner.translate(full), "".join(circled.get(sign, sign) for sign in inner), inner.replace(".", "。")),
        *(inner.replace(".", "．"), inner.replace(".", "%2e"), "".join(f"%{ord(sign):02x}" for sign in inner)),
        *(f"[::ffff:{inner}]", f"[::ffff:{high:x}:{low:x}]", f"[::{inner}]", f"[::ffff:0:{inner}]"),
        *(
            f"[64:ff9b::{inner}]",
            f"[64:ff9b:1::{inner}]",
            f"[2002:{high:x}:{low:x}::1]",
            f"[2001:0:{high:x}:{low:x}::1]",
        ),
        *(f"[0:0:0:0:0:ffff:{inner}]", f"[::ffff:{inner}%25lo]", f"[{inner}]"),
        *(f"v4-{inner.replace('.', '-')}.lab.org", f"cname-{inner.replace('.', '-')}.lab.org"),
        *(f"both-{inner.replace('.', '-')}.lab.org", f"last-{inner.replace('.', '-')}.lab.org"),
        *(f"rebind-{inner.replace('.', '-')}.lab.org", f"mapped-{inner.replace('.', '-')}.lab.org"),
        *(f"nat64-{inner.replace('.', '-')}.lab.org", f"good.lab.org@{inner}", f"good.lab.org:80@{inner}"),
        *(f"{inner}\\@good.lab.org", f"{inner}#@good.lab.org", f"{inner}?@good.lab.org", f"good.lab.org\\@{inner}"),
        *(
            f"{inner}\t",
            f"{inner}%00.good.lab.org",
            f"{inner}\x00.good.lab.org",
            f"\u200b{inner}",
            f"{inner[:2]}\n{inner[2:]}",
        ),
    ]


def _v6_name(text: str) -> str:
    return f"v6-{int(ipaddress.IPv6Address(text)):032x}.lab.org"


def direct() -> list[str]:
    urls = [f"http://{host}/" for inner in INNER for host in notations(inner)]
    urls += [f"http://{ip}/" for ip in SPECIAL] + [f"http://[{ip}]/" for ip in SPECIAL_6]
    urls += [f"http://v4-{ip.replace('.', '-')}.lab.org/" for ip in SPECIAL]
    urls += [f"http://{_v6_name(ip)}/" for ip in SPECIAL_6]
    urls += [f"http://good.lab.org:{port}/" for port in PORTS] + [f"https://{PUBLIC}:{port}/" for port in PORTS[:10]]
    urls += ["http://localhost/", "http://localhost.localdomain/", "http://LOCALHOST/", "http://a.localhost/"]
    urls += [
        f"{scheme}://127.0.0.1/" for scheme in ("ftp", "gopher", "dict", "ldap", "tftp", "ws", "wss", "ssh", "smb")
    ]
    urls += [
        "file:///etc/passwd",
        "file://127.0.0.1/etc/passwd",
        "data:text/html,x",
        "javascript:alert(1)",
        "jar:http:x",
    ]
    urls += ["unix:/var/run/docker.sock", "about:blank", "view-source:http://10.0.0.1/", "blob:http://10.0.0.1/x"]
    urls += ["http:10.0.0.1", "http:/10.0.0.1/", "http:///10.0.0.1/", "//10.0.0.1/", "10.0.0.1", "http:\\\\10.0.0.1\\"]
    urls += ["http://10.0.0.1:80:80/", "http://[::1]:80:80/", "http://good.lab.org:80@10.0.0.1:80/", "http://:80/"]
    urls += ["http://good.lab.org:65616/", "http://good.lab.org:-80/", "http://good.lab.org:0/", "http://10.0.0.1:080/"]
    return urls + [
        " http://10.0.0.1/",
        "http://10.0.0.1/ ",
        "hTTp://10.0.0.1/",
        "http://good.lab.org\r\nHost: 10.0.0.1/",
    ]


def redirected() -> list[str]:
    """A public page leads there, in several ways; other doors that a browser would walk through are left shut."""
    targets = [f"http://{host}/" for inner in INNER[:3] for host in notations(inner)]
    targets += [f"http://[{ip}]/" for ip in SPECIAL_6] + ["//10.0.0.1/", "/\\10.0.0.1/", "file:///etc/passwd"]
    targets += ["\\\\10.0.0.1\\", "http:10.0.0.1", "http://good.lab.org:22/", "ftp://10.0.0.1/", "https://10.0.0.1/"]
    urls = [f"http://good.lab.org/to?code=302&url={quote(target, safe='')}" for target in targets]
    urls += [f"http://good.lab.org/to?code={code}&url=http%3A%2F%2F10.0.0.1%2F" for code in (301, 303, 307, 308, 300)]
    urls += [f"https://good.lab.org/to?code=302&url={quote(target, safe='')}" for target in targets[:20]]
    second = quote("http://good.lab.org/to?code=302&url=http%3A%2F%2F127.0.0.1%2F", safe="")
    urls += [f"http://good.lab.org/to?code=301&url={second}"]
    ways = ("refresh", "meta", "alt-svc", "link", "content-location", "cookie", "base", "two-locations")
    return urls + [f"http://good.lab.org/{way}?url=http%3A%2F%2F10.0.0.1%2F" for way in ways]


HONEST = (
    *("http://good.lab.org/", "https://good.lab.org/", "http://good.lab.org:80/a?b=c", "https://good.lab.org:443/"),
    *(f"http://{PUBLIC}/", f"http://[{PUBLIC_6}]/", f"https://{PUBLIC}/", "http://HOST.Lab.ORG./x#part"),
    *("http://例子.lab.org/路径?词=值", "http://six.lab.org/", "http://many.lab.org/", "http://cname-public.lab.org/"),
    *("http://good.lab.org/to?code=301&url=https%3A%2F%2Fgood.lab.org%2Fend", "http://good.lab.org/hops?left=5"),
    *("http://good.lab.org/to?code=302&url=%2Frelative", "http://good.lab.org/gzip", "http://good.lab.org/deflate"),
    *("http://good.lab.org/raw-deflate", "http://good.lab.org/chunked", "http://good.lab.org/no-length"),
    *("http://good.lab.org/large", "http://good.lab.org/many-headers", "http://good.lab.org/@name/x"),
    *(
        "http://good.lab.org/utf8-location",
        "http://good.lab.org/slow",
        "http://10.0.0.1.lab.org/",
        "http://a_b.lab.org/",
    ),
)
