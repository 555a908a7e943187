"""What the API takes beside a question: the language of its words, and the fields that a program wants."""

from collections.abc import Collection

from django.http import QueryDict
from django.utils.translation import gettext as _

from commitments.catalogue import parameters
from commitments.languages import codes, suffix

LANGUAGE, FIELDS = "lang", "fields"
OWN = (LANGUAGE, FIELDS)


def languages() -> dict[str, str]:
    """Every way to write a language -> its code: zh-hans and zh both mean the first."""
    return {written: code for code in codes() for written in (code, suffix(code))}


def language_of(params: QueryDict) -> str:
    """The one asked for where there is such a one, else the first."""
    return languages().get(params.get(LANGUAGE, ""), codes()[0])


class Own:
    """`rest` is the question without them; `fields` None means all."""

    def __init__(self, params: QueryDict, known_fields: Collection[str]) -> None:
        self.params = params
        self.rest = params.copy()
        for name in OWN:
            self.rest.pop(name, None)
        given = params.get(FIELDS, "")
        self.fields = [name.strip() for name in given.split(",") if name.strip()] or None
        self.errors = parameters.merged(
            parameters.repeated(_only(params, OWN), ()),
            _refused(LANGUAGE, [params.get(LANGUAGE, "")], ["", *languages()]),
            _refused(FIELDS, self.fields or [], known_fields),
        )

    @property
    def query(self) -> str:
        """What leads on to other pages with the same wishes."""
        found = QueryDict(mutable=True)
        for name in OWN:
            if value := self.params.get(name, "").strip():
                found[name] = value
        return found.urlencode()


def _only(params: QueryDict, names: Collection[str]) -> QueryDict:
    found = QueryDict(mutable=True)
    for name in names:
        found.setlist(name, params.getlist(name))
    return found


def _refused(name: str, given: Collection[str], allowed: Collection[str]) -> parameters.Errors:
    """One sentence for each value, as the forms have it."""
    sentence = _("“%(value)s” is not allowed here. Allowed are: %(allowed)s.")
    listed = ", ".join(one for one in allowed if one)
    wrong = [sentence % {"value": one[:40], "allowed": listed} for one in dict.fromkeys(given) if one not in allowed]
    return {name: wrong[:3]} if wrong else {}
