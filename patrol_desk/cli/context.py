"""What every command is handed: arguments, language, and where to speak."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TextIO

from patrol_desk.common.message import Message
from patrol_desk.messages import Language, render

Bench = Callable[[str, Mapping[str, object]], dict[str, object]]
"""Runs the benchmark of a name with its options and returns its figures."""

Window = Callable[[str, Mapping[str, object]], int]
"""Opens the desk's window for a purpose, with its options; returns what the purpose counts."""
QUIET_SECONDS = 0.2


def _no_stop() -> bool:
    return False


@dataclass(slots=True)
class Context:
    """One run of one command.

    Parameters
    ----------
    args
        Parsed arguments.
    language
        Language of every sentence.
    bench
        Runs a benchmark.
    window
        Opens the window.
    stop_asked
        Whether the user pressed Ctrl+C.
    out, err
        Results go to the one, progress and errors to the other.
    """

    args: argparse.Namespace
    language: Language
    bench: Bench
    window: Window
    stop_asked: Callable[[], bool] = _no_stop
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    _last_progress: float = 0.0

    @property
    def json(self) -> bool:
        """Whether figures are asked for as JSON."""
        return bool(getattr(self.args, "json", False))

    def say(self, code: str, **params: object) -> None:
        """Print a sentence as a result, unless JSON is asked for."""
        if not self.json:
            self.out.write(render(Message(code, params), self.language) + "\n")

    def words(self, message: Message) -> str:
        """Return a message in the user's language."""
        return render(message, self.language)

    def complain(self, message: Message) -> None:
        """Print a sentence as an error."""
        self.err.write(self.words(message) + "\n")

    def figures(self, values: Mapping[str, object]) -> None:
        """Print figures as one JSON document."""
        plain = "utf" not in (self.out.encoding or "utf-8").lower()
        self.out.write(json.dumps(values, ensure_ascii=plain, indent=2, default=str) + "\n")

    def progress(self, what: Message, done: int, total: int) -> None:
        """Print progress, a few lines a second at most; the last step is always shown."""
        now = time.monotonic()
        if now - self._last_progress < QUIET_SECONDS and done != total:
            return
        self._last_progress = now
        share = f" {done}/{total}" if total else ""
        self.err.write(f"{self.words(what)}{share}\n")
        self.err.flush()
