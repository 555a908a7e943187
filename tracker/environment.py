"""Reads environment values; a wrong one ends with a sentence that says how to mend it."""

import contextlib
import os
import re
import secrets
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

EMBEDDED = "filesystem://localhost"
BROKERS = ("filesystem", "redis", "rediss", "amqp", "amqps")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def switch(name: str, default: bool = False) -> bool:
    """1/0, true/false, yes/no, on/off."""
    value = text(name).lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value:
        raise ImproperlyConfigured(f"{name}={value!r} is not understood: set it to 1 or 0, or leave it out.")
    return default


def words(name: str, default: list[str]) -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or default


def database(name: str, default_file: Path) -> dict[str, Any]:
    """A Django database from a URL; an SQLite file in WAL mode with immediate transactions without one."""
    url = text(name)
    if not url:
        default_file.parent.mkdir(parents=True, exist_ok=True)
        found: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default_file)}
    else:
        try:
            found = dict(environ.Env.db_url_config(url))
        except Exception as error:
            raise ImproperlyConfigured(
                f"{name} cannot be read: use postgres://user:password@host:5432/name or sqlite:////path/to/file"
            ) from error
    engine = found.get("ENGINE", "")
    # Opening SQLite anew for each request, its tables read, took half of a list's CPU.
    found |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    if engine.endswith("sqlite3"):
        # Deferred transactions lose writes to lock errors under concurrent writers; immediate ones wait their turn.
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "cached_statements": 40,
            # Recursive triggers: INSERT OR REPLACE meets the guards that refuse a deletion.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON; "
            "PRAGMA cache_size=-500",
        }
    elif engine.endswith("postgresql"):
        # Compiling a question takes PostgreSQL longer (0.1 to 1 s) than answering any of ours; and what it believes of
        # disks, which no longer turn, lets it read all rows where an index has them. `?options=` in the URL goes first.
        found.setdefault("OPTIONS", {}).setdefault("options", "-c jit=off -c random_page_cost=1.1")
    else:
        raise ImproperlyConfigured(f"{name} names a database that is not supported: use SQLite or PostgreSQL.")
    return found


def folder(name: str, database: dict[str, Any], default: Path) -> Path:
    """The folder given; else one named after and beside the SQLite file; else the default."""
    if given := text(name):
        return Path(given).expanduser().absolute()
    return beside(database, "files", default)


def beside(database: dict[str, Any], what: str, default: Path) -> Path:
    """A folder named after the SQLite file, next to it; else the default."""
    if database["ENGINE"].endswith("sqlite3") and database["NAME"] != ":memory:":
        file = Path(database["NAME"])
        return file.with_name(f"{file.stem}-{what}")
    return default


def broker(name: str) -> str:
    """The address of Redis or RabbitMQ; without one a folder of this machine rings."""
    url = text(name) or EMBEDDED
    if url.partition("://")[0] not in BROKERS:
        raise ImproperlyConfigured(
            f"{name} cannot be read: use redis://host:6379/0, rediss://… or amqp://user:password@host:5672//, "
            "or leave it out for the embedded broker."
        )
    return url


def broker_options(url: str, folder: Path, visible_after: int) -> dict[str, Any]:
    """What the transport of this address has to be told. Nothing waits long for a broker that does not answer."""
    kind = url.partition("://")[0]
    if kind == "filesystem":
        with contextlib.suppress(OSError):  # a folder that cannot be made is told by /readyz
            folder.mkdir(parents=True, exist_ok=True)
        folders = dict.fromkeys(("data_folder_in", "data_folder_out", "control_folder"), str(folder))
        return {**folders, "polling_interval": 0.25}
    if kind in ("redis", "rediss"):
        return {"visibility_timeout": visible_after, "socket_connect_timeout": 1, "socket_timeout": 5}
    return {}


def number(name: str, default: int) -> int:
    """A whole number from 0 on."""
    value = text(name)
    if value and not value.isdecimal():
        raise ImproperlyConfigured(f"{name}={value!r} is not understood: set it to a whole number, or leave it out.")
    return int(value) if value else default


def rate(name: str, default: str) -> str:
    """So many a second, minute, hour or day: 300/min; `off` for as many as anybody likes."""
    value = text(name) or default
    if value.lower() == "off":
        return ""
    if not re.fullmatch(r"[1-9][0-9]*/(s|sec|m|min|h|hour|d|day)", value):
        raise ImproperlyConfigured(f"{name}={value!r} is not understood: write 300/min, 5000/hour, or off.")
    return value


def shared_cache(broker: str, folder: Path) -> dict[str, Any]:
    """What all processes see: Redis where that rings already, else a folder that those of one machine share."""
    if broker.partition("://")[0] in ("redis", "rediss"):
        wait = {"socket_connect_timeout": 1, "socket_timeout": 1}
        found = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": broker, "OPTIONS": wait}
    else:
        found = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(folder)}
        found["OPTIONS"] = {"MAX_ENTRIES": 2000}
    return {**found, "KEY_PREFIX": "tracker"}


def secret_key(name: str, kept_in: Path) -> str:
    """The value given, or one made for this machine and kept in a private file."""
    if given := text(name):
        return given
    try:
        return kept_in.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        kept_in.parent.mkdir(parents=True, exist_ok=True)
    made = secrets.token_urlsafe(50)
    draft = kept_in.with_name(f"{kept_in.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made)
    try:
        os.link(draft, kept_in)  # appears whole or not at all
    except FileExistsError:  # another process made it at the same moment
        return kept_in.read_text(encoding="ascii").strip()
    finally:
        draft.unlink()
    return made
