"""Equipment is lent and comes back; each is one step that can be undone."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, InvalidDataError
from patrol_desk.common.weeks import Week
from patrol_desk.messages import render
from patrol_desk.models import EquipmentItem, EquipmentLoan, Role
from patrol_desk.services.places import (
    check_due,
    due_at,
    lend,
    list_borrowers,
    list_muster_points,
    loan_history,
    loan_start,
    muster_detail,
    retire_equipment,
    retire_muster_point,
    return_loans,
    return_short,
    set_stock,
    township_stock,
)
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk
from tests.helpers.tiny import CLOCK, Tiny
from tests.services.places.plans import plan

NOW = datetime(2026, 11, 22, 14, 0)  # noqa: DTZ001  # station time
DUE = NOW + timedelta(hours=4)


def _stored(tiny: Tiny) -> list[tuple[object, ...]]:
    with tiny.station.read() as session:
        loans = bulk.rows(session, EquipmentLoan, ["quantity", "numbers", "purpose", "returned_at", "missing"])
        return [*loans, *bulk.rows(session, EquipmentItem, ["code", "quantity"], order_by=("code",))]


def _lend(tiny: Tiny, chief: Actor, item: str = "E1", person: str = "A", **values: object) -> str:
    asked = {"quantity": 3, "numbers": "03、07", "purpose": "石桥市场 晚班"} | values
    return lend(tiny.station, chief, tiny.ids[item], tiny.ids[person], DUE, asked).value


def test_what_is_lent_is_out_until_it_comes_back(ground: Tiny, chief: Actor) -> None:
    """Stock is the total less what is out, in the detail, the list and the township; undo of each step."""
    before = _stored(ground)
    done = lend(ground.station, chief, ground.ids["E1"], ground.ids["A"], DUE, {"quantity": 3, "numbers": " 03 "})

    detail = muster_detail(ground.station, chief, ground.ids["A1"])
    assert [(item.name, item.quantity, item.out, item.inside) for item in detail.stock] == [
        ("对讲机", 12, 3, 9), ("急救包", 4, 0, 4),
    ]  # fmt: skip
    (loan,) = detail.loans
    assert (loan.item, loan.person, loan.quantity, loan.numbers, loan.purpose) == ("对讲机", "甲A", 3, "03", "")
    assert (loan.lent_at, loan.due_at, loan.overdue, loan.returned_at) == (NOW, DUE, False, None)
    assert (detail.row.out, detail.row.overdue) == (3, 0)
    assert [(row.code, row.out) for row in list_muster_points(ground.station, chief)] == [
        ("A1", 3), ("A2", 0), ("A3", 0),
    ]  # fmt: skip
    assert {row.name: row.out for row in township_stock(ground.station, chief)} == {"对讲机": 3, "急救包": 0}

    back = return_loans(ground.station, chief, [loan.id])
    assert back.value == 3
    assert muster_detail(ground.station, chief, ground.ids["A1"]).loans == ()
    (past,) = loan_history(ground.station, chief, ground.ids["A1"])
    assert (past.id, past.returned_at, past.missing) == (loan.id, NOW, 0)
    assert (past.lent_by, past.returned_by) == ("所长", "所长")
    for step in (back, done):
        revert(ground.station, chief, step.patch)
    assert _stored(ground) == before


def test_the_squad_of_today_stands_beside_the_borrower(ground: Tiny, chief: Actor) -> None:
    """In the loan and among those who may borrow."""
    _lend(ground, chief)
    _lend(ground, chief, person="X", quantity=1)

    found = {loan.person: (loan.squad, loan.colour) for loan in muster_detail(
        ground.station, chief, ground.ids["A1"]).loans}  # fmt: skip
    borrowers = {row.code: row for row in list_borrowers(ground.station, chief)}
    assert found["甲A"] == (borrowers["A"].squad, borrowers["A"].colour)
    assert found["甲A"][0] == "石桥队"
    assert borrowers["A"].search


def test_what_cannot_be_lent_is_refused(ground: Tiny, chief: Actor) -> None:
    """More than there is, nothing, to nobody, until yesterday, a text without end: nothing is written."""
    before = _stored(ground)
    for item, person, due, values, said in (
        ("E1", "A", DUE, {"quantity": 13}, "在库 12 件"),
        ("E1", "A", DUE, {"quantity": 0}, "至少借出 1 件"),
        ("E1", "A", NOW, {"quantity": 1}, "已经过去"),
        ("E1", "A", DUE, {"quantity": 1, "numbers": "9" * 61}, "最多 60"),
        ("E1", "?", DUE, {"quantity": 1}, "借用人"),
        ("?", "A", DUE, {"quantity": 1}, "不在了"),
    ):
        with pytest.raises(InvalidDataError) as refused:
            lend(ground.station, chief, ground.ids.get(item, "?"), ground.ids.get(person, "?"), due, values)
        assert said in render(refused.value.message)
    with pytest.raises(ForbiddenError):
        lend(ground.station, replace(chief, role=Role.VIEWER), ground.ids["E1"], ground.ids["A"], DUE, {"quantity": 1})
    assert _stored(ground) == before


def test_what_is_out_keeps_its_stock(ground: Tiny, chief: Actor) -> None:
    """No count below it, no retiring of the stock or of the muster point; of other stocks it is no matter."""
    _lend(ground, chief)
    with pytest.raises(InvalidDataError) as few:
        set_stock(ground.station, chief, ground.ids["E1"], 1, 2)
    assert "借出 3 件" in render(few.value.message)
    for refused in (
        lambda: retire_equipment(ground.station, chief, ground.ids["E1"], 1),
        lambda: retire_muster_point(ground.station, chief, ground.ids["A1"], 1),
    ):
        with pytest.raises(InvalidDataError, match=r"places\.still_out"):
            refused()
    assert set_stock(ground.station, chief, ground.ids["E1"], 1, 3).value == 3
    assert retire_equipment(ground.station, chief, ground.ids["E2"], 1).value is None


def test_what_is_missing_leaves_the_stock(ground: Tiny, chief: Actor) -> None:
    """With the reason; more than was lent cannot be missing, and a loan comes back once."""
    before = _stored(ground)
    loan = lend(ground.station, chief, ground.ids["E1"], ground.ids["A"], DUE, {"quantity": 3})
    for missing, why, said in ((1, " ", "写明原因"), (4, "丢了", "1 到 3"), (0, "丢了", "1 到 3")):
        with pytest.raises(InvalidDataError) as refused:
            return_short(ground.station, chief, loan.value, missing, why)
        assert said in render(refused.value.message)

    done = return_short(ground.station, chief, loan.value, 2, "河里丢失")

    assert done.value == 10
    assert muster_detail(ground.station, chief, ground.ids["A1"]).stock[0].inside == 10
    assert loan_history(ground.station, chief, ground.ids["A1"])[0].remark == "河里丢失"
    with pytest.raises(ConcurrentChangeError, match=r"places\.loan_returned"):
        return_loans(ground.station, chief, [loan.value])
    with pytest.raises(ConcurrentChangeError, match=r"places\.gone"):
        return_loans(ground.station, chief, ["nothing"])
    revert(ground.station, chief, done.patch)
    revert(ground.station, chief, loan.patch)
    assert _stored(ground) == before


def test_what_should_be_back_is_overdue(ground: Tiny, chief: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in pieces, in the list and in the detail, the earliest first."""
    _lend(ground, chief, quantity=2)
    lend(ground.station, chief, ground.ids["E2"], ground.ids["B"], DUE - timedelta(hours=2), {"quantity": 1})
    later = CLOCK.now() + timedelta(hours=3)
    monkeypatch.setattr(type(CLOCK), "now", lambda _clock: later)

    detail = muster_detail(ground.station, chief, ground.ids["A1"])
    assert [(loan.item, loan.overdue) for loan in detail.loans] == [("急救包", True), ("对讲机", False)]
    assert (detail.row.out, detail.row.overdue) == (3, 1)
    assert list_muster_points(ground.station, chief)[0].overdue == 1


