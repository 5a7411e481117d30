"""Whatever a file holds, the reader answers with a problem or with a sentence that names the place."""

import gzip
import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.engine.formats import files, read_certificate, read_plan, read_problem, write_plan
from patrol_desk.engine.formats.files import dump_document, parse_document
from patrol_desk.engine.formats.problem_reader import problem_of
from patrol_desk.engine.formats.problem_writer import document_of
from patrol_desk.engine.plan import Plan
from patrol_desk.messages.render import render
from patrol_desk.samples.problems import tiny

Document = dict[str, Any]

VALID = document_of(tiny(11, people=5, shifts=4, groups=6, full=True)) | {
    "monday": "2026-11-23",
    "begin": -600,
    "apart": [["p0", "p1"]],
    "together": [["p4", "p3"]],
    "temporary_duties": [{"id": "fair", "from": 0, "until": "2026-11-25", "seats": [{"minimum": 1, "held": 1}]}],
    "priority_areas": [{"name": "school", "checkpoints": ["c0"], "from": 0, "until": 4_000, "raise": 2}],
    "security_periods": [
        {"name": "visit", "from": 0, "until": 4_000, "checkpoints": ["c1"], "kinds": ["fixed_post"], "minimum": 1}
    ],
}

HOSTILE: list[Any] = [
    None, True, -1, 10**400, 1.5, 1e308, "", "x" * 300, "\ud800", "p0", "2026-11-23T10:00", [], {}, [[]], [1, 2, 3],
    {"id": "p0"}, -(2**31), 2**63, "0123", "١٢٣",
]  # fmt: skip


def valid() -> Document:
    """Return a document that is right, free to be spoilt."""
    return deepcopy(VALID)


def answer(data: bytes) -> str:
    """Return the sentence with which bytes are refused, or ``read``."""
    try:
        problem_of(parse_document(data, "problem"))
    except InvalidDataError as error:
        return render(error.message, "zh")
    return "read"


def complaint(document: Document) -> str:
    """Return the English sentence with which a document is refused."""
    with pytest.raises(InvalidDataError) as caught:
        problem_of(parse_document(json.dumps(document).encode(), "problem"))
    assert render(caught.value.message, "zh")
    return render(caught.value.message, "en")


