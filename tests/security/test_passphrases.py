"""A passphrase comes from a prompt or a descriptor, and a new one is a good one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from patrol_desk.messages import render
from patrol_desk.security.errors import KeyFileError
from patrol_desk.security.passphrases import check_rules, from_descriptor, from_prompt

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("passphrase", ["correct horse battery", "东坑镇的荷花今年开得特别好看", "aB3$aB3$xy7!zz"])
def test_long_and_varied_is_good(passphrase: str) -> None:
    """A sentence in any script will do."""
    check_rules(passphrase)


@pytest.mark.parametrize(
    ("passphrase", "code"),
    [
        ("short", "security.passphrase_length"),
        ("x" * 257, "security.passphrase_length"),
        ("abababababababab", "security.passphrase_too_even"),
        (" leading blank here", "security.passphrase_blanks"),
        ("a tab\tin the middle", "security.passphrase_blanks"),
    ],
)
def test_what_is_wrong_is_said(passphrase: str, code: str) -> None:
    """The sentence names the rule and not the passphrase."""
    with pytest.raises(KeyFileError) as caught:
        check_rules(passphrase)
    assert caught.value.message.code == code
    for language in ("zh", "en"):
        assert passphrase not in render(caught.value.message, language)


@contextmanager
def pipe(content: bytes) -> Iterator[int]:
    """Give a descriptor from which the content can be read."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as file:
        file.write(content)
    try:
        yield reading
    finally:
        os.close(reading)


@pytest.mark.parametrize("content", ["东坑 phrase\n", "东坑 phrase\r\nsecond line", "东坑 phrase"])
def test_the_first_line_of_a_descriptor_counts(content: str) -> None:
    """With or without a line end, of either kind."""
    with pipe(content.encode()) as descriptor:
        assert from_descriptor(descriptor) == "东坑 phrase"


def test_a_descriptor_that_gives_nothing_is_told() -> None:
    """Empty, not UTF-8, and not open."""
    with pipe(b"\n") as empty, pipe(b"\xff\n") as latin:
        for descriptor, code in ((empty, "empty"), (latin, "unreadable"), (9999, "unreadable")):
            with pytest.raises(KeyFileError) as caught:
                from_descriptor(descriptor)
            assert caught.value.message.code == f"security.passphrase_{code}"


def test_a_prompt_asks_once_or_twice() -> None:
    """A new passphrase is typed twice and must be the same."""
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return prompt[0]

    assert from_prompt("a?", ask=ask) == "a"
    assert from_prompt("a?", "again?", ask=ask) == "a"
    assert asked == ["a?", "a?", "again?"]
    with pytest.raises(KeyFileError) as caught:
        from_prompt("a?", "b?", ask=ask)
    assert caught.value.message.code == "security.passphrases_differ"


def test_without_anybody_to_ask_it_is_said() -> None:
    """A prompt at the end of its input does not hang or crash."""

    def nobody(prompt: str) -> str:
        raise EOFError(prompt)

    with pytest.raises(KeyFileError) as caught:
        from_prompt("a?", ask=nobody)
    assert caught.value.message.code == "security.no_prompt"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks at the console, whatever standard input is")
def test_a_passphrase_is_never_typed_in_sight() -> None:
    """Without a terminal nothing is read from standard input behind the user's back."""
    program = (
        "from patrol_desk.security.errors import KeyFileError\n"
        "from patrol_desk.security.passphrases import from_prompt\n"
        "try: print(from_prompt('?'))\n"
        "except KeyFileError as error: print(error.message.code)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], input="typed in sight\n", capture_output=True, encoding="utf-8",
        cwd=ROOT, start_new_session=True, check=True,
    )  # fmt: skip
    assert ran.stdout.split() == ["security.no_prompt"]
    assert ran.stderr == ""
