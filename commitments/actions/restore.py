"""Restore a backup: check it, build and verify its rows, put its files back, and only then switch the rows in."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from commitments.actions.backups import stored
from commitments.actions.backups.archive import Archive
from commitments.actions.backups.engines import engine
from commitments.actions.backups.manifest import Database, Manifest
from commitments.actions.backups.problems import BackupRefused
from commitments.actions.backups.stages import check_known, is_current
from commitments.models.guards import install_guards, missing_guards
from commitments.storage import files

# `migrate` itself writes roles and permissions: a database with these alone is empty.
TELLING, OURS = ("auth_user",), "commitments_"
DERIVED = "commitments_search"  # an index of words has rows before there is any word


@dataclass
class Restored:
    manifest: Manifest
    files: stored.Compared
    is_current: bool


def restore(*, source: Path, replace: bool = False) -> Restored:
    """Without `replace` only into a database without rows, beside no file that differs. Adds no rows of its own."""
    try:
        file = open(source, "rb")
    except OSError as error:
        raise BackupRefused(_("%(file)s cannot be read: %(reason)s.") % _reason(source, error)) from error
    with file:
        archive = Archive(file)
        manifest = archive.manifest
        _check_engine(manifest.database)
        check_known(manifest.database.migrations)
        if not replace and engine().holds_rows(TELLING, OURS, DERIVED):
            raise BackupRefused(_("The database holds rows already. To put the backup in their place, use --replace."))
        compared = stored.compare(manifest.files)
        if compared.differing and not replace:
            words = {"count": len(compared.differing), "first": compared.differing[0]}
            sentence = _(
                "Stored files differ from the backup's: %(count)d, first %(first)s. --replace sets them aside."
            )
            raise BackupRefused(sentence % words)
        _check_space(manifest, compared)
        archive.check()
        engine().give(archive, lambda: stored.give(archive, compared))
    current = is_current(manifest.database.migrations)
    if current and missing_guards():
        install_guards()
    return Restored(manifest, compared, current)


def _reason(source: Path, error: OSError) -> dict[str, object]:
    return {"file": source, "reason": error.strerror}


def _check_engine(database: Database) -> None:
    if database.vendor != connection.vendor:
        sentence = _("The backup is of %(theirs)s, and DATABASE_URL names a database of %(ours)s.")
        raise BackupRefused(sentence % {"theirs": database.vendor, "ours": connection.vendor})


def _check_space(manifest: Manifest, compared: stored.Compared) -> None:
    """Said before anything is written; a file that claims to inflate without end ends here too."""
    needs = [engine().space_needed(manifest.database)]
    storage = files()
    if isinstance(storage, FileSystemStorage):
        wanted = [*compared.missing, *compared.differing]
        needs.append((Path(storage.location), sum(manifest.files[name].size for name in wanted)))
    per_disk: dict[int, tuple[Path, int]] = {}
    for folder, size in needs:
        there = next(each for each in (folder, *folder.parents) if each.exists())
        disk = there.stat().st_dev
        per_disk[disk] = (there, size + per_disk.get(disk, (there, 0))[1])
    for there, size in per_disk.values():
        free = shutil.disk_usage(there).free
        if size > free:
            words = {"folder": there, "size": filesizeformat(size), "free": filesizeformat(free)}
            sentence = _("%(folder)s needs %(size)s for this backup and has %(free)s free.")
            raise BackupRefused(sentence % words)
