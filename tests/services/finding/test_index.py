"""The index of everything: what it finds, in which order, and why."""

from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.services.finding.entries import Entry, FindKind, Hit, make_item
from patrol_desk.services.finding.index import FindIndex
from tests.services.finding.naive import finds

CHARACTERS = "单曾区石桥市场小明陈伟𠮷 ·abA1"
NAMES = st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=5).filter(lambda name: any(map(str.isalnum, name)))
QUERIES = st.text(st.sampled_from("单曾石桥小明陈sdzcqoxmhaniguwbe01A "), min_size=1, max_size=6)


def person(number: int, name: str, phone: str = "") -> Entry:
    """Return somebody to be found."""
    return Entry(FindKind.PERSON, str(number), name, f"YJ{number:04d}", phone)


def titles(hits: list[Hit]) -> list[str]:
    """Return what was found, in order."""
    return [hit.entry.title for hit in hits]


@given(st.lists(NAMES, max_size=8), QUERIES)
def test_search_finds_what_the_book_says(names: list[str], query: str) -> None:
    """The fast search and the slow one by the definition find the same, for any names and queries."""
    phones = [f"1380000{number:04d}" for number in range(len(names))]
    index = FindIndex(
        make_item(person(n, name), phone) for n, (name, phone) in enumerate(zip(names, phones, strict=True))
    )
    found = {int(hit.entry.id) for hit in index.search(query, 100)}
    wanted = {n for n, name in enumerate(names) if finds(name, f"YJ{n:04d}", phones[n], query)}
    assert found == wanted


@given(NAMES, QUERIES)
def test_marks_lie_within_what_they_mark(name: str, query: str) -> None:
    """Whatever is found, its marks are in order, in the title, and never empty."""
    for hit in FindIndex.of([person(7, name)]).search(query):
        flat = [place for span in hit.spans for place in span]
        assert flat == sorted(set(flat))
        assert all(0 <= place <= len(name) for place in flat)
        assert all(0 <= syllable.typed <= len(syllable.text) for syllable in hit.syllables)
        assert hit.spans or hit.digits or hit.code_span[1] > hit.code_span[0]


def test_better_hits_come_first() -> None:
    """A whole name stands before its beginning, that before what is further inside, full syllables before others."""
    index = FindIndex.of(person(n, name) for n, name in enumerate(["程恩", "小陈庄", "陈伟明", "陈"]))
    assert titles(index.search("chen")) == ["陈", "程恩", "陈伟明", "小陈庄"]
    assert [hit.rank for hit in index.search("chen")] == [0, 0, 2, 5]
    assert titles(index.search("陈伟")) == ["陈伟明"]
    assert [hit.rank for hit in index.search("cw")] == [3]
    assert [hit.rank for hit in index.search("cwm")] == [1]
    assert [hit.rank for hit in index.search("yj0003")] == [4]


def test_what_was_typed_is_marked() -> None:
    """Characters, pinyin, code and last digits tell why something was found."""
    index = FindIndex([make_item(person(102, "石桥·Anna", "138****2046"), "13800002046")])
    (hit,) = index.search("shiqann")
    assert hit.spans == ((0, 2), (3, 6))
    assert [(syllable.text, syllable.typed) for syllable in hit.syllables] == [("shi", 3), ("qiao", 1), ("anna", 3)]
    (hit,) = index.search("桥")
    assert hit.spans == ((1, 2),)
    (hit,) = index.search("0102")
    assert hit.code_span == (2, 6)
    (hit,) = index.search("046")
    assert (hit.digits, hit.spans) == (3, ())


def test_scopes_narrow() -> None:
    """At-sign finds people, hash finds places, the angle commands; behind it alone stand all of them."""
    entries = [
        Entry(FindKind.PERSON, "a", "石启"),
        Entry(FindKind.CHECKPOINT, "b", "石桥市场", "P-08"),
        Entry(FindKind.MUSTER_POINT, "c", "石桥治保会", "A3"),
        Entry(FindKind.COMMAND, "d", "设全部"),
    ]
    index = FindIndex.of(entries)
    assert {hit.entry.id for hit in index.search("sq")} == {"a", "b", "c", "d"}
    assert {hit.entry.id for hit in index.search("@sq")} == {"a"}
    assert {hit.entry.id for hit in index.search(" #sq")} == {"b", "c"}
    assert {hit.entry.id for hit in index.search(">sq")} == {"d"}
    assert {hit.entry.id for hit in index.search(">")} == {"d"}
    assert index.search("") == []
    assert index.search("@") == []


def test_kinds_share_the_room_and_the_best_kind_leads() -> None:
    """Many people do not crowd out the places; a whole name brings its kind to the top."""
    people = [Entry(FindKind.PERSON, f"p{n}", "陈" + "明伟"[n % 2] + "东", f"YJ{n:04d}") for n in range(100)]
    places = [Entry(FindKind.CHECKPOINT, f"c{n}", "陈屋村口岗", f"P-{n:03d}") for n in range(30)]
    index = FindIndex.of([*people, *places, Entry(FindKind.SQUAD, "s", "陈屋队")])
    found = index.find("chen", 20)
    kinds = [hit.entry.kind for hit in found.hits]
    assert found.total == 131
    assert len(kinds) == 20
    assert kinds.count(FindKind.CHECKPOINT) >= 4
    assert FindKind.SQUAD in kinds
    assert kinds[0] is FindKind.CHECKPOINT
    assert index.search("陈明东")[0].entry.kind is FindKind.PERSON
    assert len(index) == 131


def test_small_limits_still_show_something() -> None:
    """A limit below the number of kinds gives each kind its best hit."""
    index = FindIndex.of([person(1, "陈一"), Entry(FindKind.SQUAD, "s", "陈屋队"), Entry(FindKind.TEAM, "t", "陈队")])
    assert len(index.search("chen", 2)) == 3
