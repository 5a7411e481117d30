"""A calendar file is what RFC 5545 asks for, and says nothing it should not."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.printing.handon.ics import calendar_file, escaped, folded
from patrol_desk.services.handon.data import Calendar, Event
from patrol_desk.services.printed.marks import PlanState

NIGHT = Event(
    uid="20261231-N-P2-person-A@441900121000.patrol-desk",
    start=datetime.fromisoformat("2026-12-31T22:00"),
    end=datetime.fromisoformat("2027-01-01T02:00"),
    shift="夜班",
    place="石桥桥头, 北侧; 甲\\乙",
    address="环城北路与工业大道交汇处北侧临时联防卡口一号岗亭旁流动执勤点东面",
)
CALENDAR = Calendar(
    code="A",
    name="阿卜杜拉·买买提",
    week="2026-W53",
    station="莞溪派出所",
    duty_phone="0769-81230110",
    state=PlanState.PUBLISHED,
    number=3,
    made_at=datetime(2026, 12, 20, 6, 0, tzinfo=UTC),
    events=(NIGHT,),
)


def unfolded(content: bytes) -> list[str]:
    """Return the lines of a file as a reader joins them."""
    return content.decode("utf-8").replace("\r\n ", "").split("\r\n")


def value_of(lines: list[str], name: str) -> str:
    """Return the value of the only line of a name."""
    (found,) = (line for line in lines if re.match(rf"{name}[:;]", line))
    return found.partition(":")[2]


def test_a_shift_across_midnight_and_new_year() -> None:
    """Wall times of the zone that stands in the file; the moment of writing in UTC."""
    lines = unfolded(calendar_file(CALENDAR))
    assert "DTSTART;TZID=Asia/Shanghai:20261231T220000" in lines
    assert "DTEND;TZID=Asia/Shanghai:20270101T020000" in lines
    assert value_of(lines, "DTSTAMP") == "20261220T060000Z"
    assert lines.index("TZID:Asia/Shanghai") < lines.index("BEGIN:VEVENT")
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    assert (value_of(lines, "UID"), value_of(lines, "SEQUENCE")) == (NIGHT.uid, "3")


def test_texts_are_escaped_and_lines_folded() -> None:
    """No line is longer than 75 octets, none divides a character, and the place comes back whole."""
    content = calendar_file(CALENDAR)
    pieces = content.split(b"\r\n")
    assert max(map(len, pieces)) <= 75
    assert all(piece.decode("utf-8") is not None for piece in pieces)
    assert value_of(unfolded(content), "LOCATION").startswith("石桥桥头\\, 北侧\\; 甲\\\\乙，环城北路")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=200))
def test_what_is_folded_comes_back(text: str) -> None:
    """Unfolding gives the line; each piece holds at most 75 octets."""
    line = f"SUMMARY:{text}"
    shown = folded(line)
    assert shown.replace("\r\n ", "") == line
    assert all(len(piece.encode("utf-8")) <= 75 for piece in shown.split("\r\n"))


@given(st.text(max_size=60))
def test_an_escaped_text_is_one_line(text: str) -> None:
    """Nothing that a name holds can begin another property."""
    shown = escaped(text)
    assert not re.search(r"[\x00-\x1f\x7f]", shown)
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", shown)


def test_a_draft_is_tentative_and_an_outdated_version_says_so() -> None:
    """The word stands in the summary, or in the description."""
    draft = unfolded(calendar_file(replace(CALENDAR, state=PlanState.DRAFT)))
    assert (value_of(draft, "STATUS"), value_of(draft, "SUMMARY")[:4]) == ("TENTATIVE", "【草稿】")
    outdated = unfolded(calendar_file(replace(CALENDAR, state=PlanState.OUTDATED), "en"))
    assert "OUTDATED" in value_of(outdated, "DESCRIPTION")
    assert value_of(outdated, "STATUS") == "CONFIRMED"


def test_a_squads_event_names_who_stands_together() -> None:
    """Names, and the duty room's number alone."""
    lines = unfolded(calendar_file(replace(CALENDAR, events=(replace(NIGHT, people=("甲", "乙")),))))
    assert value_of(lines, "DESCRIPTION").startswith("执勤人员：甲、乙\\n第 3 版")
    assert re.findall(r"1\d{10}", "\n".join(lines)) == []
