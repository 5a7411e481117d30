"""What is typed into a form of a place is judged as an import would, in a sentence that helps."""

import pytest

from patrol_desk.messages import LANGUAGES, render
from patrol_desk.services.places import check_place_field


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "HM-P0001"),
        ("name", "阿卜杜拉·买买提大道口"),
        ("short_name", "东门"),
        ("kind", "fixed_post"),
        ("kind", "巡逻点"),
        ("tier", 3),
        ("tier", "\uff12"),
        ("address", ""),
        ("community_id", ""),
        ("lon", "113.6712"),
        ("lon", ""),
    ],
)
def test_what_can_be_saved_is_not_complained_about(field: str, value: object) -> None:
    """Stored values, words of both languages and full-width digits are all understood."""
    assert check_place_field(field, value) is None


@pytest.mark.parametrize(
    ("field", "value", "right"),
    [
        ("code", "HM P1", "不含空格"),
        ("name", " ", "必须填"),
        ("short_name", "一个很长很长很长很长很长的名字", "12"),
        ("kind", "岗亭", "固定岗"),
        ("tier", "4", "1 到 3"),
        ("tier", "", "必须填"),
        ("lat", "113.67", "对调"),
        ("lon", "东经", "113.6712"),
    ],
)
def test_what_cannot_be_saved_is_named_with_its_value_and_what_would_be_right(
    field: str, value: str, right: str
) -> None:
    """Both languages have the sentence."""
    fault = check_place_field(field, value)

    assert fault is not None
    assert right in render(fault, "zh")
    assert value.strip() in render(fault, "zh")
    assert all(render(fault, language) for language in LANGUAGES)


def test_a_code_of_another_place_is_refused_while_typing() -> None:
    """The form knows the codes that are taken."""
    fault = check_place_field("code", "P1", taken={"P1", "P2"})

    assert fault is not None
    assert "P1" in render(fault)
    assert check_place_field("code", "P3", taken={"P1", "P2"}) is None


def test_half_a_coordinate_is_told_at_the_second_field() -> None:
    """Longitude and latitude come together or not at all."""
    assert check_place_field("lat", "", others={"lon": "113.7"}) is not None
    assert check_place_field("lat", "22.9", others={"lon": "113.7"}) is None
    assert check_place_field("lat", "22.9", others={"lon": "x"}) is None, "the other field says what is wrong with it"
    assert check_place_field("lat", "") is None, "alone nothing is known of the other"


def test_the_fields_of_muster_points_and_equipment_have_their_own_rules() -> None:
    """Each table's columns judge."""
    assert check_place_field("name", "沙角召集点", table="muster_points") is None
    fault = check_place_field("quantity", "-3", table="equipment")
    assert fault is not None
    assert "1000000" in render(fault).replace(",", "")
