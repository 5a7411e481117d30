"""Passphrases: asked at a prompt or read from a file descriptor, never an argument or the environment."""

import getpass
import os
import warnings
from collections.abc import Callable

from patrol_desk.common.message import Message
from patrol_desk.security.errors import KeyFileError

LEAST_LENGTH = 12
MOST_LENGTH = 256
LEAST_DISTINCT = 6


def check_rules(passphrase: str) -> None:
    """Raise `KeyFileError` unless a new passphrase is long and varied enough."""
    if not LEAST_LENGTH <= len(passphrase) <= MOST_LENGTH:
        limits = {"least": LEAST_LENGTH, "most": MOST_LENGTH, "length": len(passphrase)}
        raise KeyFileError(Message("security.passphrase_length", limits))
    if len(set(passphrase)) < LEAST_DISTINCT:
        raise KeyFileError(Message("security.passphrase_too_even", {"least": LEAST_DISTINCT}))
    if passphrase != passphrase.strip() or not passphrase.isprintable():
        raise KeyFileError(Message("security.passphrase_blanks"))


def from_descriptor(descriptor: int) -> str:
    """Return the first line of an open file descriptor, in UTF-8, without its line end; it stays open."""
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            line = file.readline(4 * MOST_LENGTH + 2)
        passphrase = line.rstrip(b"\r\n").decode("utf-8")
    except (OSError, ValueError) as error:
        raise KeyFileError(Message("security.passphrase_unreadable", {"descriptor": descriptor})) from error
    if not passphrase:
        raise KeyFileError(Message("security.passphrase_empty", {"descriptor": descriptor}))
    return passphrase


def from_prompt(prompt: str, again: str | None = None, ask: Callable[[str], str] = getpass.getpass) -> str:
    """Return what somebody types unseen.

    Parameters
    ----------
    prompt
        Words before the input.
    again
        Words before the repetition, for a new passphrase; None: asked once.
    ask
        Reads one line unseen.

    Raises
    ------
    KeyFileError
        There is nobody to ask, or the two inputs differ.
    """
    try:
        with warnings.catch_warnings():
            # Without a terminal getpass would warn and then show what is typed.
            warnings.simplefilter("error", getpass.GetPassWarning)
            first = ask(prompt)
            second = first if again is None else ask(again)
    except (EOFError, OSError, getpass.GetPassWarning) as error:
        raise KeyFileError(Message("security.no_prompt")) from error
    if first != second:
        raise KeyFileError(Message("security.passphrases_differ"))
    return first
