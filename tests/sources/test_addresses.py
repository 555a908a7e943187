"""The table of public addresses: every special range is out to its last address, its neighbours are in."""

from ipaddress import ip_address

import pytest

from commitments.sources.addresses import NOT_PUBLIC_IPV4, NOT_PUBLIC_IPV6, behind_nat64, is_public
from tests.sources.lab.corpus import INNER, SPECIAL, SPECIAL_6


@pytest.mark.parametrize("network", [*NOT_PUBLIC_IPV4, *NOT_PUBLIC_IPV6], ids=str)
def test_a_special_range_is_not_public_from_end_to_end(network):
    assert not is_public(network[0])
    assert not is_public(network[-1])


@pytest.mark.parametrize("text", [*INNER, *SPECIAL, *SPECIAL_6, "::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::808:808"])
def test_is_not_public(text):
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        *("1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255"),
        *("168.63.129.15", "168.63.129.17", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.167.255.255"),
        *("198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2001:200::1", "2400:3200::1"),
        *("2001:db7:ffff::1", "2001:db9::", "2003::1", "3ffe::1", "240e::1"),
    ],
)
def test_is_public(text):
    assert is_public(ip_address(text))


def test_an_address_of_a_translating_network_is_judged_by_the_one_behind_it():
    assert str(behind_nat64(ip_address("64:ff9b::a00:1"))) == "10.0.0.1"
    assert behind_nat64(ip_address("64:ff9b:1::a00:1")) is None
