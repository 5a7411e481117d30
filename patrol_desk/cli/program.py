"""Parsing, dispatch and what becomes of errors."""

import argparse
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from patrol_desk.cli.command import Command
from patrol_desk.cli.context import Bench, Context, Window
from patrol_desk.cli.speaking import USAGE_ERROR, parser_class
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.messages import LANGUAGES, Language, render

FAILED = 1


def run(argv: Sequence[str], *, bench: Bench, window: Window) -> int:
    """Run one command.

    Parameters
    ----------
    argv
        Its name and arguments.
    bench, window
        What runs benchmarks and opens the window: parts beside this one.

    Returns
    -------
    int
        0 when it did what was asked, 1 when it failed, 2 when the arguments are wrong.
    """
    _safe_streams()
    language = _language(argv)
    parser, commands = _parser(language)
    args = parser.parse_args(argv)
    command = commands.get(getattr(args, "command", None) or "")
    if command is None:
        parser.print_help()
        return USAGE_ERROR
    with _stop_key() as stop_asked:
        context = Context(args, language, bench, window, stop_asked)
        try:
            return command.run(context)
        except PatrolError as error:
            context.complain(error.message)
        except BrokenPipeError:
            # Whoever read the output has seen enough (… | head); Python would complain once more when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except Exception as error:  # noqa: BLE001 - the last stop: a fault of the program, told without its values
            context.complain(Message("cli.fault", {"kind": type(error).__name__}))
            context.err.writelines(traceback.format_tb(error.__traceback__))
        return FAILED


def _language(argv: Sequence[str]) -> Language:
    """Return the language asked for, before the parser that speaks it exists."""
    for number, word in enumerate(argv):
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and number + 1 < len(argv):
            value = argv[number + 1]
        for language in LANGUAGES:
            if value == language:
                return language
    return "zh"


def _parser(language: Language) -> tuple[argparse.ArgumentParser, dict[str, Command]]:
    from patrol_desk.cli.commands import COMMANDS

    def words(code: str) -> str:
        return render(Message(code), language)

    make = parser_class(language)
    parser = make(prog="patrol-desk", description=words("cli.about"))
    branches = parser.add_subparsers(dest="command", metavar=words("cli.command"), title=words("cli.commands"))
    for command in COMMANDS:
        branch = branches.add_parser(command.name, help=words(command.help), description=words(command.help))
        command.configure(branch, words)
    return parser, {command.name: command for command in COMMANDS}


def _safe_streams() -> None:
    """Let a character that the console cannot show become a question mark, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


@contextmanager
def _stop_key() -> Iterator[Callable[[], bool]]:
    """Turn the first Ctrl+C into a request to stop and keep what there is; the second one ends the program."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return

    def ask(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            signal.default_int_handler(number, frame)
        asked.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
