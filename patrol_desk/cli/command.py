"""A command as data: its name, its help, its arguments and what it does."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from patrol_desk.cli.context import Context

Words = Callable[[str], str]
"""Gives the sentence of a message code in the user's language."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the program.

    Parameters
    ----------
    name
        What is typed.
    help
        Code of the sentence that says what it does.
    configure
        Adds its arguments to a parser.
    run
        Does it and returns the exit code.
    """

    name: str
    help: str
    configure: Callable[[argparse.ArgumentParser, Words], None]
    run: Callable[[Context], int]


def add_database(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the arguments that open a station's file."""
    parser.add_argument("--db", required=True, metavar="FILE", help=words("cli.opt.db"))
    add_key(parser, words)


def add_key(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add the arguments that say where the key is and how the passphrase comes."""
    parser.add_argument("--key-file", metavar="F", help=words("cli.opt.key_file"))
    parser.add_argument("--passphrase-fd", type=int, metavar="N", help=words("cli.opt.passphrase_fd"))


def add_json(parser: argparse.ArgumentParser, words: Words) -> None:
    """Add ``--json``."""
    parser.add_argument("--json", action="store_true", help=words("cli.opt.json"))
