"""Words and telephone numbers on sheets."""

from datetime import date

import pytest

from patrol_desk.messages import Language, catalogue
from patrol_desk.printing.sheets.words import SheetWords, masked_phone, shown_phone
from patrol_desk.services.sheet_data import PrivacyProfile, ShiftMark


@pytest.mark.parametrize(
    ("profile", "shown"),
    [
        (PrivacyProfile.PUBLIC, ""),
        (PrivacyProfile.OFFICE, "138****2046"),
        (PrivacyProfile.LEADER, "13800002046"),
    ],
)
def test_the_profile_chooses_what_is_shown_of_a_number(profile: PrivacyProfile, shown: str) -> None:
    """No number on a sheet that hangs on a wall, a masked one for the office, the whole for the leader."""
    assert shown_phone("13800002046", profile) == shown
    assert shown_phone("", profile) == ""


@pytest.mark.parametrize(("phone", "masked"), [("0769123", "*******"), ("12345678", "123*5678")])
def test_short_numbers_are_masked_too(phone: str, masked: str) -> None:
    """A number too short to hide its middle is hidden whole."""
    assert masked_phone(phone) == masked


def test_a_shift_past_midnight_says_so() -> None:
    """The end of a night shift is the next day's, also when it is midnight or a whole day later."""
    words = SheetWords("zh")
    assert words.shift_time(ShiftMark("早", "早班", "08:00", "12:00")) == "08:00\N{EN DASH}12:00"
    assert words.shift_time(ShiftMark("夜", "夜班", "22:00", "02:00")) == "22:00\N{EN DASH}次日 02:00"
    assert words.shift_time(ShiftMark("全", "全日", "08:00", "08:00")) == "08:00\N{EN DASH}次日 08:00"


@pytest.mark.parametrize(("language", "expected"), [("zh", "12 月 31 日（四）"), ("en", "Thu 31 Dec")])
def test_days_are_written_as_each_language_writes_them(language: Language, expected: str) -> None:
    """A day with its weekday."""
    day = SheetWords(language).day(date(2026, 12, 31))
    assert day == expected


def test_the_duty_is_called_by_its_right_name() -> None:
    """The title says 执勤."""
    assert "执勤" in catalogue("print")["print.title"]["zh"]
