"""Everything that one machine needs, in order: tables, static files, the register, a first login, web and worker."""

import argparse
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils.translation import gettext as _

from commitments.actions.first_login import ensure_first_login
from commitments.actions.working import run_here
from commitments.choices import JobKind
from commitments.management.commands import _server
from commitments.management.commands._keeper import Keeper, ask_to_end, wait_or_kill
from commitments.management.commands._progress import Shown

PATIENCE = 60  # seconds until the server must have answered


def port_number(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: use a number from 1 to 65535.")
    return int(text)


class Command(BaseCommand):
    help = "Migrate, collect static files, load the shipped register, make a first login, serve the site, run its jobs."
    requires_system_checks: list[str] = []  # migrate checks; a second round costs a second of every start

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=port_number, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="Processes of the web server (2).")
        parser.add_argument("--without-worker", action="store_true", help="Jobs are run elsewhere: manage.py worker.")

    def handle(self, *, host: str, port: int, workers: int, without_worker: bool, **options: Any) -> None:
        self._check_port_is_free(host, port)
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("seed", stdout=self.stdout, stderr=self.stderr)
        with Shown(JobKind.CATCH_UP.label) as shown:
            run_here(JobKind.CATCH_UP, tell=shown.tell)
        login = ensure_first_login()
        for asked in (signal.SIGINT, signal.SIGTERM):  # a service manager asks with the second
            signal.signal(asked, signal.default_int_handler)
        environment = {**_server.ENVIRONMENT, **os.environ}
        server = subprocess.Popen(_server.command(host, port, workers), cwd=settings.BASE_DIR, env=environment)
        worker = Keeper() if os.name == "posix" and not without_worker else None
        try:
            self._wait_until_it_answers(server, host, port)
            self._say(f"http://{host}:{port}/")
            self._say(f"http://{host}:{port}/admin/")
            if login:
                self._say(_("First login (shown once): name %(name)s, password %(password)s") % login._asdict())
            self._say(_("Stop with Ctrl-C."))
            code = self._watch(server, worker)
        except KeyboardInterrupt:
            code = 0
        finally:
            ask_to_end(server)
            if worker:
                worker.ask_to_end()
                worker.wait_or_kill()
            wait_or_kill(server)
        if code not in (0, -signal.SIGTERM, -signal.SIGINT):
            raise CommandError(_("The web server ended with code %(code)s.") % {"code": code})

    def _watch(self, server: subprocess.Popen, worker: Keeper | None) -> int:
        """Until the web server ends; a worker that ends is started again."""
        if worker is None:
            return server.wait()
        while True:
            if ended := worker.keep():
                self.stderr.write(ended)
            try:
                return server.wait(1)
            except subprocess.TimeoutExpired:
                continue

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _check_port_is_free(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                words = {"host": host, "port": port, "other": port + 1 if port < 65535 else port - 1}
                sentence = _("%(host)s:%(port)s is taken. Try: python3 dev.py serve --port %(other)s")
                raise CommandError(sentence % words) from error

    def _wait_until_it_answers(self, server: subprocess.Popen, host: str, port: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if server.poll() is not None:
                raise CommandError(_("The web server did not start (code %(code)s).") % {"code": server.returncode})
            if _answers(f"http://{host}:{port}/healthz"):
                return
            time.sleep(0.1)
        raise CommandError(_("The web server did not answer within %(seconds)s seconds.") % {"seconds": PATIENCE})


def _answers(address: str) -> bool:
    """Does it answer at all? An HTTP error is an answer: HTTPS or host settings are not for this probe to judge."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
