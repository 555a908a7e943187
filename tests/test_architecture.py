"""The plan of the house (docs: design, part 4) as a test: imports point down, rooms are named, files stay small.

`findings(path, source)` reads one module with `ast` and returns a sentence for each breach.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

HOUSE = Path(__file__).resolve().parent.parent
OWN = ("commitments", "tracker", "tests", "dev", "manage")

# Top to bottom. Rooms on one floor are strangers to each other, but for the ground, where words stand on languages.
FLOORS = (
    ("web", "api", "admin", "management"),
    ("answers",),
    ("tasks",),
    ("actions",),
    ("sources", "reports"),
    ("catalogue",),
    ("search",),
    ("models",),
    ("extraction", "rules"),
    ("text", "tables"),
    ("choices", "languages", "today", "storage", "apart", "hidden"),
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
GROUND = len(FLOORS) - 1
BELONGS_TO = {"templatetags": "web", "migrations": "models"}
ROOF = ("apps", "checks", "migrating")  # may import anything; nothing may import them
FILLED_INITS = ("commitments/models/__init__.py", "commitments/admin/__init__.py")

FORBIDDEN_NAMES = ("utils", "helpers", "common", "misc")
FILE_CAP, FUNCTION_CAP = 400, 60

# A library with one owner, and the files or folders that may import it.
NETWORK = ("commitments/sources/",)
# `serve` sees whether its own port is free and asks its own server, on this machine, whether it is up.
SERVE = "commitments/management/commands/serve.py"
OWNERS: dict[str, tuple[str, ...]] = {
    "openpyxl": ("commitments/tables/child.py",),
    "jieba": ("commitments/text/segment.py",),
    "opencc": ("commitments/text/folding.py",),
    "snowballstemmer": ("commitments/text/folding.py",),
    "typst": ("commitments/reports/typesetter.py",),
    "pikepdf": ("commitments/reports/pdf_joined.py",),
    "docxtpl": ("commitments/reports/report_docx.py",),
    "urllib3": NETWORK,
    "requests": NETWORK,
    "httpx": NETWORK,
    "aiohttp": NETWORK,
    "urllib.request": (*NETWORK, SERVE),
    "http.client": NETWORK,
    "socket": (*NETWORK, SERVE),
    "certifi": NETWORK,
    "warcio": ("commitments/sources/capture.py",),
    # Parsers of strangers' files: loaded in a child process with limits, never by a web process.
    "trafilatura": ("commitments/extraction/files/", "commitments/sources/reading.py"),
    "pypdf": ("commitments/extraction/files/", "commitments/sources/reading.py"),
    "docx": ("commitments/extraction/files/", "commitments/sources/reading.py"),
    "PIL": ("commitments/sources/reading.py",),
}


class Import(NamedTuple):
    target: str  # dotted, names included: "commitments.models.Commitment"
    line: int
    is_inner: bool


def findings(path: str, source: str) -> list[str]:
    """Path relative to the house, with forward slashes."""
    tree = ast.parse(source)
    found = list(imports(path, tree))
    return [
        *_directions(path, found),
        *_inner(path, found),
        *_owners(path, found),
        *_names(path),
        *_sizes(path, tree, source),
        *_inits(path, source),
    ]


def imports(path: str, tree: ast.AST, is_inner: bool = False) -> Iterator[Import]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno, is_inner) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(path, node)
            yield from (Import(f"{base}.{alias.name}", node.lineno, is_inner) for alias in node.names)
        else:
            inside = is_inner or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from imports(path, node, inside)


def _absolute(path: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = Path(path).parts[: -node.level]
    return ".".join([*package, node.module] if node.module else package)


def room_of(dotted: str) -> str | None:
    """commitments.models.note -> models; None outside the rooms. A surface's parts belong to it."""
    first, _, rest = dotted.partition(".")
    room = rest.partition(".")[0]
    return BELONGS_TO.get(room, room) if first == "commitments" and room else None


def _room_of_file(path: str) -> str | None:
    return room_of(path.removesuffix(".py").replace("/", "."))


