"""Search keys: what typing finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.services.finding.keys import matcher, matches, narrows, search_keys, searcher
from patrol_desk.services.finding.readings import MOST_SPELLINGS, pinyin, spellings, units


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (
            "单小明",
            ["单", "小明", "单小明", "shan", "dan", "shanxiaoming", "danxm", "sxm", "dxm", "shxm", "xming", "单xm"],
        ),
        ("曾静", ["zeng", "ceng", "zj", "cj"]),
        ("仇强", ["qiu", "chou", "qq"]),
        ("解放", ["xie", "jie"]),
        ("区一川", ["ou", "qu", "oyc", "qyc"]),
        ("欧阳文", ["ouyang", "oyw", "ouyw"]),
        ("尉迟恭", ["yuchi", "ycg", "weichi"]),
        ("万俟卨", ["moqi", "mq"]),
        ("吕布", ["lv", "lü", "LB"]),
        ("阿卜杜拉·买买提", ["阿卜杜拉买买提", "买买提", "abdl", "mmt", "拉·买"]),
        ("Anna Velarde", ["anna", "av", "velarde", "annav", "ANNA VE"]),
        ("东埔工业园", ["dongpu", "dongbu", "gyy", "工业园"]),
        ("A3 镇政府广场", ["a3", "镇政府", "zzf", "a3z"]),
        ("𠮷田", ["𠮷", "tian", "𠮷t"]),
        ("\uff26\uff55ll 宽", ["full", "\uff46\uff55ll"]),
    ],
)
def test_names_are_found_as_they_are_typed(name: str, typed: list[str]) -> None:
    """Characters, every reading of a surname, initials and mixtures of them find a name."""
    key = search_keys(name)
    assert [text for text in typed if not matches(text, key)] == []


@pytest.mark.parametrize("typed", ["anx", "hanx", "xm单", "明小", "sm", "shanxm1", "13800002046x"])
def test_what_is_not_typed_in_order_is_not_found(typed: str) -> None:
    """Nothing is found from the middle of a syllable, backwards, or past the end."""
    assert not matches(typed, search_keys("单小明", "YJ0102", phone="13800002046"))


def test_codes_and_telephones_are_found_by_their_digits() -> None:
    """A code answers to its beginning and to its digits, a telephone to at least three last ones."""
    key = search_keys("单小明", "YJ-GX-000102", phone="13800002046")
    found = {text for text in ("yj", "YJ-GX-0", "000102", "102", "2046", "046", "13800002046") if matches(text, key)}
    assert found == {"yj", "YJ-GX-0", "000102", "102", "2046", "046", "13800002046"}
    assert not any(matches(text, key) for text in ("46", "0000204", "138", "j-gx"))


def test_nothing_typed_finds_everything() -> None:
    """An empty query, or one of separators only, is no filter."""
    wanted = matcher(" · ")
    assert wanted(search_keys("单小明"))
    assert wanted("")


def test_a_name_has_a_bounded_number_of_spellings() -> None:
    """Many characters of several readings do not blow a key up."""
    assert len(spellings(units("曾乐行长朝重"))) <= MOST_SPELLINGS


@pytest.mark.parametrize(
    ("name", "surname", "read"),
    [
        ("区一川", True, "ou yi chuan"),
        ("区域联勤", False, "qu yu lian qin"),
        ("石桥市场", False, "shi qiao shi chang"),
        ("Anna", False, "anna"),
        ("𠮷田", True, "𠮷 tian"),
    ],
)
def test_pinyin_for_reading(name: str, surname: bool, read: str) -> None:
    """A person's first character is read as a surname, a place's is not."""
    assert pinyin(name, surname=surname) == read


_TYPED = st.text("abcdehlnoqxyzuvw 0123456789·-单小明陈张ｆ", max_size=8)
_KEYS = [
    search_keys("单小明", "YJ-GX-000102", phone="13800002046"),
    search_keys("陈张", "LZ0046", phone="13900460467"),
    search_keys("Anna Velarde 0046", phone="04600467046"),
    search_keys("区小十", "QX0417", phone="15704170146"),
    search_keys("吕布"),
]


@given(before=_TYPED, more=_TYPED, cut=st.integers(0, 8))
def test_what_narrows_finds_nothing_new(before: str, more: str, cut: int) -> None:
    """Where a query narrows another, looking among what the other found is the same as looking everywhere."""
    for query in (before + more, before[:cut] + more, more):
        if narrows(before, query):
            among = [key for key in _KEYS if matches(before, key)]
            assert [key for key in among if matches(query, key)] == [key for key in _KEYS if matches(query, key)]


def test_more_letters_narrow_and_more_digits_do_not() -> None:
    """Letters, characters and the first two digits narrow; from three digits on a telephone's end may be meant."""
    assert narrows("", "c")
    assert narrows("ch", "chen")
    assert narrows("单", "单 小")
    assert narrows("yj0", "yj01")
    assert narrows("0", "04")
    assert not narrows("04", "046")
    assert not narrows("046", "0467")
    assert not narrows("chen", "che")
    assert not narrows("chen", "hchen")


@given(query=_TYPED)
def test_the_quick_search_finds_what_the_predicate_finds(query: str) -> None:
    """`searcher` is `matcher` without its wrapping."""
    quick, plain = searcher(query), matcher(query)
    assert [bool(quick(key)) or not query for key in _KEYS] == [plain(key) for key in _KEYS]
