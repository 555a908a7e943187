"""The repository as a whole: its documents say what the code says, and it names no machine it came from."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands

from commitments.catalogue.glossary import NOUNS
from commitments.management.commands._blocks import BLOCKS
from commitments.management.commands.docs import OPENING, rewritten

HOUSE = Path(settings.BASE_DIR)
README = HOUSE / "README.md"
ADRS = sorted((HOUSE / "docs" / "adr").glob("*.md"))
DOCUMENTS = sorted([README, *(HOUSE / "docs").rglob("*.md")])
ids = {"ids": lambda path: path.relative_to(HOUSE).as_posix()}

TOP_LEVEL = {
    *("tracker", "commitments", "fixtures", "tests", "docs", ".ci", ".gitignore"),
    *("dev.py", "manage.py", "README.md", "pyproject.toml"),
    *("requirements.txt", "requirements-dev.txt", "requirements-browser.txt"),
}
WORDS_OF_DEV = {"serve", "test", "check", "setup"}
# Not preceded by what makes them a part of an address or a relative path.
OF_A_MACHINE = re.compile(r"(?<![\w.-])/(?:work|root|home/\w+|Users/\w+)(?![\w-])")
OF_A_REGISTRY = re.compile(r"[/]simple\b|(?<!no-emit-)index[-]url")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shipped() -> list[str]:
    """Every file that is, or is about to be, in the repository."""
    command = ["git", "-C", str(HOUSE), "ls-files", "-co", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"git cannot list the files: {error}")
    return sorted(name for name in listed.split("\0") if name and (HOUSE / name).is_file())


# The code


@pytest.mark.django_db
def test_no_migration_is_pending():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_every_module_says_in_its_first_line_what_it_is():
    modules = [path for path in (HOUSE / "commitments").rglob("*.py") if "migrations" not in path.parts]
    silent = [path.relative_to(HOUSE).as_posix() for path in modules if not _speaks(path)]
    assert silent == []


def _speaks(path: Path) -> bool:
    """An __init__ that is empty or only hands on names needs no words."""
    tree = ast.parse(read(path))
    if path.name == "__init__.py" and all(isinstance(node, ast.ImportFrom | ast.Assign) for node in tree.body):
        return True
    return bool(ast.get_docstring(tree))


def test_the_top_level_holds_only_what_belongs_there(shipped: list[str]):
    assert {name.partition("/")[0] for name in shipped} <= TOP_LEVEL


def test_nothing_names_a_folder_of_the_machine_it_was_made_on(shipped: list[str]):
    assert list(found(OF_A_MACHINE, shipped)) == []


def test_nothing_names_a_package_registry(shipped: list[str]):
    assert list(found(OF_A_REGISTRY, shipped)) == []


def found(pattern: re.Pattern[str], names: list[str]) -> Iterator[str]:
    for name in names:
        for number, line in enumerate((HOUSE / name).read_bytes().decode("utf-8", "replace").splitlines(), 1):
            if match := pattern.search(line):
                yield f"{name}:{number}: {match.group()}"


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("cd /" + "work/main", True),
        ("sqlite:////" + "work/x.sqlite3", True),
        ("'/" + "root'", True),
        ("see /" + "home/anna/x", True),
        ("https://example.org/home/news", False),
        ("https://example.org/work/", False),
        ("frame/works", False),
        ("the /workshop", False),
    ],
)
def test_folders_of_a_machine_are_told_from_addresses(line: str, is_one: bool):
    assert bool(OF_A_MACHINE.search(line)) == is_one


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("https://example.org/" + "simple/", True),
        ("--index-" + "url x", True),
        ("--extra-index-" + "url=x", True),
        ("--no-emit-index-url", False),
        ("templates/simple_history/list.html", False),
    ],
)
def test_registries_are_told_from_other_words(line: str, is_one: bool):
    assert bool(OF_A_REGISTRY.search(line)) == is_one


# The documents


def test_the_readme_is_short_and_names_the_two_commands():
    text = read(README)
    assert len(text.splitlines()) <= 100
    assert "python3 dev.py serve" in text
    assert "python3 dev.py test" in text


@pytest.mark.parametrize("path", DOCUMENTS, **ids)
def test_every_command_that_a_document_names_exists(path: Path):
    named = set(re.findall(r"dev\.py ([a-z_]+)\b", read(path)))
    assert named <= WORDS_OF_DEV | set(get_commands())


def test_the_readme_lists_the_environment_that_the_settings_read():
    read_there = set(re.findall(r"environment\.\w+\(\s*\"([A-Z_]+)\"", read(HOUSE / "tracker" / "settings.py")))
    table = read(README).partition("## Environment")[2].partition("\n## ")[0]
    named = {name for line in table.splitlines() for name in re.findall(r"`([A-Z_]+)`", line.partition(" | ")[0])}
    assert "DATABASE_URL" in read_there
    assert named == read_there


def test_the_generated_parts_of_the_documents_are_fresh():
    call_command("docs", check=True, verbosity=0)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_generated_part_that_someone_changed_is_made_anew(name: str):
    text = f"before\n{OPENING}{name} -->\nsomething else\n<!-- end -->\nafter\n"
    fresh = rewritten(text)
    assert fresh != text
    assert fresh.startswith("before\n") and fresh.endswith("\n<!-- end -->\nafter\n")
    assert rewritten(fresh) == fresh


@pytest.mark.parametrize("text", [f"{OPENING}filters -->\n", f"{OPENING}weather -->\n<!-- end -->"])
def test_a_generated_part_without_end_or_of_no_known_name_is_refused(text: str):
    with pytest.raises(CommandError):
        rewritten(text)


@pytest.mark.parametrize("path", DOCUMENTS, **ids)
def test_every_relative_link_leads_to_a_file_and_to_a_heading_of_it(path: Path):
    lost = []
    for link in re.findall(r"\]\(([^)\s]+)\)", read(path)):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, heading = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or heading and heading not in headings(target):
            lost.append(link)
    assert lost == []


def headings(path: Path) -> set[str]:
    """As addresses within the page: lower case, hyphens for spaces, no punctuation."""
    lines = re.findall(r"^#+ (.+)$", read(path), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in lines}


@pytest.mark.parametrize("path", DOCUMENTS, **ids)
def test_every_path_that_a_document_names_exists(path: Path):
    """Paths in backticks, from the root of the repository; those with <placeholders> are examples."""
    rooms = "commitments|tracker|tests|fixtures|docs"
    named = re.findall(rf"`((?:{rooms})/[\w./-]*)`", read(path))
    missing = [name for name in named if not (HOUSE / name).exists()]
    assert [name for name in missing if not name.startswith("commitments/locale/")] == []


@pytest.mark.parametrize("path", ADRS, **ids)
def test_a_decision_is_short_and_says_context_decision_and_consequences(path: Path):
    text = read(path)
    assert len(text.splitlines()) <= 25
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_gaps():
    assert [path.name[:4] for path in ADRS] == [f"{number:04d}" for number in range(1, len(ADRS) + 1)]
    assert [read(path).splitlines()[0].split()[1] for path in ADRS] == [f"{n}." for n in range(1, len(ADRS) + 1)]


def test_every_system_check_has_its_line_in_the_documents():
    code = "\n".join(read(path) for path in (HOUSE / "commitments").rglob("*.py"))
    table = read(HOUSE / "docs" / "development.md").partition("## System checks")[2].partition("\n## ")[0]
    registered = set(re.findall(r"id=\"(commitments\.[EWI]\d{3})\"", code))
    assert registered
    assert set(re.findall(r"^\| `(commitments\.[EWI]\d{3})`", table, re.MULTILINE)) == registered


def test_the_glossary_has_every_noun_of_the_site():
    text = read(HOUSE / "docs" / "glossary.md")
    assert [noun.names["zh"] for noun in NOUNS if not all(name[:4] in text for name in noun.names.values())] == []
