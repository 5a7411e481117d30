"""What a form takes is what an import takes, and every refusal says what would be right."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.message import Message
from patrol_desk.messages import render
from patrol_desk.models import ActivityClass, Force
from patrol_desk.services.people import FIELDS, check_person_field, check_person_fields
from patrol_desk.services.people.fields import REFERENCES, read_field, wrong_field
from patrol_desk.sync.faults import Fault
from patrol_desk.sync.kinds import ReadContext, References
from patrol_desk.sync.kinds.identity import check_character
from patrol_desk.sync.tables.people import PEOPLE

TODAY = date(2026, 11, 22)


def words(key: str, value: str) -> str:
    """Return the Chinese sentence under a field, empty when it is right."""
    found = check_person_field(key, value, TODAY)
    return "" if found is None else render(found)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("name", " ", "必须填"),
        ("code", "", "必须填"),
        ("code", "1月5日", "日期"),
        ("name", "莫" * 61, "最多 60"),
        ("phone", "1380000", "11 位"),
        ("phone", "8613800002046", "86"),
        ("phone", "76922112345", "0769"),
        ("resident_id", "44199919900307", "18 位"),
        ("resident_id", "441999199003070011", "校验位"),
        ("resident_id", "441999199003071000", "末三位"),
        ("birth_date", "2027-01-01", "今天"),
        ("joined_on", "去年", "2026-01-05"),
        ("weekly_cap", "8", "0 到 7"),
        ("weekly_cap", "", "必须填"),
        ("weekly_cap", "1月2日", "整数"),
        ("home_lon", "22.9", "写反"),
        ("name", "#REF!", "错误值"),
        ("force", "boss", "义警"),
    ],
)
def test_a_wrong_text_is_told_what_would_be_right(key: str, value: str, said: str) -> None:
    """The sentence names the fault and the way out, in both languages."""
    assert said in words(key, value)
    found = check_person_field(key, value, TODAY)
    assert found is not None
    assert render(found, "en").endswith(".")


def test_right_texts_pass() -> None:
    """Empty optional fields, a number as typed, a genuine ID that ends in 000."""
    body = next(f"4419991990030{n:04d}" for n in range(1000, 9999) if check_character(f"4419991990030{n:04d}") == "0")
    for key, value in (
        ("phone", ""),
        ("phone", "138 0000-2046"),
        ("birth_date", "1990/3/7"),
        ("resident_id", ""),
        ("resident_id", body + "0"),
        ("force", "guard"),
        ("community_id", ""),
        ("community_id", "some-id"),
        ("weekly_cap", "0"),
    ):
        assert words(key, value) == "", (key, value)
    assert read_field("force", "义警", TODAY) is Force.VOLUNTEER
    assert read_field("activity_class", "call_out", TODAY) is ActivityClass.CALL_OUT
    assert read_field("organisation_id", "", TODAY) is None


@given(st.sampled_from(sorted(set(FIELDS) - REFERENCES)), st.text(max_size=30))
def test_a_form_takes_what_an_import_takes(key: str, text: str) -> None:
    """Whatever the form accepts, the import's column reads as the same value from the cell that an export writes."""
    value = read_field(key, text, TODAY)
    if not isinstance(value, Fault) and value not in (None, ""):
        parse = PEOPLE.by_name[key].kind.parser(ReadContext(TODAY, References(), confirm_000=True))
        assert parse(text.strip()) == value


def test_values_that_do_not_fit_together() -> None:
    """Insurance the wrong way round, half a place, a birth date that is not the ID's."""
    wrong = check_person_fields(
        {
            "insured_from": date(2026, 2, 1),
            "insured_until": date(2026, 1, 1),
            "home_lon": 113.7,
            "home_lat": None,
            "birth_date": date(1990, 3, 8),
            "resident_id": "441999199003071234",
        }
    )
    assert set(wrong) == {"insured_until", "home_lat", "resident_id"}
    assert check_person_fields({}) == {}


def test_a_refusal_never_holds_personal_values() -> None:
    """The field is named; its text only where it is nobody's secret."""
    what = Message("people.gone")
    assert "13800002046" not in render(wrong_field("phone", what, "13800002046").message)
    assert "YJ1" in render(wrong_field("code", what, "YJ1").message, "en")
