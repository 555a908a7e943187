"""Web addresses, pure: read strictly into parts, and the one spelling in which an address of evidence is kept."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote

DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST = 8_000

_SHAPE = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<place>[^/?#]*)(?P<path>[^?#]*)(?P<query>\?[^#]*)?(#.*)?"
)
_PLACE = re.compile(r"(?P<host>\[[^\[\]]*\]|[^:\[\]]*)(:(?P<port>[0-9]{1,5})?)?")
_BROKEN = re.compile("[\x00-\x20\x7f-\xa0\\\\\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_STAYS = "%!\"#$&'()*+,-./:;<=>?@[]^_`{|}~"

# What tells a site where its reader came from, and nothing else. Only names that no site uses to choose a page.
TRACKING = frozenset(
    "gclid dclid gbraid wbraid gclsrc fbclid msclkid yclid twclid ttclid igshid mc_cid mc_eid _hsenc _hsmi _ga _gl "
    "mkt_tok oly_anon_id oly_enc_id spm scm vd_source isappinstalled".split()
)
TRACKING_STARTS = ("utm_",)
# Names that may choose a page with other values: WeChat adds these when a page is shared.
TRACKING_VALUES = {"from": frozenset({"timeline", "singlemessage", "groupmessage", "appmsg"})}


class BadAddress(ValueError):
    """`kind`: characters, scheme, host, port or length."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Address:
    """`host`: lower case, ASCII, without a dot at its end; `literal`: it is an IP address itself, without brackets."""

    scheme: str
    host: str
    port: int
    target: str
    literal: ipaddress.IPv4Address | ipaddress.IPv6Address | None = None

    @property
    def place(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS.get(self.scheme) else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.place}{self.target}"


def read_address(text: str) -> Address:
    """http and https only; no user names, no other notation of an IP address than the plain one. Fragments go."""
    if len(text) > LONGEST:
        raise BadAddress("length")
    if _BROKEN.search(text):
        raise BadAddress("characters")
    shape = _SHAPE.fullmatch(text)
    if shape is None or shape["scheme"].lower() not in DEFAULT_PORTS:
        raise BadAddress("scheme")
    scheme = shape["scheme"].lower()
    place = _PLACE.fullmatch(shape["place"])
    if place is None or "@" in shape["place"]:
        raise BadAddress("host")
    port = int(place["port"]) if place["port"] else DEFAULT_PORTS[scheme]
    if not 0 < port < 65536:
        raise BadAddress("port")
    host, literal = _read_host(place["host"])
    target = (shape["path"] or "/") + (shape["query"] or "")
    return Address(scheme, host, port, _escaped(target), literal)


def _read_host(text: str) -> tuple[str, ipaddress.IPv4Address | ipaddress.IPv6Address | None]:
    if text.startswith("["):
        return _read_ipv6(text[1:-1])
    host = _to_ascii(text).removesuffix(".")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):  # whoever resolves it takes it for an IPv4 address: 1.2, 0x7f.1, 2130706433
        try:
            literal = ipaddress.IPv4Address(host)
        except ValueError as error:
            raise BadAddress("host") from error
        return host, literal
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise BadAddress("host")
    return host, None


def _read_ipv6(text: str) -> tuple[str, ipaddress.IPv6Address]:
    if "%" in text:  # a zone names an interface of this machine
        raise BadAddress("host")
    try:
        literal = ipaddress.IPv6Address(text)
    except ValueError as error:
        raise BadAddress("host") from error
    return literal.compressed, literal


def _to_ascii(host: str) -> str:
    """Once, and lower case: what the name service is asked and what the certificate must say."""
    if "%" in host:
        raise BadAddress("host")
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise BadAddress("host") from error


def _escaped(target: str) -> str:
    """As a browser sends it: other characters than ASCII as UTF-8; a lone % stays what it is."""
    return quote(target, safe=_STAYS)


def canonical_address(text: str) -> str:
    """One spelling for the same page; the server is still asked for the same, but for tracking parameters.

    Raises BadAddress for what is no address of a web page.
    """
    address = read_address(text.strip())
    path, mark, query = address.target.partition("?")
    kept = "&".join(piece for piece in query.split("&") if not _is_tracking(piece))
    target = path + (mark + kept if kept or not query else "")
    target = _ESCAPE.sub(lambda found: found.group().upper(), target)
    return str(Address(address.scheme, address.host, address.port, target, address.literal))


def _is_tracking(piece: str) -> bool:
    name, _, value = piece.partition("=")
    name = name.lower()
    return name in TRACKING or name.startswith(TRACKING_STARTS) or value in TRACKING_VALUES.get(name, ())
