"""Host names -> addresses that may be connected to. Resolved once, within the deadline, and every answer is judged."""

import queue
import socket
import threading
from ipaddress import IPv4Address, IPv6Address, ip_address

from commitments.sources.addresses import Ip, behind_nat64, is_public
from commitments.sources.deadline import Deadline
from commitments.sources.problems import FetchFailed, FetchRefused
from commitments.text.address import Address

LONGEST_WAIT = 10.0
AT_MOST = 4  # addresses of one host that are tried
NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


def public_addresses(address: Address, deadline: Deadline) -> list[Ip]:
    """Raises FetchRefused where a single answer is not public: the others may be bait."""
    if address.literal is None:
        if "." not in address.host or address.host.endswith(".localhost"):
            raise FetchRefused("address")  # a name of this machine or its network
        found = _resolved(address.host, deadline)
    else:
        found = [address.literal]
    for ip in found:
        if not _may_connect(ip, is_answer=address.literal is None, deadline=deadline):
            raise FetchRefused("address")
    return found[:AT_MOST]


def _may_connect(ip: Ip, *, is_answer: bool, deadline: Deadline) -> bool:
    inner = behind_nat64(ip) if is_answer and isinstance(ip, IPv6Address) else None
    if inner and _has_dns64(deadline):
        return is_public(inner)
    return is_public(ip)


def _resolved(host: str, deadline: Deadline) -> list[Ip]:
    answers: queue.SimpleQueue[list[Ip] | OSError] = queue.SimpleQueue()
    threading.Thread(target=_ask, args=(host, answers), daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left(LONGEST_WAIT))
    except queue.Empty:
        raise FetchFailed("name_service") from None
    if isinstance(answer, OSError):
        raise FetchFailed("no_name" if answer.errno in NO_SUCH_NAME else "name_service")
    return answer


def _ask(host: str, answers: "queue.SimpleQueue[list[Ip] | OSError]") -> None:
    """The system's resolver knows no time limit, hence the thread; it is left to itself when it takes too long."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        answers.put(list(dict.fromkeys(ip_address(entry[4][0]) for entry in found)))
    except (OSError, UnicodeError, ValueError) as error:  # ValueError: an address with a zone
        answers.put(error if isinstance(error, OSError) else OSError(str(error)))


def _has_dns64(deadline: Deadline) -> bool:
    """RFC 7050: a network that translates gives this name, which has IPv4 addresses alone, an IPv6 one."""
    try:
        answers = _resolved("ipv4only.arpa", deadline)
    except FetchFailed:
        return False
    return any(isinstance(ip, IPv6Address) and behind_nat64(ip) == IPv4Address("192.0.0.170") for ip in answers)