def places(value: object) -> list[tuple[Any, Any]]:
    """Return every (container, key) of a document."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        pairs += [(value, key) for key in value]
    elif isinstance(value, list):
        pairs += [(value, key) for key in range(len(value))]
    return pairs + [inner for container, key in pairs for inner in places(container[key])]


@given(st.integers(0, 10**9), st.integers(1, 3))
def test_a_spoilt_document_is_read_or_refused_in_words(seed: int, spots: int) -> None:
    """A spoilt document is read or refused in words."""
    random, document = Random(seed), valid()
    for _ in range(spots):
        container, key = random.choice(places(document))
        match random.randrange(4):
            case 0 if isinstance(container, dict):
                del container[key]
            case 1 if isinstance(container, dict):
                container["strange"] = 1
            case 2 if isinstance(container, list):
                container.append(deepcopy(container[key]))
            case _:
                container[key] = random.choice(HOSTILE)
    assert "{" not in answer(json.dumps(document).encode()).replace("{…}", "")


@given(noise=st.binary(max_size=40), at=st.integers(0, 3000), packed=st.booleans())
def test_spoilt_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int, *, packed: bool
) -> None:
    """Spoilt bytes are read or refused."""
    data = dump_document(VALID)
    data = gzip.compress(data, mtime=0) if packed else data
    path = tmp_path_factory.getbasetemp() / "spoilt.json"
    path.write_bytes(data[:at] + noise + data[at + len(noise) :])
    try:
        said = read_problem(path).days
    except InvalidDataError as error:
        said = len(render(error.message, "en"))
    assert said


def put(*path: str | int, value: object) -> Callable[[Document], None]:
    """Return what puts a value at a place of a document."""

    def change(document: Document) -> None:
        spot: Any = document
        for key in path[:-1]:
            spot = spot[key]
        spot[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put("format", value="somebody/else"), ["format", "somebody/else", "patrol-desk/problem"]),
        (put("version", value=2), ["version", "2", "reads version 1"]),
        (put("version", value=True), ["version", "true"]),
        (put("people", 3, "squad", value="s9"), ["people[3].squad", "s9", "squad"]),
        (put("people", 3, "squad", value=4), ["people[3].squad", "4", "text"]),
        (put("people", 3, "role", value="boss"), ["people[3].role", "boss", "member, deputy, leader"]),
        (put("people", 3, "on_roster", value="yes"), ["people[3].on_roster", "true or false"]),
        (put("people", 3, "id", value="p0"), ["people[3].id", "p0", "people[0].id"]),
        (put("people", 3, "id", value=""), ["people[3].id", "1 to 200"]),
        (put("people", 3, "id", value="\ud800"), ["people[3].id", "surrogate"]),
        (put("people", 3, "cap_week", value=500), ["people[3].cap_week", "500", "127"]),
        (put("people", 3, "cap_week", value=2.0), ["people[3].cap_week", "2.0", "whole number"]),
        (put("people", 3, "cap_week", value=10**100), ["people[3].cap_week", "1e60"]),
        (put("people", 3, "home", value=[1]), ["people[3].home", "[x, y]"]),
        (put("people", 3, "home", value=[1, 10**7]), ["people[3].home[1]", "10000000", "1000000"]),
        (put("people", 3, "availability", value="012"), ["people[3].availability", "012", "4 digits"]),
        (put("people", 3, "availability", value="0124"), ["people[3].availability", "0124", "from 0 to 3"]),
        (put("people", 3, "availability", value=12), ["people[3].availability", "4 digits in quotes"]),
        (put("people", 3, "availability", value={"t9": 1}), ["people[3].availability.t9", "t9", "shift"]),
        (put("people", 3, "availability", value={"t1": "often"}), ["people[3].availability.t1", "often", "prefer"]),
        (put("people", 3, "skills", value={"flying": "111"}), ["people[3].skills.flying", "skill"]),
        (put("people", 3, "skills", value={"first_aid": "1"}), ["people[3].skills.first_aid", "3 digits"]),
        (put("people", 3, "skills", value=["flying"]), ["people[3].skills[0]", "flying"]),
        (put("people", 3, "skills", value="flying"), ["people[3].skills", "list"]),
        (put("people", 3, "load", value={"monday": 1}), ["people[3].load", "monday", "weekday"]),
        (put("people", 3, "leave", value=["t9"]), ["people[3].leave[0]", "t9"]),
        (put("people", 3, value=7), ["people[3]", "7", "object"]),
        (put("people", value={}), ["people", "list"]),
        (put("people", 3, "load", value=[]), ["people[3].load", "object"]),
        (put("skills", value=["a", "a"]), ["skills[1]", "skills[0]"]),
        (put("skills", value=["leader"]), ["skills[0]", "leader"]),
        (put("skills", value=[f"s{n}" for n in range(40)]), ["skills", "40", "31"]),
        (put("shifts", 0, "end", value=0), ["shifts[0].end", "after the start"]),
        (put("shifts", 0, "start", value="2026-11-23T10:00+08:00"), ["shifts[0].start", "local time"]),
        (put("shifts", 0, "start", value="noon"), ["shifts[0].start", "noon"]),
        (put("shifts", 0, "start", value="1999-11-23T10:00"), ["shifts[0].start", "576000"]),
        (put("shifts", 0, "day", value=5), ["shifts[0].day", "5"]),
        (put("shifts", 0, "class", value="holy"), ["shifts[0].class", "holiday"]),
        (put("shifts", 0, value={"id": "n", "start": 99_000, "end": 99_001}), ["shifts[0].start", "3 days"]),
        (put("monday", value="2026-11-24"), ["monday", "not a Monday"]),
        (put("monday", value="Monday"), ["monday", "2026-11-23"]),
        (put("demand", 0, "seats", 0, "minimum", value=-1), ["demand[0].seats[0].minimum", "-1"]),
        (put("demand", 0, "seats", 0, "desired", value=0), ["demand[0].seats[0].desired"]),
        (put("demand", 0, "seats", value=[{"minimum": 1}] * 2), ["demand[0].seats[1]", "demand[0].seats[0]"]),
        (put("demand", 0, "tier", value=3), ["demand[0].tier", "3", "from 0 to 2"]),
        (put("demand", 0, "checkpoint", value="c9"), ["demand[0].checkpoint", "c9", "checkpoint"]),
        (put("weights", "minimum", value=[1, 1]), ["weights.minimum", "strictly"]),
        (put("weights", "minimum", value=[]), ["weights.minimum", "strictly"]),
        (put("weights", "near", value=-2), ["weights.near", "-2"]),
        (put("weights", "far", value=2), ["weights", "far", "near"]),
        (put("rules", "reach_m", value="5 km"), ["rules.reach_m", "5 km", "whole number"]),
        (put("locked", value=[{"person": "p0"}]), ["locked[0]", "checkpoint"]),
        (put("busy", value=[{"person": "p0", "start": 5, "end": 5}]), ["busy[0].end", "after the start"]),
        (put("strange", value=1), ["document", "strange", "people"]),
        (put("rules", "rest", value="often"), ["rules.rest", "often", "hard, hint, off"]),
        (put("rules", "rest", value=-1), ["rules.rest", "-1", "1000000000"]),
        (put("rules", "consecutive_days", value=61), ["rules.consecutive_days", "61", "60"]),
        (put("rules", "kinds", value=[]), ["rules.kinds", "at least one"]),
        (put("rules", "kinds", 1, "name", value="fixed_post"), ["rules.kinds[1].name", "rules.kinds[0].name"]),
        (put("rules", "kinds", 1, "lead", value="hard"), ["rules.kinds[1].lead", "hard", "a seat that asks"]),
        (put("rules", "kinds", 1, "official", value="yes"), ["rules.kinds[1].official", "yes", "off"]),
        (put("rules", "kinds", 1, "reach_m", value=-5), ["rules.kinds[1].reach_m", "-5"]),
        (put("checkpoints", 1, "kind", value="moon"), ["checkpoints[1].kind", "moon", "kind of checkpoint"]),
        (put("checkpoints", 1, "visits", value=-1), ["checkpoints[1].visits", "-1"]),
        (put("checkpoints", 1, "blind_hours", value="long"), ["checkpoints[1].blind_hours", "long"]),
        (put("checkpoints", 1, "id", value="c0"), ["checkpoints[1].id", "checkpoints[0].id"]),
        (put("shifts", 0, "night", value=1), ["shifts[0].night", "true or false"]),
        (put("people", 3, "insured", value="11"), ["people[3].insured", "3 digits"]),
        (put("people", 3, "insured", value=[]), ["people[3].insured", "3 digits"]),
        (put("people", 3, "novice", value="new"), ["people[3].novice", "true or false"]),
        (put("people", 3, "waited", value={"night": 9}), ["people[3].waited.night", "9", "from 0 to 8"]),
        (put("demand", 0, "raised", value=3), ["demand[0].raised", "3", "from 0 to 2"]),
        (put("demand", 0, "seats", 0, "held", value=-1), ["demand[0].seats[0].held", "-1"]),
        (put("demand", 0, "seats", 0, "surge_minimum", value=2), ["demand[0].seats[0].surge_minimum", "from 0 to 1"]),
        (put("demand", 0, "seats", 0, "surge_desired", value=3), ["demand[0].seats[0].surge_desired", "from 0 to 2"]),
        (put("apart", value=[["p0"]]), ["apart[0]", "two different people"]),
        (put("apart", value=[["p0", "p0"]]), ["apart[0]", "two different people"]),
        (put("apart", value=[["p0", "p9"]]), ["apart[0][1]", "p9", "person"]),
        (put("apart", value=["p0 p1"]), ["apart[0]", "list"]),
        (put("apart", value=[["p0", "p1"], ["p1", "p0"]]), ["apart[1]", "apart[0]", "may stand once"]),
        (put("together", value=[["p1", "p0"]]), ["together[0]", "apart[0]", "cannot both"]),
        (put("habit", value=[{"squad": "s0", "checkpoint": "c0", "shift": "t0"}]), ["habit[0]", "times"]),
        (put("begin", value="soon"), ["begin", "soon", "local time"]),
        (put("begin", value=-(2**31)), ["begin", "-576000"]),
        (put("temporary_duties", 0, "until", value=0), ["temporary_duties[0].until", "after the start"]),
        (put("temporary_duties", 0, "until", value=1), ["temporary_duties[0].from", "no shift"]),
        (put("temporary_duties", 0, "until", value=None), ["temporary_duties[0]", '"from" and "until"']),
        (put("temporary_duties", 0, "shifts", value=["t0"]), ["temporary_duties[0]", '"shifts" alone']),
        (put("temporary_duties", 0, "id", value="c1"), ["temporary_duties[0].id", "checkpoints[1].id"]),
        (put("temporary_duties", 0, "kind", value="x"), ["temporary_duties[0].kind", "x"]),
        (
            put("temporary_duties", 0, value={"id": "f", "shifts": ["t0", "t0"], "seats": []}),
            ["temporary_duties[0].shifts[1]", "temporary_duties[0].shifts[0]"],
        ),
        (put("priority_areas", 0, "raise", value=0), ["priority_areas[0].raise", "0", "from 1"]),
        (put("priority_areas", 0, "until", value=-1), ["priority_areas[0].until", "after the start"]),
        (put("priority_areas", 0, "checkpoints", value=["c9"]), ["priority_areas[0].checkpoints[0]", "c9"]),
        (put("priority_areas", 0, "name", value=""), ["priority_areas[0].name", "1 to 200"]),
        (put("priority_areas", value=[{}] * 501), ["priority_areas", "501", "500"]),
        (put("security_periods", 0, "minimum", value=0), ["security_periods[0]", "adds nobody"]),
        (put("security_periods", 0, "minimum", value=1001), ["security_periods[0].minimum", "1000"]),
        (put("security_periods", 0, "minimum_percent", value=-5), ["security_periods[0].minimum_percent", "-5"]),
        (put("security_periods", 0, "kinds", value=["moon"]), ["security_periods[0].kinds[0]", "moon"]),
        (put("security_periods", 0, "from", value="2026-13-01"), ["security_periods[0].from", "2026-13-01"]),
        (put("days", value=None), ["shifts"]),
    ],
)
def test_the_sentence_names_place_value_and_what_would_be_right(
    change: Callable[[Document], None], words: list[str]
) -> None:
    """The sentence names place value and what would be right."""
    document = valid()
    document["demand"][0]["seats"][0] = {"minimum": 1, "desired": 2}
    document["locked"] = document["baseline"] = []
    if words == ["shifts"]:
        document["shifts"][0] = {"id": "t0", "start": 20_000, "end": 20_001}
    change(document)
    said = complaint(document)
    assert [word for word in words if word not in said] == []


def test_tasks_and_pairs_stand_once_and_refer_to_seats_there_are() -> None:
    """Tasks and pairs stand once and refer to seats there are."""
    document = valid()
    document["demand"].append(document["demand"][0])
    assert f"demand[{len(document['demand']) - 1}]" in complaint(document)
    document = valid()
    pair = {"person": "p0"} | {key: document["demand"][0][key] for key in ("checkpoint", "shift")}
    document["demand"][0]["seats"] = [{"minimum": 1}]
    document["locked"] = [pair, pair]
    document["baseline"] = []
    assert "locked[1]" in complaint(document)
    document["locked"] = [pair | {"skill": "leader"}]
    assert "locked[0] names a seat" in complaint(document)
    document = valid()
    habit = {"squad": "s0", "times": 2} | {key: document["demand"][0][key] for key in ("checkpoint", "shift")}
    document["habit"] = [habit, habit]
    assert "habit[1]" in complaint(document)
    document["demand"] = document["demand"][1:]
    document["locked"] = document["baseline"] = []
    document["habit"] = [habit]
    assert "habit[0] names a checkpoint and shift" in complaint(document)


def test_dates_need_the_monday() -> None:
    """Dates need the monday."""
    document = valid()
    del document["monday"]
    document["shifts"][0]["start"] = "2026-11-23T00:10"
    assert '"monday"' in complaint(document)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"[1]", "object"),
        (b"{", "line 1"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"a": ' + b"9" * 5000 + b"}", "too many digits"),
        (b"[" * 100_000, "nested"),
        (b"\xff\xfe", "UTF-8"),
        (b"", "line 1"),
        (b"null", "object"),
    ],
)
def test_what_is_no_document_is_told(data: bytes, words: str) -> None:
    """What is no document is told."""
    with pytest.raises(InvalidDataError) as caught:
        parse_document(data, "problem")
    assert words in render(caught.value.message, "en")
    assert render(caught.value.message, "zh")


def test_files_that_cannot_be_read_or_written_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that cannot be read or written are told."""
    with pytest.raises(InvalidDataError, match="cannot_read"):
        read_problem(tmp_path / "none.json")
    broken = tmp_path / "broken.json.gz"
    broken.write_bytes(gzip.compress(dump_document(VALID))[:-20])
    with pytest.raises(InvalidDataError, match="bad_gzip"):
        read_problem(broken)
    broken.write_bytes(b"\x1f\x8bnothing of the kind")
    with pytest.raises(InvalidDataError, match="bad_gzip"):
        read_problem(broken)
    with pytest.raises(InvalidDataError, match="cannot_write") as caught:
        write_plan(tmp_path / "no folder" / "plan.json", tiny(1), Plan.empty())
    assert "plan.json" in render(caught.value.message, "en")
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    broken.write_bytes(gzip.compress(b" " * 101))
    with pytest.raises(InvalidDataError, match="too_big"):
        read_problem(broken)


def test_a_certificate_prices_each_seat_once(tmp_path: Path) -> None:
    """A certificate prices each seat once."""
    problem, path = tiny(11, people=5, shifts=4, groups=6), tmp_path / "certificate.json"
    seat = {key: VALID["demand"][0][key] for key in ("checkpoint", "shift")}  # type: ignore[index]  # known to be a list
    head = {"format": "patrol-desk/certificate", "version": 1}
    path.write_text(json.dumps(head | {"prices": [seat, seat]}), encoding="utf-8")
    with pytest.raises(InvalidDataError, match="twice"):
        read_certificate(path, problem)
    path.write_text(json.dumps(head | {"prices": [seat | {"cost": 2**31}]}), encoding="utf-8")
    with pytest.raises(InvalidDataError, match="out_of_range"):
        read_certificate(path, problem)
    path.write_text(json.dumps(head | {"prices": [], "format": "patrol-desk/plan"}), encoding="utf-8")
    with pytest.raises(InvalidDataError, match="wrong_format"):
        read_certificate(path, problem)
    with pytest.raises(InvalidDataError, match="unknown_key"):
        read_plan(path, problem)
