"""Search keys: what typing finds."""

import pytest

from patrol_desk.services.finding.keys import matcher, matches, search_keys
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
