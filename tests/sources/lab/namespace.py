"""A network of its own in which every address is this machine, and a listener that sees every connection attempt."""

import ipaddress
import os
import shutil
import socket
import struct
import subprocess
import threading
from pathlib import Path

RESOLVER = "93.184.216.2"
EVERY_KIND_OF_FRAME = 0x0003
WAYS_IN = (["unshare", "--net", "--mount"], ["unshare", "--user", "--map-root-user", "--net", "--mount"])


def way_in() -> list[str] | None:
    """The command that opens such a network; None where this machine does not let us."""
    if not (shutil.which("unshare") and shutil.which("ip")):
        return None
    script = "ip link set lo up && ip route add local 0.0.0.0/0 dev lo && mount --bind /dev/null /etc/resolv.conf"
    for way in WAYS_IN:
        if subprocess.run([*way, "sh", "-c", script], capture_output=True).returncode == 0:
            return way
    return None


def set_up(folder: Path) -> None:
    """Called inside. Packets to 45/8 leave for a wire without an end, so that a connection neither opens nor fails;
    those to 44.4.4/24 find no way.
    """
    (folder / "resolv.conf").write_text(f"nameserver {RESOLVER}\noptions timeout:5 attempts:2\n")
    (folder / "nsswitch.conf").write_text("hosts: files dns\n")
    for command in (
        "ip link set lo up",
        "ip route add local 0.0.0.0/0 dev lo",
        "ip -6 route add local ::/0 dev lo",
        "ip link add far type veth peer name near",
        "ip link set far up",
        "ip address add 45.0.0.1/32 dev far",
        "ip route add 45.9.0.0/16 dev far",
        "ip route add unreachable 44.4.4.0/24",
        "ip neighbour add 45.9.9.9 lladdr 02:00:00:00:00:01 dev far",
        f"mount --bind {folder}/resolv.conf /etc/resolv.conf",
        f"mount --bind {folder}/nsswitch.conf /etc/nsswitch.conf",
    ):
        subprocess.run(command.split(), check=True)


class Listener:
    """Reads the wire itself: an attempt counts whether or not somebody answers it."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int]] = []
        self._wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(EVERY_KIND_OF_FRAME))
        self._wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024 * 1024)
        self._wire.bind(("lo", EVERY_KIND_OF_FRAME))
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            packet, where = self._wire.recvfrom(65536)
            if where[2] == socket.PACKET_OUTGOING:
                continue  # each packet on the loopback is seen twice
            if found := _first_packet(packet):
                self.seen.append(found)


def _first_packet(packet: bytes) -> tuple[str, int] | None:
    """Where a TCP connection is being opened to."""
    version = packet[0] >> 4
    if version == 4 and packet[9] == 6:
        start, to = (packet[0] & 15) * 4, ipaddress.ip_address(packet[16:20])
    elif version == 6 and packet[6] == 6:
        start, to = 40, ipaddress.ip_address(packet[24:40])
    else:
        return None
    if packet[start + 13] & 0x12 != 0x02:
        return None
    return str(to), struct.unpack("!H", packet[start + 2 : start + 4])[0]


def certificates(folder: Path) -> None:
    """An authority of our own and three certificates: ours, one for another host, one that nobody signed."""

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=folder)

    fresh = ["-newkey", "rsa:2048", "-nodes", "-days", "2"]
    openssl("req", "-x509", *fresh, "-subj", "/CN=lab", "-keyout", "ca.key", "-out", "ca.pem")
    names = {"good": "DNS:*.lab.org,IP:93.184.216.34", "other": "DNS:elsewhere.org"}
    for name, wanted in names.items():
        (folder / f"{name}.cnf").write_text(f"subjectAltName={wanted}\n")
        openssl("req", *fresh, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", f"{name}.cnf"]
        openssl("x509", "-req", "-in", f"{name}.csr", *signed, "-out", f"{name}.pem")
    own = ["-addext", "subjectAltName=DNS:*.lab.org"]
    openssl("req", "-x509", *fresh, "-subj", "/CN=own", *own, "-keyout", "own.key", "-out", "own.pem")
    os.environ["SSL_CERT_FILE"] = str(folder / "ca.pem")
