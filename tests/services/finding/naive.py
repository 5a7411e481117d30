"""Finding by the book: every way to cut the query, tried one after the other."""

from itertools import product

from patrol_desk.services.finding.readings import units


def folded(text: str) -> str:
    """Return plain test text as it is compared."""
    return "".join(character for character in text.lower() if character.isalnum())


def finds_name(name: str, query: str) -> bool:
    """Say whether the query can be cut so that consecutive units of the name begin with its pieces."""
    parts = units(name)
    for first in range(len(parts)):
        for last in range(first + 1, len(parts) + 1):
            choices = [
                [part.character, *part.readings] if part.character else list(part.readings)
                for part in parts[first:last]
            ]
            for spelling in product(*choices):
                if _fits(list(spelling), query):
                    return True
    return False


def finds(name: str, code: str, phone: str, query: str) -> bool:
    """Say whether a row with name, code and telephone is found."""
    wanted = folded(query)
    if not wanted:
        return False
    if wanted.isascii():
        plain = folded(code)
        digits = plain.lstrip("abcdefghijklmnopqrstuvwxyz")
        if any(form and form.startswith(wanted) for form in (plain, digits, digits.lstrip("0"))):
            return True
        if wanted.isdecimal() and len(wanted) >= 3 and phone.endswith(wanted):
            return True
    return finds_name(name, wanted)


def _fits(spelling: list[str], query: str) -> bool:
    if not spelling:
        return not query
    return any(
        query.startswith(spelling[0][:length]) and _fits(spelling[1:], query[length:])
        for length in range(1, len(spelling[0]) + 1)
    )
