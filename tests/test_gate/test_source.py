"""What lint cannot say about the source: sizes, words, and that nothing is exempt."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
# Each pattern is written so that it does not match itself.
FORBIDDEN = re.compile(r"\bT[O]DO\b|\bF[I]XME\b|\bX[X]X\b|\bNotImplemented[E]rror\b|值[勤]|/[w]ork/|/[r]oot/")
EXEMPTION = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?P<codes>(?::\s*[A-Z0-9, ]+|\[[a-z-, ]+\])?)(?P<reason>.*)")


def sources() -> list[Path]:
    """Return every Python file of the project."""
    folders = [ROOT / name for name in ("patrol_desk", "tests", "packaging")]
    return [ROOT / "run.py", *sorted(path for folder in folders for path in folder.rglob("*.py"))]


def words() -> list[Path]:
    """Return every text file in which somebody reads words: source, catalogues, documents."""
    documents = [*ROOT.glob("*.md"), *ROOT.glob("packaging/*.md"), *ROOT.glob("docs/**/*.md")]
    return [*sources(), *sorted(ROOT.glob("patrol_desk/**/*.toml")), *documents]


def name_of(path: Path) -> str:
    """Return a path as a test names it."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each function of a file with its number of lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_files_are_short_enough_to_read() -> None:
    """A file holds one thing; one that grows past the limit holds two."""
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    long = [f"{name}: {lines} lines" for name, lines in lengths.items() if lines > LONGEST_FILE]
    assert not long, "\n".join(long)


def test_functions_are_short_enough_to_read() -> None:
    """A function does one thing; its docstring counts."""
    found = [(f"{name_of(path)}: {name}", lines) for path in sources() for name, lines in functions(path)]
    long = [f"{name} has {lines} lines" for name, lines in found if lines > LONGEST_FUNCTION]
    assert not long, "\n".join(long)


def test_no_work_is_left_lying_about() -> None:
    """No line says that something is still to be done, names a machine's folder, or writes 执勤 wrongly."""
    found = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in words()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FORBIDDEN.search(line)
    ]
    assert not found, "\n".join(found)


def test_each_exemption_gives_its_reason() -> None:
    """A check is silenced by name, on one line, and the line or the comment above it says why."""
    found = []
    for path in sources():
        before = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = EXEMPTION.search(line)
            explained = match and (re.search(r"\w{2}", match["reason"]) or before.strip().startswith("#"))
            if match and path != Path(__file__) and not (match["codes"] and explained):
                found.append(f"{name_of(path)}:{number}: {line.strip()}")
            before = line
    assert not found, "\n".join(found)


def test_no_error_is_passed_over_in_silence() -> None:
    """Whoever catches an error does something about it."""
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and all(isinstance(part, ast.Pass) for part in node.body)
    ]
    assert not found, "\n".join(found)


def test_documents_point_at_what_is_there() -> None:
    """A link between the project's documents leads to a file."""
    found = [
        f"{name_of(path)}: {target}"
        for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("packaging/*.md"))
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("table", [("ruff", "lint", "per-file-ignores"), ("mypy", "overrides")])
def test_no_file_is_exempt(table: tuple[str, ...]) -> None:
    """Lint and types hold for every file alike."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    for name in table:
        settings = settings.get(name, {})
    assert settings == {}
