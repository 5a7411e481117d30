"""An argument parser that speaks the user's language throughout."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from patrol_desk.common.message import Message
from patrol_desk.messages import LANGUAGES, Language, render

USAGE_ERROR = 2
_COMPLAINTS = (
    ("cli.wrong.required", r"the following arguments are required: (?P<names>.*)"),
    ("cli.wrong.unknown", r"unrecognized arguments: (?P<names>.*)"),
    ("cli.wrong.choice", r"argument (?P<names>.*): invalid choice: (?P<value>.*?) \(choose from (?P<choices>.*)\)"),
    ("cli.wrong.value", r"argument (?P<names>.*): invalid \w+ value: (?P<value>.*)"),
    ("cli.wrong.count", r"argument (?P<names>.*): expected .*"),
    ("cli.wrong.together", r"argument (?P<names>.*): not allowed with argument (?P<value>.*)"),
)
"""What argparse says in English, and the message it stands for."""


def complaint(text: str) -> Message:
    """Return argparse's complaint as a message; one that is not known stays as it is."""
    for code, form in _COMPLAINTS:
        match = re.fullmatch(form, text)
        if match is not None:
            return Message(code, match.groupdict())
    return Message("cli.wrong.other", {"text": text})


def parser_class(language: Language) -> type[argparse.ArgumentParser]:
    """Return a parser class whose heads, usage and complaints are in the language.

    Every parser it makes also takes ``--help`` and ``--lang``.
    """

    def words(code: str, **params: object) -> str:
        return render(Message(code, params), language)

    class Formatter(argparse.HelpFormatter):
        """Help with the usage head in the language."""

        def add_usage(
            self,
            usage: str | None,
            actions: Iterable[argparse.Action],
            groups: "Iterable[argparse._MutuallyExclusiveGroup]",
            prefix: str | None = None,
        ) -> None:
            """Add the usage line."""
            super().add_usage(usage, actions, groups, words("cli.usage_head") if prefix is None else prefix)

    class Parser(argparse.ArgumentParser):
        """A parser whose arguments stand under heads in the language."""

        def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - argparse hands its own settings through
            super().__init__(**{**settings, "add_help": False, "formatter_class": Formatter})
            self._own = self.add_argument_group(words("cli.arguments"))
            general = self.add_argument_group(words("cli.general"))
            general.add_argument("-h", "--help", action="help", help=words("cli.opt.help"))
            general.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=words("cli.opt.lang"))
            self.add_argument: Callable[..., argparse.Action] = self._own.add_argument

        def error(self, message: str) -> NoReturn:
            """Say what is wrong with the arguments and where help is; exit with 2."""
            self.print_usage(sys.stderr)
            self.exit(USAGE_ERROR, words("cli.usage", what=complaint(message), program=self.prog) + "\n")

    return Parser
