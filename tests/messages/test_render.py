"""A message becomes a sentence in either language."""

import pytest

from patrol_desk.common.message import Message
from patrol_desk.messages import LANGUAGES, catalogue, render


def test_parameters_are_put_in() -> None:
    """In Chinese unless English is asked for."""
    message = Message("common.bad_week", {"value": "四十八周"})
    assert "“四十八周”" in render(message)
    assert '"四十八周"' in render(message, "en")


def test_messages_and_lists_within_a_message() -> None:
    """Are said in the same language, lists with its own comma."""
    role, needs = Message("security.role_clerk"), [Message("security.may_print"), Message("security.may_backup")]
    message = Message("security.forbidden", {"role": role, "needs": needs})
    assert "内勤" in render(message)
    assert "打印、备份" in render(message)
    assert "clerk may not print, make backups" in render(message, "en")


def test_braces_in_a_value_are_not_placeholders() -> None:
    """A file's name may hold anything."""
    assert "{value}" in render(Message("common.bad_week", {"value": "{value}"}))


@pytest.mark.parametrize("message", [Message("common.nothing"), Message("nowhere.at_all"), Message("common.bad_week")])
def test_what_cannot_be_said_is_a_fault(message: Message) -> None:
    """An unknown code, area, or a missing value is the program's mistake, not a silent blank."""
    for language in LANGUAGES:
        with pytest.raises(KeyError):
            render(message, language)


def test_a_catalogue_is_read_once() -> None:
    """The same sentences for every call."""
    assert catalogue("common") is catalogue("common")


def test_one_is_not_said_as_several() -> None:
    """English has a form for one where it needs one; Chinese does not."""
    one, two = (Message("find.squad_duties", {"count": count}) for count in (1, 2))
    assert (render(one, "en"), render(two, "en")) == ("1 duty", "2 duties")
    assert (render(one), render(two)) == ("1 个班次", "2 个班次")


def test_thousands_are_set_apart_in_counts() -> None:
    """As the window writes them; below a thousand nothing changes."""
    said = [render(Message("find.squad_duties", {"count": count})) for count in (999, 1164)]
    assert said == ["999 个班次", "1,164 个班次"]
