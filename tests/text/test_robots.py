"""Who may read what, by the rules that a host publishes."""

import pytest

from commitments.text.robots import may_read

ROBOTS = """
User-agent: Other
Disallow: /

User-Agent: *   # everybody
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /a*b*c
Disallow:

User-agent: Ours
User-agent: Theirs
Disallow: /only-for-others
"""


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        *(("/", True), ("/private", False), ("/private/x", False), ("/private/open/x", True), ("/x.pdf", False)),
        *(("/x.pdf?a", True), ("/a1b2c3", False), ("/abc", False), ("/acb", True), ("/priv%61te", False)),
        ("/robots.txt", True),
    ],
)
def test_the_longest_rule_for_everybody_decides(target, allowed):
    assert may_read(ROBOTS, "Somebody", target) is allowed


def test_a_group_of_our_own_counts_alone():
    assert may_read(ROBOTS, "ours", "/private")
    assert not may_read(ROBOTS, "THEIRS", "/only-for-others")
    assert not may_read(ROBOTS, "other", "/anything")


@pytest.mark.parametrize(
    "robots", ["", "Disallow: /", "User-agent: *", "<html>Disallow: /</html>", "User-agent: *\nDisallow:"]
)
def test_without_a_rule_everything_is_allowed(robots):
    assert may_read(robots, "ours", "/x")


def test_the_same_length_is_decided_for_the_reader_and_no_pattern_takes_long():
    assert may_read("User-agent: *\nDisallow: /x\nAllow: /x", "ours", "/x")
    assert may_read("User-agent: *\nDisallow: /" + "*a" * 5_000 + "$", "ours", "/" + "a" * 4_000)
