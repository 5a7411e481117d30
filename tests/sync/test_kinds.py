"""What cells come to, kind by kind: what real desks write is understood, what cannot be right is named."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patrol_desk.messages import LANGUAGES, render
from patrol_desk.sync.faults import Fault
from patrol_desk.sync.kinds import (
    CodeKind,
    CoordinateKind,
    DateKind,
    IntegerKind,
    Kind,
    PhoneKind,
    PointsKind,
    RecordIdKind,
    ReferenceKind,
    References,
    ResidentIdKind,
    SeatKind,
    TextKind,
    TimeKind,
    Word,
    WordsKind,
    WriteContext,
    yes_no,
)
from patrol_desk.sync.kinds.codes import show_code
from patrol_desk.sync.kinds.identity import birth_date_of, check_character
from patrol_desk.sync.kinds.numbers import MOST_POINTS
from patrol_desk.sync.text import unmark
from tests.helpers.sync_data import resident_id
from tests.helpers.sync_read import context


def parse(kind: Kind, text: str, references: References | None = None, *, confirm_000: bool = False) -> object:
    """Return the value of a text, or the code of its fault without the area."""
    value = kind.parser(context(references, confirm_000=confirm_000))(text)
    return value.code.removeprefix("import.") if isinstance(value, Fault) else value


def show(kind: Kind, value: object, references: References | None = None) -> str:
    """Return the cell of a value in Chinese."""
    return kind.shower(WriteContext("zh", references or References()))(value)


@pytest.mark.parametrize(
    "text",
    ["2026-01-05", "2026/1/5", "2026.1.5", "2026年1月5日", "20260105", "46027", "46027.0", "2026/1/5 0:00",
     "2026-01-05 00:00:00", "\uff12\uff10\uff12\uff16-1-5"],
)  # fmt: skip
def test_dates_as_desks_write_them(text: str) -> None:
    """Dates as desks write them."""
    assert parse(DateKind(), text) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("text", "code"),
    [("2026-02-30", "bad_date"), ("26/1/5", "bad_date"), ("昨天", "bad_date"), ("1月5日", "bad_date"),
     ("2026-01-05 08:30", "bad_date"), ("2150-01-01", "date_far"), ("1850-01-01", "date_far")],
)  # fmt: skip
def test_what_is_no_date(text: str, code: str) -> None:
    """What is no date."""
    assert parse(DateKind(), text) == code


def test_a_birth_in_the_future_is_refused() -> None:
    """A birth in the future is refused."""
    assert parse(DateKind(past=True), "2027-01-01") == "date_in_future"


@pytest.mark.parametrize(
    ("text", "minute"),
    [("18:00", 1080), ("1800", 1080), ("18点", 1080), ("18点30分", 1110), ("18点半", 1110), ("18", 1080), ("6:05", 365),
     ("605", 365), ("0:00", 0), ("23:59:00", 1439), ("18时", 1080), ("18时15分", 1095), ("6", 360),
     ("08:00:00 AM", 480), ("10:00:00 PM", 1320), ("12:30 am", 30), ("12:00 PM", 720), ("下午6点", 1080),
     ("上午 8:00", 480)],
)  # fmt: skip
def test_times_as_desks_write_them(text: str, minute: int) -> None:
    """Times as desks write them."""
    assert parse(TimeKind(), text) == minute


@pytest.mark.parametrize(
    ("text", "code"),
    [("25:00", "bad_time"), ("1860", "bad_time"), ("晚上", "bad_time"), ("8月12日", "damage_range_time")],
)
def test_what_is_no_time(text: str, code: str) -> None:
    """What is no time."""
    assert parse(TimeKind(), text) == code


@given(st.integers(0, 1439), st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_times_and_dates_read_back(minute: int, day: date) -> None:
    """Times and dates read back."""
    assert parse(TimeKind(), show(TimeKind(), minute)) == minute
    assert parse(DateKind(), show(DateKind(), day)) == day


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3), ("3.0", 3), ("\uff13", 3), ("3.5", "bad_integer"), ("八", "bad_integer"), ("8", "out_of_range"),
     ("8月12日", "damage_range"), ("12-Aug", "damage_range"), ("2026-08-12", "damage_range"), ("-1", "out_of_range")],
)  # fmt: skip
def test_whole_numbers(text: str, value: object) -> None:
    """Whole numbers."""
    assert parse(IntegerKind(0, 7), text) == value


@pytest.mark.parametrize(
    ("axis", "text", "value"),
    [("lon", "113.67", 113.67), ("lat", "22.76°", 22.76), ("lon", "22.76", "coordinates_swapped"),
     ("lat", "113.67", "coordinates_swapped"), ("lon", "0", "coordinate_range"), ("lat", "东", "bad_coordinate")],
)  # fmt: skip
def test_coordinates(axis: str, text: str, value: object) -> None:
    """Coordinates."""
    assert parse(CoordinateKind("lon" if axis == "lon" else "lat"), text) == value


@given(st.lists(st.tuples(st.floats(73, 136), st.floats(3, 54)), min_size=1, max_size=5))
def test_points_read_back_to_the_last_bit(points: list[tuple[float, float]]) -> None:
    """Points read back to the last bit."""
    value = [list(point) for point in points]
    assert parse(PointsKind(), show(PointsKind(), value)) == value


def test_points_that_are_none() -> None:
    """Points that are none."""
    assert parse(PointsKind(), "113.6,22.7;113.7,22.8;") == [[113.6, 22.7], [113.7, 22.8]]
    assert parse(PointsKind(), "113.6 22.7; 东 西") == "bad_points"
    assert parse(PointsKind(), "22.7 113.6") == "point_range"
    assert parse(PointsKind(), "113.6 22.7;" * (MOST_POINTS + 1)) == "bad_points"


GOOD = "441900199003071239"


def test_a_resident_id_that_is_right_is_read_in_any_form() -> None:
    """A resident id that is right is read in any form."""
    right = resident_id(date(1990, 3, 7), 123)
    for text in (right, f"{right[:6]}-{right[6:14]}-{right[14:]}", f" {right[:6]} {right[6:]}".strip()):
        assert parse(ResidentIdKind(), text) == right
    assert show(ResidentIdKind(), right) == f"{right[:6]}-{right[6:14]}-{right[14:]}"
    small_x = next(rid for n in range(1, 99) if (rid := resident_id(date(1990, 3, 7), n)).endswith("X"))
    assert parse(ResidentIdKind(), small_x.lower()) == small_x


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("44190019900307123", "resident_id_form"),
        ("441900900307123", "resident_id_15"),
        ("441900199013071230", "resident_id_check"),
        ("44190019900307123A", "resident_id_form"),
        ("441900199003072000", "damage_zeroed_tail"),
    ],
)
def test_a_resident_id_that_cannot_be_right(text: str, code: str) -> None:
    """A resident id that cannot be right."""
    assert parse(ResidentIdKind(), text) == code


def test_a_resident_id_without_a_possible_birth_is_refused() -> None:
    """A resident id without a possible birth is refused."""
    for digits in ("44190019901307123", "44190020280307123", "44190018000307123"):
        assert parse(ResidentIdKind(), digits + check_character(digits)) == "resident_id_birth"
    assert birth_date_of("441900199002301234") is None


def test_a_genuine_000_is_held_until_confirmed() -> None:
    """A genuine 000 is held until confirmed."""
    genuine = next(
        rid for n in range(20_000) if (rid := resident_id(date(1950, 1, 1) + timedelta(n), 100)).endswith("000")
    )
    assert parse(ResidentIdKind(), genuine) == "confirm_000"
    assert parse(ResidentIdKind(), genuine, confirm_000=True) == genuine
    # An export writes it with hyphens, which no spreadsheet takes for a number.
    assert parse(ResidentIdKind(), show(ResidentIdKind(), genuine)) == genuine


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("13800001111", "13800001111"),
        ("138-0000-1111", "13800001111"),
        ("+86 138 0000 1111", "13800001111"),
        ("\uff11\uff13\uff18 0000 1111", "13800001111"),
        ("0769-22112345", "0769-22112345"),
        ("(0769)22112345", "0769-22112345"),
        ("+86 769 22112345", "0769-22112345"),
        ("010-88881234", "010-88881234"),
        ("76922112345", "damage_zero_lost"),
        ("8613800001111", "damage_plus_lost"),
        ("1380000111", "mobile_length"),
        ("12800001111", "mobile_length"),
        ("110", "mobile_length"),
        ("电话", "bad_phone"),
        ("1380000111\u0663", "mobile_length"),
    ],
)
def test_telephone_numbers(text: str, value: str) -> None:
    """Telephone numbers."""
    assert parse(PhoneKind(), text) == value


def test_an_office_may_have_a_short_number() -> None:
    """An office may have a short number."""
    service = PhoneKind(service=True)
    assert [parse(service, text) for text in ("110", "12345", "22112345", "4001234567")] == [
        "110", "12345", "22112345", "4001234567",
    ]  # fmt: skip
    assert show(PhoneKind(), "13800001111") == "138-0000-1111"
    assert show(PhoneKind(), "076922112345") == "0769-22112345"
    assert show(service, "110") == "110"


def test_words_in_either_language_however_they_are_typed() -> None:
    """Words in either language however they are typed."""
    kind = WordsKind((Word(1, "副组长", "deputy leader", ("副",)), Word(2, "组员", "member")))
    assert [parse(kind, text) for text in ("副组长", "Deputy-Leader", "副 组长", "副", "MEMBER")] == [1, 1, 1, 1, 2]
    assert parse(kind, "队长") == "unknown_word"
    assert kind.shower(WriteContext("en", References()))(1) == "deputy leader"
    assert [parse(yes_no(), text) for text in ("是", "Y", "TRUE", "√", "否", "0", "×")] == [True] * 4 + [False] * 3
    with pytest.raises(ValueError, match="甲"):
        WordsKind((Word(1, "甲", "a"), Word(2, "甲", "b")))


def test_codes() -> None:
    """Codes."""
    assert parse(CodeKind(), "\uff28\uff2d-V000123") == "HM-V000123"
    assert parse(CodeKind(), "441900-121-000") == "441900121000"
    assert show_code("441900121000") == "441900-121-000"
    assert show_code("441900121000001") == "441900-121-000-001"
    assert show_code("00012") == "'00012"
    assert parse(CodeKind(), "x" * 33) == "too_long"
    assert parse(CodeKind(), "A B") == "bad_code"
    assert parse(CodeKind(), "12-Aug") == "damage_range_code"


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S")), min_size=1, max_size=20))
def test_codes_read_back(text: str) -> None:
    """Codes read back."""
    value = parse(CodeKind(), text)
    if value != "damage_range_code":
        assert isinstance(value, str)
        assert parse(CodeKind(), show(CodeKind(), value).removeprefix("'")) == value or value.startswith("'")


def test_record_ids() -> None:
    """Record ids."""
    value = "01890a5d-ac96-774b-bcce-b302099a8057"
    assert parse(RecordIdKind(), value.upper()) == value
    assert show(RecordIdKind(), value) == value
    assert parse(RecordIdKind(), "7") == "bad_record_id"


def test_references_by_code_or_only_name() -> None:
    """References by code or only name."""
    references = References()
    references.add("squads", "S1", "id-1", "晨曦")
    references.add("squads", "S2", "id-2", "同名")
    references.add("squads", "S3", "id-3", "同名")
    references.reject("squads", "S9")
    kind = ReferenceKind("squads")
    texts = ("S1", "晨曦", "同名", "S9", "S0", "x" * 40)
    assert [parse(kind, text, references) for text in texts] == [
        "id-1", "id-1", "unknown_reference", "parent_rejected", "unknown_reference", "too_long",
    ]  # fmt: skip
    assert parse(ReferenceKind("squads", by_name=False), "晨曦", references) == "unknown_reference"
    assert show(kind, "id-2", references) == "S2"
    references.add("squads", "S1-new", "id-1", "晨曦")
    assert (references.find("squads", "S1"), references.find("squads", "S1-new")) == (None, "id-1")


def test_kinds_of_seat() -> None:
    """Kinds of seat."""
    references = References()
    references.add("skills", "DRV", "id-1", "驾驶")
    kind = SeatKind()
    texts = ("任意", "Leader", "DRV", "驾驶", "飞行")
    assert [parse(kind, text, references) for text in texts] == [
        (None, False), (None, True), ("id-1", False), ("id-1", False), "unknown_reference",
    ]  # fmt: skip
    shown = [show(kind, value, references) for value in ((None, False), (None, True), ("id-1", False))]
    assert shown == ["任意", "组长", "DRV"]


def test_text_keeps_what_was_typed() -> None:
    """Text keeps what was typed."""
    assert parse(TextKind(), "e\u0301") == "é"
    assert parse(TextKind(), "一\n二") == "一\n二"
    assert parse(TextKind(60, one_line=True), "一\n二") == "control_character"
    assert parse(TextKind(), "一\x07") == "control_character"
    assert parse(TextKind(3), "一二三四") == "too_long"
    assert parse(TextKind(3), "𬭊𬭊𬭊") == "𬭊𬭊𬭊"


@pytest.mark.parametrize(
    "kind",
    [CodeKind(), CoordinateKind("lon"), DateKind(), IntegerKind(0, 1), PhoneKind(), PhoneKind(service=True),
     PointsKind(),
     RecordIdKind(), ReferenceKind("squads"), ResidentIdKind(), SeatKind(), TextKind(), TimeKind(), yes_no()],
)  # fmt: skip
def test_every_kind_has_a_legend(kind: Kind) -> None:
    """Every kind has a legend."""
    assert all(render(kind.legend(), language) for language in LANGUAGES)


HOSTILE = st.one_of(
    st.text(min_size=1),
    st.from_regex(r"[0-9\uff10-\uff19\u0660-\u0669./:;, +\-年月日点E#X'=]{1,40}", fullmatch=True),
)


CLOSED_KINDS: tuple[Kind, ...] = (
    CodeKind(),
    CoordinateKind("lat"),
    DateKind(),
    IntegerKind(-9, 10**9),
    PhoneKind(),
    PhoneKind(service=True),
    PointsKind(),
    RecordIdKind(),
    ResidentIdKind(),
    TextKind(),
    TimeKind(),
    yes_no(),
)


@given(HOSTILE)
@settings(max_examples=150)
def test_no_text_makes_a_kind_fall_over(text: str) -> None:
    """Whatever a cell holds, it is a value or a fault; and a value's own cell reads back as the same value."""
    bare = text.strip()
    if not bare:
        return
    for kind in CLOSED_KINDS:
        value = kind.parser(context())(bare)
        if not isinstance(value, Fault):
            again, _ = unmark(show(kind, value))
            assert kind.parser(context())(again) == value
