"""The files of one folder of fixtures -> checked text, table rows and JSON entries, each with its place."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from commitments.actions.seeding.cells import Cells
from commitments.actions.seeding.problems import Place, Problem
from commitments.rules.sentences import listed


class Folder:
    """`name` is the folder as people know it: '' for the fixtures themselves, else its path below them."""

    def __init__(self, path: Path, name: str, problems: list[Problem]) -> None:
        self.path, self.name, self.problems = path, name, problems

    def place(self, file: str, row: str = "") -> Place:
        return Place(f"{self.name}/{file}" if self.name else file, row)

    def wrong(self, file: str, reason: str, row: str = "") -> None:
        self.problems.append(Problem(self.place(file, row), "", None, reason))

    def text(self, file: str, encoding: str = "utf-8") -> str | None:
        """The content of a file, exactly; None, with a problem noted, where it is no clean text."""
        try:
            content = (self.path / file).read_bytes().decode(encoding)
        except FileNotFoundError:
            reason = _("The file is missing.")
        except OSError as error:
            reason = _("The file cannot be read: %(reason)s.") % {"reason": error.strerror}
        except UnicodeDecodeError as error:
            words = {"byte": error.object[error.start : error.start + 1].hex(), "start": error.start}
            reason = _("The file is not UTF-8: byte 0x%(byte)s at %(start)s.") % words
        else:
            if "\0" not in content:
                return content
            reason = _("The file holds a NUL character at %(start)s.") % {"start": content.index("\0")}
        self.wrong(file, reason)
        return None

    def table(self, file: str, columns: Sequence[str]) -> list[Cells]:
        """The rows of a CSV file with exactly these columns."""
        content = self.text(file, "utf-8-sig")
        if content is None:
            return []
        reader = csv.reader(io.StringIO(content, newline=""), strict=True)
        lines: list[tuple[int, list[str]]] = []
        begins = 1
        try:
            for line in reader:
                lines.append((begins, line))
                begins = reader.line_num + 1
        except csv.Error as error:
            self.wrong(file, _("This is not CSV: %(reason)s.") % {"reason": error}, _line(begins))
            return []
        return self._rows(file, columns, lines)

    def _rows(self, file: str, columns: Sequence[str], lines: list[tuple[int, list[str]]]) -> list[Cells]:
        head = lines[0][1] if lines else []
        if head != list(columns):
            self._wrong_names(file, head, columns, _line(1))
            return []
        rows = []
        for number, line in lines[1:]:
            if len(line) == len(columns):
                rows.append(
                    Cells(self.place(file, _line(number)), dict(zip(columns, line, strict=True)), self.problems)
                )
            else:
                words = {"have": len(line), "need": len(columns)}
                self.wrong(file, _("%(have)d cells where there must be %(need)d.") % words, _line(number))
        return rows

    def entries(self, file: str, keys: Sequence[str], optional: Sequence[str] = ()) -> list[Cells]:
        """The objects of a JSON list."""
        found = self._json(file)
        if found is None:
            return []
        if not isinstance(found, list):
            self.wrong(file, _("A list is expected."))
            return []
        places = [self.place(file, _("entry %(number)d") % {"number": n}) for n in range(1, len(found) + 1)]
        cells = [self._cells(place, entry, keys, optional) for place, entry in zip(places, found, strict=True)]
        return [each for each in cells if each is not None]

    def record(self, file: str, keys: Sequence[str], optional: Sequence[str] = ()) -> Cells | None:
        """The one object of a JSON file."""
        found = self._json(file)
        return None if found is None else self._cells(self.place(file), found, keys, optional)

    def _cells(self, place: Place, found: Any, keys: Sequence[str], optional: Sequence[str]) -> Cells | None:
        if not isinstance(found, dict):
            self.problems.append(Problem(place, "", None, _("An object with named values is expected.")))
            return None
        cells = Cells(place, found, self.problems)
        for key in keys:
            if key not in found:
                cells.wrong(key, _("The value is missing."))
        for key in found:
            if key not in keys and key not in optional:
                cells.wrong(
                    key, _("This name is not known; known are: %(names)s.") % {"names": listed((*keys, *optional))}
                )
        return cells

    def _json(self, file: str) -> Any:
        content = self.text(file, "utf-8-sig")
        if content is None:
            return None
        try:
            found = json.loads(content, object_pairs_hook=_no_name_twice, parse_constant=_no_such_number)
        except (ValueError, RecursionError) as error:
            self.wrong(file, _("This is not JSON: %(reason)s.") % {"reason": error})
            return None
        if found is None:
            self.wrong(file, _("The file holds nothing."))
        return found

    def _wrong_names(self, file: str, have: Iterable[str], need: Sequence[str], row: str) -> None:
        have = list(have)
        missing, more = [n for n in need if n not in have], [n for n in have if n not in need]
        words = {"need": ",".join(need), "missing": listed(missing) or "–", "more": listed(more) or "–"}
        sentence = _("The columns must be %(need)s (missing: %(missing)s; not known: %(more)s).")
        self.wrong(file, sentence % words, row)


def _line(number: int) -> str:
    return _("line %(number)d") % {"number": number}


def _no_name_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(_("“%(name)s” stands twice in one object") % {"name": name})
        found[name] = value
    return found


def _no_such_number(word: str) -> Callable[..., Any]:
    raise ValueError(_("%(word)s is not a value") % {"word": word})
