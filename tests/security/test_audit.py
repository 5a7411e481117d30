"""A log that was changed anywhere does not pass for the one that was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.security.audit import GENESIS, HashChain, canonical, verify

CHAIN = HashChain()
Entries = list[tuple[dict[str, object], str, str]]
VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=12)
FIELDS = st.dictionaries(st.text(min_size=1, max_size=8), VALUES, max_size=4)


def log(details: list[dict[str, object]]) -> Entries:
    """Return a log of entries with the details."""
    entries: Entries = []
    previous = GENESIS
    for number, detail in enumerate(details, 1):
        entry: dict[str, object] = {"number": number, "action": "test", "details": detail}
        own = CHAIN.link(previous, entry)
        entries.append((entry, previous, own))
        previous = own
    return entries


@given(st.lists(FIELDS, max_size=6))
def test_what_was_written_is_whole(details: list[dict[str, object]]) -> None:
    """Its head is the hash of the last entry."""
    entries = log(details)
    verdict = verify(CHAIN, entries)
    assert verdict.whole
    assert verdict.count == len(details)
    assert verdict.head == (entries[-1][2] if entries else GENESIS)


@given(st.lists(FIELDS, min_size=1, max_size=6), st.data())
def test_any_single_change_is_found_where_it_is(details: list[dict[str, object]], data: st.DataObject) -> None:
    """A value, a hash, an entry taken out, put in twice or moved."""
    entries = log(details)
    at = data.draw(st.integers(0, len(entries) - 1))
    entry, previous, own = entries[at]
    kind = data.draw(st.sampled_from(["value", "added", "number", "previous", "hash", "removed", "twice"]))
    if kind == "value":
        entries[at] = ({**entry, "action": "Test"}, previous, own)
    elif kind == "added":
        entries[at] = ({**entry, "more": None}, previous, own)
    elif kind == "number":
        entries[at] = ({**entry, "number": at + 2}, previous, own)
    elif kind == "previous":
        entries[at] = (entry, flipped(previous, data), own)
    elif kind == "hash":
        entries[at] = (entry, previous, flipped(own, data))
    elif kind == "twice":
        entries.insert(at, entries[at])
    else:
        del entries[at]
    last_gone = kind == "removed" and at == len(entries)
    expected = None if last_gone else at + (2 if kind == "twice" else 1)
    verdict = verify(CHAIN, entries)
    assert verdict.broken_at == expected
    if last_gone:
        assert verdict.head != log(details)[-1][2]


def flipped(text: str, data: st.DataObject) -> str:
    """Return a hash with one digit changed."""
    at = data.draw(st.integers(0, 63))
    return text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :]


def test_an_entry_has_one_form() -> None:
    """The order of names does not matter, characters are themselves, and what JSON cannot say is refused."""
    assert canonical({"b": "𬭊", "a": 1}) == '{"a":1,"b":"𬭊"}'.encode()
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"a": float("nan")})
