"""The window's texts: every one has English, none is written past `tr`."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

from patrol_desk.ui.i18n.catalog import Entry, read_english

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "patrol_desk" / "ui"
HAN = re.compile(r"[\u3400-\u9fff]")
OWN_NAMES = {"ui/i18n/catalog.py", "ui/i18n/dates.py"}
"""The two files that hold what languages call shifts and weekdays."""
LANGUAGE_NAMES = {"中", "中文"}
"""A language is written in itself, whichever is spoken."""


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Yield name and syntax tree of every file of the window."""
    for file in sorted(UI.rglob("*.py")):
        yield file.relative_to(ROOT / "patrol_desk").as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def is_tr(node: ast.AST) -> bool:
    """Say whether a node is a call of `tr`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr"


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of `tr`."""
    for name, tree in sources():
        for node in ast.walk(tree):
            if is_tr(node):
                assert isinstance(node, ast.Call)
                yield f"{name}:{node.lineno}", node


def literal(call: ast.Call) -> str | None:
    """Return the source text of a call, None when it is not a literal."""
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def used() -> dict[str, str]:
    """Return source text → a place that uses it."""
    return {text: place for place, call in calls() if (text := literal(call)) is not None}


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def forms(entry: Entry) -> list[str]:
    """Return all English forms of an entry."""
    return [entry] if isinstance(entry, str) else list(entry.values())


def docstrings(tree: ast.Module) -> set[int]:
    """Return the nodes that are documentation."""
    found: set[int] = set()
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                found.add(id(child.value))
    return found


def test_every_text_is_a_literal() -> None:
    """`tr` is only ever given a text that a translator can find."""
    assert [place for place, call in calls() if literal(call) is None] == []


def test_every_text_has_english_and_none_is_left_over() -> None:
    """The catalogue holds exactly what the window says."""
    english = read_english()
    texts = used()
    missing = sorted(f"{texts[text]}: {text}" for text in texts if text not in english)
    assert missing == []
    assert sorted(text for text in english if text not in texts) == []


def test_english_has_the_same_placeholders_and_no_han() -> None:
    """A translation says as much as its source."""
    wrong = []
    for source, entry in read_english().items():
        if isinstance(entry, dict) and set(entry) != {"one", "other"}:
            wrong.append(source)
        for text in forms(entry):
            # "1 person" may leave its number out of the braces.
            lacking = placeholders(source) - placeholders(text) - {"count"}
            if lacking or placeholders(text) - placeholders(source) or HAN.search(text):
                wrong.append(source)
    assert wrong == []


def test_no_chinese_is_written_past_tr() -> None:
    """A Chinese literal in the window's code is the argument of `tr`, or documentation."""
    past = []
    for name, tree in sources():
        if name in OWN_NAMES:
            continue
        given = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and is_tr(node) and node.args]
        allowed = docstrings(tree) | {id(call.args[0]) for call in given}
        past += [
            f"{name}:{node.lineno} {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in allowed
            and HAN.search(node.value)
            and node.value not in LANGUAGE_NAMES
        ]
    assert past == []


def test_one_thing_is_not_called_several() -> None:
    """An English text that counts has a form for one: never "1 people" or "1 duties"."""
    several = re.compile(r"\{count(:,)?\} (people\b|(?!as\b|is\b|has\b|was\b|s\b)[a-z]+s\b)")
    wrong = [source for source, entry in read_english().items() if isinstance(entry, str) and several.search(entry)]
    assert wrong == []
