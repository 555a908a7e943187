"""How commitments may be built: which kind stands under which, what wording each has, what a code looks like."""

import re

from django.utils.translation import gettext as _

from commitments.choices import Kind, Target
from commitments.rules.refusal import Refused
from commitments.rules.sentences import listed

# None: at the top of its document.
PARENTS_OF: dict[Kind, tuple[Kind | None, ...]] = {
    Kind.PRINCIPLE: (None,),
    Kind.PROPOSAL: (None,),
    Kind.MEASURE: (Kind.PROPOSAL, None),
    Kind.COMPONENT: (Kind.MEASURE,),
    Kind.OUTCOME: (None,),
    Kind.PRESS: (None,),
}
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,31}")


def check_place(kind: Kind, parent_kind: Kind | None) -> None:
    if parent_kind in PARENTS_OF[kind]:
        return
    sentence = _("A commitment of the kind “%(kind)s” cannot stand %(place)s; it stands %(allowed)s.")
    allowed = _(" or ").join(_place(each) for each in PARENTS_OF[kind])
    raise Refused(sentence % {"kind": kind.label, "place": _place(parent_kind), "allowed": allowed}, "parent")


def can_place(kind: Kind, parent_kind: Kind | None) -> bool:
    return parent_kind in PARENTS_OF[kind]


def check_wording(kind: Kind, target: Target | None, has_criterion: bool) -> None:
    """A proposal is carried out through its measures: it has neither target nor criterion of its own."""
    if kind == Kind.PROPOSAL and target:
        sentence = _("A commitment of the kind “%(kind)s” has no type of target; “%(target)s” must be left out.")
        raise Refused(sentence % {"kind": kind.label, "target": target.label}, "target")
    if kind == Kind.PROPOSAL and has_criterion:
        sentence = _("A commitment of the kind “%(kind)s” has no criterion; leave it empty.")
        raise Refused(sentence % {"kind": kind.label}, "criterion_zh")
    if kind != Kind.PROPOSAL and not target:
        sentence = _("A commitment of the kind “%(kind)s” needs a type of target: %(allowed)s.")
        raise Refused(sentence % {"kind": kind.label, "allowed": listed(t.label for t in Target)}, "target")


def check_code(code: str) -> None:
    if not CODE.fullmatch(code):
        sentence = _(
            "“%(code)s” is not a code: allowed are 1 to 32 Latin letters, digits, dots and hyphens, "
            "beginning with a letter or a digit."
        )
        raise Refused(sentence % {"code": code}, "code")


def _place(parent_kind: Kind | None) -> str:
    if parent_kind is None:
        return _("at the top")
    return _("under “%(kind)s”") % {"kind": parent_kind.label}