def _directions(path: str, found: list[Import]) -> Iterator[str]:
    room = _room_of_file(path)
    if room is None or room in ROOF or path == "commitments/__init__.py":
        return
    if room not in FLOOR_OF:
        yield f"{path}: {room} is no room of the house; name it in FLOORS"
        return
    for each in found:
        other = room_of(each.target)
        if each.target.split(".")[0] in ("tracker", "tests", "dev", "manage"):
            yield f"{path}:{each.line}: {room} imports {each.target}, which stands above it"
        elif other in ROOF:
            yield f"{path}:{each.line}: {room} imports {each.target}, which is the roof"
        elif other and other != room and other not in FLOOR_OF:
            yield f"{path}:{each.line}: {room} imports {each.target}, which is no room of the house"
        elif other and other != room and not _is_below(other, room):
            yield f"{path}:{each.line}: {room} imports {each.target}; {other} is not below {room}"


def _is_below(other: str, room: str) -> bool:
    return FLOOR_OF[other] > FLOOR_OF[room] or FLOOR_OF[other] == FLOOR_OF[room] == GROUND


def _inner(path: str, found: list[Import]) -> Iterator[str]:
    for each in found:
        if each.is_inner and each.target.split(".")[0] in OWN:
            yield f"{path}:{each.line}: imports {each.target} inside a function"


def _owners(path: str, found: list[Import]) -> Iterator[str]:
    for each in found:
        for library, allowed in OWNERS.items():
            if f"{each.target}.".startswith(f"{library}.") and not path.startswith(allowed):
                yield f"{path}:{each.line}: imports {library}, which belongs to {allowed[0]}"


def _names(path: str) -> Iterator[str]:
    for part in Path(path).with_suffix("").parts:
        if part in FORBIDDEN_NAMES:
            yield f"{path}: “{part}” says nothing about what is inside"


def _sizes(path: str, tree: ast.AST, source: str) -> Iterator[str]:
    if "/migrations/" in path:
        return
    if (lines := len(source.splitlines())) > FILE_CAP:
        yield f"{path}: {lines} lines, allowed are {FILE_CAP}"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_CAP:
                yield f"{path}:{node.lineno}: {node.name} has {length} lines, allowed are {FUNCTION_CAP}"


def _inits(path: str, source: str) -> Iterator[str]:
    if path.startswith("commitments/") and path.endswith("__init__.py") and path not in FILLED_INITS and source.strip():
        yield f"{path}: only the __init__ of models and admin holds anything"


def modules() -> list[str]:
    return sorted(
        path.relative_to(HOUSE).as_posix()
        for folder in ("commitments", "tracker")
        for path in (HOUSE / folder).rglob("*.py")
    )


def test_the_house_keeps_to_its_plan():
    assert [line for path in modules() for line in findings(path, (HOUSE / path).read_text(encoding="utf-8"))] == []


def test_the_whole_house_is_read():
    read = {_room_of_file(path) for path in modules()} - {None}
    assert {"actions", "models", "rules", "catalogue", "web", "api", "choices", *ROOF} <= read
    assert "tracker/settings.py" in modules()


