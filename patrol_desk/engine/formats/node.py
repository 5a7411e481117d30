"""A value of a document that knows where it stands, so that every complaint names its place."""

from collections.abc import Collection, Mapping

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message

MAX_TEXT = 200
"""Longest id or name, in characters."""

_SHOWN = 60


class Node:
    """One value of a document.

    Parameters
    ----------
    value
        What JSON gave.
    parent, key
        Where it stands: in which value, under which name or number.
    """

    __slots__ = ("key", "parent", "value")

    def __init__(self, value: object, parent: "Node | None" = None, key: str | int = "") -> None:
        self.value = value
        self.parent = parent
        self.key = key

    @property
    def path(self) -> str:
        """The place in the document, like ``people[12].squad``; ``document`` for the whole."""
        parts: list[str] = []
        node: Node | None = self
        while node is not None and node.parent is not None:
            parts.append(f"[{node.key}]" if isinstance(node.key, int) else f".{node.key}")
            node = node.parent
        return "".join(reversed(parts)).removeprefix(".") or "document"

    def fault(self, code: str, **more: object) -> InvalidDataError:
        """Return the error with this place and value, and what would be right in `more`."""
        return InvalidDataError(Message(f"format.{code}", {"path": self.path, "value": shown(self.value), **more}))

    def _wrong(self, right: str, **params: object) -> InvalidDataError:
        return self.fault("wrong_type", right=Message(f"format.want_{right}", params))

    def fields(self, required: Collection[str], optional: Collection[str]) -> "dict[str, Node]":
        """Return the named values of an object; an optional one that is null counts as absent."""
        if not isinstance(self.value, dict):
            raise self._wrong("object")
        for name in self.value:
            if name not in required and name not in optional:
                raise self.fault("unknown_key", key=shown(name), right=sorted([*required, *optional]))
        for name in required:
            if self.value.get(name) is None:
                raise self.fault("missing", key=name)
        return {name: Node(value, self, name) for name, value in self.value.items() if value is not None}

    def entries(self) -> "dict[str, Node]":
        """Return the values of an object whose names are free."""
        if not isinstance(self.value, dict):
            raise self._wrong("object")
        return {name: Node(value, self, name) for name, value in self.value.items()}

    def items(self, most: int) -> "list[Node]":
        """Return the values of a list of at most so many."""
        if not isinstance(self.value, list):
            raise self._wrong("list")
        if len(self.value) > most:
            raise InvalidDataError(
                Message("format.too_many", {"path": self.path, "value": len(self.value), "most": most})
            )
        return [Node(value, self, number) for number, value in enumerate(self.value)]

    def text(self) -> str:
        """Return a text that is not empty, not too long, and can be written again."""
        if not isinstance(self.value, str):
            raise self._wrong("text")
        if not 0 < len(self.value) <= MAX_TEXT:
            raise self.fault("bad_length", most=MAX_TEXT)
        if any("\ud800" <= letter <= "\udfff" for letter in self.value):
            raise self.fault("half_letter")
        return self.value

    def whole(self, low: int, high: int) -> int:
        """Return a whole number within limits."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self._wrong("whole", low=low, high=high)
        if not low <= self.value <= high:
            raise self.fault("out_of_range", low=low, high=high)
        return self.value

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            raise self._wrong("flag")
        return self.value

    def choice(self, choices: Mapping[str, int]) -> int:
        """Return what a word out of a list stands for."""
        if not isinstance(self.value, str) or self.value not in choices:
            raise self._wrong("choice", choices=list(choices))
        return choices[self.value]

    def reference(self, known: Mapping[str, int], kind: str) -> int:
        """Return the index of an id; `kind` names what it should be in ``format.kind_…``."""
        if not isinstance(self.value, str):
            raise self._wrong("text")
        if self.value not in known:
            raise self.fault("unknown_reference", kind=Message(f"format.kind_{kind}"))
        return known[self.value]

    def digits(self, length: int, allowed: str) -> list[int]:
        """Return the digits of a text with exactly one for each of `length` things."""
        if not isinstance(self.value, str):
            raise self._wrong("digits", length=length, low=allowed[0], high=allowed[-1])
        if len(self.value) != length or any(letter not in allowed for letter in self.value):
            raise self.fault("bad_digits", found=len(self.value), length=length, low=allowed[0], high=allowed[-1])
        return [int(letter) for letter in self.value]

    def only_once(self, first_seen: "dict[str, Node]", name: str) -> None:
        """Complain when a name was seen before; otherwise remember it."""
        if name in first_seen:
            raise self.fault("twice", first=first_seen[name].path)
        first_seen[name] = self


def shown(value: object) -> str:
    """Return a value as a sentence shows it: short, on one line, writable in any encoding of Unicode."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**_SHOWN:
        return f"{'-' if value < 0 else ''}1e{_SHOWN}…"
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    words = {None: "null", True: "true", False: "false"}
    text = words[value] if value is None or isinstance(value, bool) else str(value)
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = "".join(letter if letter.isprintable() else "?" for letter in text[: _SHOWN + 1])
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