def test_a_loan_begins_with_the_duty_of_the_day(ground: Tiny, chief: Actor) -> None:
    """Due half an hour after its end; without a duty at this hour tomorrow."""
    start = loan_start(ground.station, chief, ground.ids["E1"], ground.ids["A"])
    assert (start.inside, start.purpose, start.due_at) == (12, "", NOW + timedelta(days=1))
    assert loan_start(ground.station, chief, "nothing", ground.ids["A"]).inside == 0

    duties = [("A", "P1", "N", date(2026, 11, day), False) for day in (21, 22)]
    plan(ground, Week(2026, 47), duties)
    start = loan_start(ground.station, chief, ground.ids["E1"], ground.ids["A"])
    assert start.purpose == "石桥市场 夜班"
    assert start.due_at == datetime(2026, 11, 23, 2, 30)  # noqa: DTZ001  # station time: night ends at two


def test_a_time_due_back_is_read_as_typed() -> None:
    """In every form that an import takes; what is no time or has passed is said."""
    today = NOW.date()
    assert due_at(today, "1800") == due_at(today, "18点") == datetime(2026, 11, 22, 18)  # noqa: DTZ001  # station time
    assert due_at(today, "晚上") is None
    assert check_due(today, "18:00", NOW) is None
    assert check_due(None, "18:00", NOW) is None
    for typed, said in (("25:00", "看不懂"), ("13:00", "已经过去")):
        fault = check_due(today, typed, NOW)
        assert fault is not None
        assert said in render(fault)


def test_the_history_has_what_is_out_first(ground: Tiny, chief: Actor) -> None:
    """Then what came back; who took it back is told only of that."""
    first, second = _lend(ground, chief), _lend(ground, chief, quantity=1)
    return_loans(ground.station, chief, [first])
    rows = loan_history(ground.station, chief, ground.ids["A1"])
    assert [(row.id, row.lent_by, row.returned_by) for row in rows] == [
        (second, "所长", ""), (first, "所长", "所长"),
    ]  # fmt: skip
    assert loan_history(ground.station, chief, ground.ids["A3"]) == ()