PLANTED = [
    ("commitments/models/note.py", "from commitments.actions.notes import save_note", "actions is not below models"),
    ("commitments/models/note.py", "import commitments.web.pages", "web is not below models"),
    ("commitments/rules/gates.py", "from commitments import models", "models is not below rules"),
    ("commitments/rules/gates.py", "from commitments.extraction import read", "extraction is not below rules"),
    ("commitments/rules/gates.py", "from ..models import Note", "models is not below rules"),
    ("commitments/web/pages.py", "from commitments.admin import site", "admin is not below web"),
    ("commitments/web/pages.py", "from commitments.api.views import x", "api is not below web"),
    ("commitments/templatetags/status.py", "from commitments.api import x", "api is not below web"),
    ("commitments/api/views.py", "from commitments.templatetags.status import mark", "web is not below api"),
    ("commitments/answers.py", "from commitments.web import caching", "web is not below answers"),
    ("commitments/actions/notes.py", "from commitments.answers import page", "answers is not below actions"),
    ("commitments/actions/notes.py", "from commitments.tasks import ring", "tasks is not below actions"),
    ("commitments/actions/notes.py", "from commitments.tasks.notes import x", "tasks is not below actions"),
    ("commitments/reports/csv.py", "from commitments.sources import fetch", "sources is not below reports"),
    ("commitments/catalogue/listing.py", "from commitments.reports import csv", "reports is not below catalogue"),
    ("commitments/search/words.py", "from commitments.catalogue import x", "catalogue is not below search"),
    ("commitments/text/clean.py", "import commitments.rules.gates", "rules is not below text"),
    ("commitments/choices.py", "from commitments.text.clean import clean_text", "text is not below choices"),
    ("commitments/web/pages.py", "from commitments.checks import x", "which is the roof"),
    ("commitments/web/pages.py", "from tracker import urls", "stands above it"),
    ("commitments/models/note.py", "from tests.factories import make_note", "stands above it"),
    ("commitments/attic/box.py", "", "is no room of the house"),
    ("commitments/web/pages.py", "import commitments.attic", "is no room of the house"),
    ("commitments/models/note.py", "def f():\n    from commitments.choices import Kind", "inside a function"),
    ("commitments/models/note.py", "class A:\n  async def f(self):\n    from . import base", "inside a function"),
    ("commitments/models/note.py", "if 1:\n    def f():\n        import commitments.choices", "inside a function"),
    ("tracker/urls.py", "def f():\n    import commitments.web", "inside a function"),
    (
        "commitments/models/note.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import commitments.api",
        "api is",
    ),
    ("commitments/text/clean.py", "def f():\n    import jieba", "imports jieba"),
    ("commitments/search/words.py", "import jieba.posseg", "imports jieba"),
    ("commitments/web/reports.py", "import typst", "imports typst"),
    ("commitments/reports/report_pdf.py", "from docxtpl import DocxTemplate", "imports docxtpl"),
    ("commitments/actions/evidence.py", "import urllib3", "imports urllib3"),
    ("commitments/actions/evidence.py", "from requests.adapters import HTTPAdapter", "imports requests"),
    ("commitments/web/pages.py", "import httpx", "imports httpx"),
    ("commitments/web/pages.py", "from socket import create_connection", "imports socket"),
    ("commitments/web/pages.py", "from urllib import request", "imports urllib.request"),
    ("commitments/sources/capture.py", "import trafilatura", "imports trafilatura"),
    ("commitments/sources/capture.py", "from PIL import Image", "imports PIL"),
    ("commitments/web/utils.py", "", "“utils”"),
    ("commitments/web/common/pages.py", "", "“common”"),
    ("tracker/helpers.py", "", "“helpers”"),
    ("commitments/web/pages.py", "\n" * 401, "401 lines"),
    ("commitments/web/pages.py", "def f():\n" + "    x = 1\n" * 60, "f has 61 lines"),
    ("commitments/rules/__init__.py", "from commitments.rules.gates import check_gate", "only the __init__ of"),
    ("commitments/management/commands/__init__.py", "x = 1", "only the __init__ of"),
]


@pytest.mark.parametrize(("path", "source", "sentence"), PLANTED)
def test_a_planted_breach_is_found(path, source, sentence):
    found = findings(path, source)
    assert len(found) == 1 and sentence in found[0]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("commitments/web/pages.py", "from commitments.catalogue.listing import Listing\nfrom . import context"),
        ("commitments/web/pages.py", "from commitments.templatetags.status import mark"),
        ("commitments/templatetags/status.py", "from commitments.web.context import site"),
        (
            "commitments/admin/notes.py",
            "from commitments.actions.notes import save_note\nfrom commitments.tasks import x",
        ),
        ("commitments/models/note.py", "from commitments.rules.gates import check_gate\nfrom .base import Seeded"),
        ("commitments/choices.py", "from commitments.languages import choose"),
        ("commitments/migrating.py", "from commitments.actions.roles import ensure_roles\nimport commitments.web.urls"),
        ("tracker/urls.py", "from commitments.web import urls\nfrom commitments.admin import site"),
        ("commitments/text/segment.py", "def words():\n    import jieba"),
        ("commitments/sources/fetch.py", "import socket\nimport urllib3.util"),
        ("commitments/web/pages.py", "from urllib.parse import urlencode\nimport http\nimport requests_like"),
        ("commitments/management/commands/serve.py", "import socket"),
        ("commitments/migrations/0001_create_register.py", "import commitments.choices\n" + "x = 1\n" * 500),
        ("commitments/models/__init__.py", "from commitments.models.note import Note"),
        ("commitments/web/pages.py", "\n" * 400),
        ("commitments/web/pages.py", "def f():\n" + "    x = 1\n" * 59),
    ],
)
def test_what_the_plan_allows_is_not_found(path, source):
    assert findings(path, source) == []
