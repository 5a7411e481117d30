"""What a text cell means, and how a text is written so that no spreadsheet takes it for something else.

The mark is one ASCII apostrophe. A text is written with a mark in front when it

* begins with ``= + - @``, TAB, CR, LF or a full-width form of them (a spreadsheet could run it),
* begins or ends with white space (which reading would otherwise trim),
* is the word that clears a stored value, or begins like a template's example row,
* looks like what a spreadsheet leaves of a number or formula it destroyed,
* looks like something a spreadsheet would turn into a number or date (``0012``, ``8-12``, 12 digits and more),

or is such a text behind one or more apostrophes already. Reading takes exactly one mark back.
"""

import re
import unicodedata

MARK = "'"
CLEAR_WORDS = frozenset({"清空", "CLEAR"})
"""A cell that holds one of these empties the stored value; a blank cell keeps it."""
EXAMPLE_MARKS = ("【示例】", "[EXAMPLE]")
"""Begin the first cell of a template's example row, which is never taken in."""

_FORMULA_STARTS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_HASHES = re.compile(r"#{3,}")
_ERROR_VALUE = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)|Err:\d{3}", re.IGNORECASE)
_WOULD_CHANGE = re.compile(
    r"\d{12,}|0\d+|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|\d+(?:\.\d*)?E-?\d+|\d{1,2}月\d{1,2}日", re.IGNORECASE
)
_FORCED_TEXT = re.compile(r'="([^"]*)"')
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x202A, 0x202C, 0x202D, 0x200E, 0x200F))


def fold(text: str) -> str:
    """Return a code, number or date as it was meant.

    Full-width forms are narrowed, invisible characters and apostrophes in front dropped.
    """
    if not text.isascii():
        text = text.translate(_FULL_WIDTH).translate(_INVISIBLE).strip()
    return text.lstrip(MARK)


def nfc(text: str) -> str:
    """Return the text in Unicode normal form C."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def damage_of(text: str) -> str | None:
    """Return the code of what a spreadsheet did to the text, or None when it looks whole."""
    if text[0] == "#":
        if _HASHES.fullmatch(text):
            return "import.damage_hashes"
        return "import.damage_error_value" if _ERROR_VALUE.fullmatch(text) else None
    if "E" not in text and "e" not in text:
        return None
    if _SCIENTIFIC.fullmatch(text):
        return "import.damage_scientific"
    return "import.damage_error_value" if _ERROR_VALUE.fullmatch(text) else None


def needs_mark(text: str) -> bool:
    """Say whether the text is written with a mark in front."""
    rest = text.lstrip(MARK)
    if not rest:
        return False
    return (
        rest[0] in _FORMULA_STARTS
        or rest[0].isspace()
        or rest[-1].isspace()
        or rest in CLEAR_WORDS
        or rest.startswith(EXAMPLE_MARKS)
        or damage_of(rest) is not None
        or _WOULD_CHANGE.fullmatch(rest) is not None
    )


def mark(text: str) -> str:
    """Return the cell that holds the text."""
    return MARK + text if needs_mark(text) else text


def unmark(cell: str) -> tuple[str, bool]:
    """Return the text a cell holds and whether it was marked (then it is taken literally)."""
    if cell[:1] == MARK and needs_mark(cell[1:]):
        return cell[1:], True
    text = cell.strip()
    return (text if text[:2] != '="' else _unforced(text)), False


def _unforced(text: str) -> str:
    """Return what ``="0012"`` holds, by which some programs make a spreadsheet show a number as text."""
    forced = _FORCED_TEXT.fullmatch(text)
    return text if forced is None else forced[1].strip()


def harmless(cell: str) -> str:
    """Return a cell of somebody else's file so that a spreadsheet does not run it and it still reads the same."""
    if cell[:1] in _FORMULA_STARTS and cell:
        bare = _unforced(cell.strip())
        # What is damaged stays recognisable; a number in scientific form runs nothing.
        return MARK + bare if bare[:1] in _FORMULA_STARTS and bare and damage_of(bare) is None else bare
    return cell
