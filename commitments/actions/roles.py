"""The three roles as groups of Django users, with what each may do in the admin."""

from django.contrib.auth.models import AnonymousUser, Group, Permission, User

from commitments.rules.review import Role

# Rows are added and changed through actions; nothing here lets anyone delete what was published.
EDITED = (
    *("commitment", "passage", "commitmentparty", "commitmenttheme", "evidence", "evidencelink"),
    *("assessment", "citation", "note", "check", "party", "theme", "publisher", "exclusion", "provenance"),
    "reportdefinition",
)
MAY: dict[Role, tuple[str, ...]] = {
    Role.ANALYST: ("add", "change", "delete", "view"),
    Role.REVIEWER: ("view",),
    Role.PUBLISHER: ("view",),
}
READ = ("linkhealth", "linkcheck", "snapshot", "job")  # written by visits and workers alone
DOCUMENTS: dict[Role, tuple[str, ...]] = {
    Role.ANALYST: ("add", "change", "view"),
    Role.REVIEWER: ("view",),
    Role.PUBLISHER: ("view",),
}
EDITIONS: dict[Role, tuple[str, ...]] = {
    Role.ANALYST: ("view",),
    Role.REVIEWER: ("view",),
    Role.PUBLISHER: ("add", "view"),
}

# Read by every role; when things happen by themselves is the analysts' to say.
SCHEDULES: dict[Role, tuple[str, ...]] = {
    Role.ANALYST: (
        *("view_periodictask", "change_periodictask"),
        *("view_crontabschedule", "add_crontabschedule", "view_intervalschedule", "add_intervalschedule"),
    ),
    Role.REVIEWER: (),
    Role.PUBLISHER: (),
}


def ensure_roles(using: str = "default") -> None:
    """Idempotent: the groups exist and hold at least these permissions; what an administrator added stays."""
    known = {
        permission.codename: permission
        for permission in Permission.objects.using(using).filter(
            content_type__app_label__in=["commitments", "django_celery_beat"]
        )
    }
    for role in Role:
        group, _ = Group.objects.using(using).get_or_create(name=role.value)
        wanted = [f"{verb}_{model}" for model in EDITED for verb in MAY[role]]
        wanted += [f"view_{model}" for model in READ]
        wanted += [f"{verb}_{model}" for model in ("sourcedocument", "draftregister") for verb in DOCUMENTS[role]]
        wanted += SCHEDULES[role]
        wanted += [f"{verb}_edition" for verb in EDITIONS[role]]
        group.permissions.add(*(known[codename] for codename in wanted if codename in known))


def roles_of(user: User | AnonymousUser) -> frozenset[Role]:
    """The roles that an active user holds now; read afresh, so that a lost role takes effect on the next request."""
    if not user.is_active or not user.is_authenticated:
        return frozenset()
    names = set(user.groups.values_list("name", flat=True))
    return frozenset(role for role in Role if role.value in names)


def desk_review_user() -> User:
    """The inactive user that stands for the desk work behind shipped registers."""
    user, _ = User.objects.get_or_create(
        username="desk-review", defaults={"is_active": False, "first_name": "Desk review", "password": "!"}
    )
    return user
