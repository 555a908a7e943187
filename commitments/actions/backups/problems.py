"""Why no backup was made, or why none was restored: one sentence each."""

from django.utils.translation import gettext as _

from commitments.rules.refusal import Refused


class BackupRefused(Refused):
    """Nothing was switched in or written over."""


def damaged(detail: str) -> BackupRefused:
    return BackupRefused(
        _("The backup is damaged or was cut short (%(detail)s). Use another copy.") % {"detail": detail}
    )


def foreign(detail: str) -> BackupRefused:
    return BackupRefused(_("This is not a backup of this tracker (%(detail)s).") % {"detail": detail})


def newer(detail: str) -> BackupRefused:
    sentence = _("A newer version of the tracker made this backup (%(detail)s). Update this one first.")
    return BackupRefused(sentence % {"detail": detail})
