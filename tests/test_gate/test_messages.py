"""Every sentence that the source can raise has its words, in both languages."""

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "patrol_desk"
CATALOGUES = sorted((PACKAGE / "messages" / "catalog").glob("*.toml"))
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")

FIELD = re.compile(r"\{[^{}]*\}")


def catalogue(path: Path) -> dict[str, dict[str, str]]:
    """Return code → language → sentence of one file."""
    found: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def fields(sentence: str) -> set[str]:
    """Return the names of a sentence's placeholders."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield every ``Message(…)`` of the source with the place where it stands."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Message":
                yield f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}", node


def argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    """Return an argument of a call, given by position or by name."""
    if len(call.args) > position:
        return call.args[position]
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_both_languages_say_the_same(path: Path) -> None:
    """A sentence exists in Chinese and English, with the same placeholders; English may have a form for one."""
    for code, sentences in catalogue(path).items():
        assert code.startswith(f"{path.stem}."), code
        assert set(sentences) - {"en_one"} == {"zh", "en"}, code
        assert all(fields(words) == fields(sentences["zh"]) for words in sentences.values()), code
        # What is written alike in both, or holds only signs, needs no Han; English may quote a Chinese heading.
        wordless = not any(letter.isalpha() for letter in FIELD.sub("", sentences["zh"]))
        assert HAN.search(sentences["zh"]) or wordless or sentences["zh"] == sentences["en"], code


def test_every_message_has_its_words() -> None:
    """Whatever message the source builds can be said: its code is in a catalogue."""
    known = {code for path in CATALOGUES for code in catalogue(path)}
    missing = []
    for place, call in calls():
        code = argument(call, 0, "code")
        if isinstance(code, ast.Constant) and code.value not in known:
            missing.append(f"{place}: {code.value!r}")
        if isinstance(code, ast.JoinedStr) and isinstance(code.values[0], ast.Constant):
            start = str(code.values[0].value)
            missing += [] if any(one.startswith(start) for one in known) else [f"{place}: {start}…"]
    assert not missing, "\n".join(missing)


def test_every_message_gives_what_its_words_need() -> None:
    """A sentence is never short of a value: the parameters name all of its placeholders."""
    known = {code: sentences for path in CATALOGUES for code, sentences in catalogue(path).items()}
    short = []
    for place, call in calls():
        code, params = argument(call, 0, "code"), argument(call, 1, "params")
        if not isinstance(code, ast.Constant) or code.value not in known:
            continue
        keys = params.keys if isinstance(params, ast.Dict) else []
        if (params is None or isinstance(params, ast.Dict)) and all(isinstance(key, ast.Constant) for key in keys):
            given = {key.value for key in keys if isinstance(key, ast.Constant)}
            lacking = fields(known[str(code.value)]["en"]) - given
            short += [f"{place}: {code.value!r} lacks {name}" for name in sorted(lacking)]
    assert not short, "\n".join(short)
