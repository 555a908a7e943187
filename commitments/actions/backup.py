"""Make a backup: database and stored files -> one sealed archive, read back before it takes its name."""

import os
import platform
import tomllib
from contextlib import closing
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.backups import stored
from commitments.actions.backups.archive import MARK, Archive, Writer
from commitments.actions.backups.engines import engine
from commitments.actions.backups.manifest import Manifest
from commitments.actions.backups.problems import BackupRefused
from commitments.actions.backups.workspace import workspace
from commitments.storage import sync_folder


def back_up(*, output: Path) -> Manifest:
    """First the database, of one moment; then the files, which are only ever added: more than it names does no harm."""
    _check_output(output)
    if not engine().exists():
        raise BackupRefused(_("There is no database to back up yet."))
    with workspace(output.parent) as folder:
        draft = folder / "draft"
        with open(draft, "x+b") as file:
            with closing(Writer(file)) as writer:
                made_at = timezone.now().isoformat()
                database = engine().take(writer, folder)
                manifest = Manifest(made_at, _versions(), database, stored.take(writer))
                writer.seal(manifest)
            Archive(file).check()
        draft.chmod(0o600)  # rows hold drafts, addresses and password hashes
        os.replace(draft, output)
    sync_folder(output.parent)
    return manifest


def _check_output(output: Path) -> None:
    """An older backup or an empty file gives way; anything else of that name was hardly meant."""
    if not output.parent.is_dir():
        raise BackupRefused(_("There is no folder %(folder)s.") % {"folder": output.parent})
    if output.is_dir() or (output.exists() and not _gives_way(output)):
        raise BackupRefused(_("%(file)s exists and is not a backup: it is left as it is.") % {"file": output})


def _gives_way(output: Path) -> bool:
    with open(output, "rb") as file:
        return output.stat().st_size == 0 or MARK.encode() in file.read(30 + len(MARK))


def _versions() -> dict[str, str]:
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {
        "tracker": str(project["version"]),
        "python": platform.python_version(),
        "django": django.get_version(),
        connection.vendor: engine().version(),
    }
