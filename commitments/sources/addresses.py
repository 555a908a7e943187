"""Which IP addresses are public unicast: our own table, since Python's changes from version to version and has gaps.

IPv4 is what the special-purpose registry of IANA leaves over. IPv6 is what it has given out (2000::/3), less the
special parts: a list of what is allowed cannot miss a new range.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Ip = IPv4Address | IPv6Address

NOT_PUBLIC_IPV4 = [
    IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # a cloud's own service, inside a public range
    )
]
GIVEN_OUT_IPV6 = IPv6Network("2000::/3")
NOT_PUBLIC_IPV6 = [
    IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
]
NAT64 = IPv6Network("64:ff9b::/96")
ISATAP = (0x0000_5EFE, 0x0200_5EFE)  # the upper half of an interface name that carries an IPv4 address


def is_public(ip: Ip) -> bool:
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in NOT_PUBLIC_IPV4)
    if ip not in GIVEN_OUT_IPV6 or any(ip in network for network in NOT_PUBLIC_IPV6):
        return False
    return (int(ip) >> 32) & 0xFFFF_FFFF not in ISATAP


def behind_nat64(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a translating network reaches under this one."""
    return IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in NAT64 else None
