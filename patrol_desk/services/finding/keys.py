r"""Search keys: the text of a row that a typed query is held against, the same in every table and in find-anything.

A key is made once per row by `search_keys`; `matcher` turns what was typed into a fast predicate over keys.

What matches: the query, folded (lower case, full width as half, ``ü`` as ``v``; spaces, dots and dashes dropped), is
cut into pieces so that each of some consecutive characters of the name begins with its piece: by the character itself
or by a reading of it. So ``单小明`` is found by ``小明``, ``shanxiaoming``, ``danxiao``, ``sxm``, ``shxm``, ``xming``
and ``单xm``. A word such as a code is found by its beginning, by its digits and by its digits without leading zeros;
a telephone by at least three last digits. Nothing is found in the middle of a syllable.

Form of a key: ``\n`` begins one spelling of the name, a space its further characters (each the character and its
reading: ``"\n单shan 小xiao 明ming\n单dan …"``); ``\t`` begins a word; ``\x01`` … ``\x02`` holds a telephone. It is for
`matches` and `matcher`; a plain ``in`` finds less than they do.
"""

import functools
import re
from collections.abc import Callable

from patrol_desk.services.finding.readings import Unit, fold, is_latin, spellings, units

LEAST_DIGITS = 3
"""Of the end of a telephone number."""

_OTHER = r"[^\n\t a-z0-9]?"
_REST = r"[a-z0-9]*"


def search_keys(name: str, *words: str, phone: str | None = None) -> str:
    """Return the key of a row.

    Parameters
    ----------
    name
        Name of a person, place or group, as stored.
    words
        Codes and other words that are found by their beginning, e.g. ``"YJ1102"``.
    phone
        Telephone number, found by its last digits; the key holds it whole and is never shown.
    """
    return key_of(units(name), *words, phone=phone)


def key_of(parts: tuple[Unit, ...], *words: str, phone: str | None = None) -> str:
    """Return the key of a name whose units are known already; see `search_keys`."""
    pieces = [
        "\n" + " ".join([part.character + reading for part, reading in zip(parts, spelling, strict=True)])
        for spelling in spellings(parts)
    ]
    pieces.extend(map(_word, words))
    if phone:
        pieces.append(f"\x01{phone}\x02")
    return "".join(pieces)


def normalise(query: str) -> str:
    """Return what was typed, folded and without what separates: the form that is matched."""
    return "".join([character for character in fold(query) if character.isalnum()])


def matches(query: str, key: str) -> bool:
    """Say whether a query finds the row with the key; see the module. An empty query finds every row."""
    return matcher(query)(key)


def matcher(query: str) -> Callable[[str], bool]:
    """Return the predicate over keys for what was typed; for a table's filter, once per keystroke."""
    wanted = normalise(query)
    if not wanted:
        return _everything
    search = pattern(wanted).search
    return lambda key: search(key) is not None


def searcher(query: str) -> Callable[[str], object]:
    """Return what is true of a key that is found, as `matcher` does, without a call of Python's for each key."""
    wanted = normalise(query)
    return pattern(wanted).search if wanted else _everything


def narrows(before: str, query: str) -> bool:
    """Say whether every key that a query finds is found by what was typed before as well.

    So it is when more was typed at its end; but a telephone is found by its end, and more digits may find another.
    """
    was, wanted = normalise(before), normalise(query)
    return wanted.startswith(was) and (wanted == was or not _may_be_phone(wanted))


def _may_be_phone(wanted: str) -> bool:
    return wanted.isascii() and wanted.isdecimal() and len(wanted) >= LEAST_DIGITS


@functools.lru_cache(maxsize=64)
def pattern(wanted: str) -> re.Pattern[str]:
    """Return the expression that finds a normalised query in a key."""
    name = name_pattern(wanted)
    # Each way begins with a character that stands for itself: only then does the search leap from one to the next.
    ways = [rf"\n{name}", rf" {name}"]
    if wanted.isascii():
        ways.append(rf"\t{wanted}")
        if _may_be_phone(wanted):
            ways.append(rf"{wanted}\x02")
    return re.compile("|".join(ways))


def name_pattern(wanted: str) -> str:
    """Return the expression that finds a normalised query from the beginning of a unit on."""
    made: list[str] = []
    before = ""
    for character in wanted:
        latin = is_latin(character)
        if not before:
            made.append(_OTHER if latin else "")
        elif not latin:
            made.append(f"{_REST} ")
        elif is_latin(before):
            made.append(f"(?:{_REST} {_OTHER})?")
        else:
            made.append(f"{_REST} {_OTHER}")
        made.append(re.escape(character))
        before = character
    return "".join(made)


def _everything(_key: str) -> bool:
    return True


def _word(word: str) -> str:
    """Return a word as a key holds it: whole, from its first digit on, and so without leading zeros."""
    plain = normalise(word)
    digits = plain.lstrip("abcdefghijklmnopqrstuvwxyz")
    return "".join([f"\t{form}" for form in dict.fromkeys((plain, digits, digits.lstrip("0"))) if form])
