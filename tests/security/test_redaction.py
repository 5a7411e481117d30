"""Personal values do not get past the mask."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.models import Base
from patrol_desk.security.redaction import PERSONAL_FIELDS, mask_id, mask_name, mask_phone, mask_text, redact

ID = "44190019900501123X"


def test_masks_keep_what_tells_people_apart_and_no_more() -> None:
    """The forms of the domain's own text."""
    assert mask_phone("13812342046") == "138****2046"
    assert mask_id(ID) == "4419**********123X"
    assert mask_name("阿卜杜拉·买买提") == "阿*"
    assert mask_name("") == ""


@pytest.mark.parametrize(
    ("phone", "masked"), [("0769-8338110", "********8110"), ("8110", "****"), ("", ""), ("83381101", "****1101")]
)
def test_other_numbers_are_masked_too(phone: str, masked: str) -> None:
    """A landline or a fragment is not shown whole."""
    assert mask_phone(phone) == masked


def test_an_odd_id_is_hidden_whole() -> None:
    """What is not 18 characters long shows nothing."""
    assert mask_id("4419") == "****"


def test_numbers_are_found_in_any_text() -> None:
    """Also in a text that is not meant to hold any, and next to Chinese."""
    assert mask_text(f"电话13812342046，证件{ID}。") == "电话138****2046，证件4419**********123X。"
    assert mask_text("编号1234567890123 共11112222333个") == "编号1234567890123 共111****2333个"


def test_fields_are_masked_at_any_depth() -> None:
    """Before and after, nested records, and texts."""
    fields = {
        "name": ["张伟强", "李秀英"],
        "phone": ["13812342046", None],
        "resident_id": ID,
        "birth_date": date(1990, 5, 1),
        "home_lon": 113.9,
        "gender": "female",
        "weekly_cap": [1, 2],
        "status_reason": "",
        "more": {"phone": 13812342046, "list": [{"birth_date": "1990-05-01"}, "13812342046"]},
    }
    assert redact(fields, "person") == {
        "name": ["张*", "李*"],
        "phone": ["138****2046", None],
        "resident_id": "4419**********123X",
        "birth_date": "****-**-**",
        "home_lon": "*",
        "gender": "*",
        "weekly_cap": [1, 2],
        "status_reason": "",
        "more": {"phone": "*", "list": [{"birth_date": "*"}, "138****2046"]},
    }


def test_a_squads_name_is_nobodys() -> None:
    """Only people's names are masked."""
    assert redact({"name": "东坑一组"}, "squad") == {"name": "东坑一组"}


def test_every_personal_field_is_a_column() -> None:
    """The list names what the tables have."""
    for kind, fields in PERSONAL_FIELDS.items():
        assert fields <= set(Base.metadata.tables[kind].columns.keys())


@given(st.from_regex(r"1[0-9]{10}", fullmatch=True), st.text("张王李，。 abc", max_size=20))
def test_no_mobile_number_survives(phone: str, around: str) -> None:
    """Whatever stands around it."""
    assert phone not in str(redact({"note": f"{around}{phone}{around}", "phone": phone}))


@given(st.dictionaries(st.text(max_size=10), st.none() | st.integers() | st.text(max_size=40)))
def test_masking_twice_changes_nothing_more(fields: dict[str, object]) -> None:
    """What a service has masked is not masked away by the log."""
    once = redact(fields, "squad")
    assert redact(once, "squad") == once
