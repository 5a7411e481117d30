"""Lending equipment of a muster point and taking it back: who, how many, until when."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from patrol_desk.common.errors import ConcurrentChangeError
from patrol_desk.services.places import check_due, due_at, lend, list_borrowers, loan_start, return_loans, return_short
from patrol_desk.services.places.loan_rows import Borrower, Loan
from patrol_desk.services.places.muster_rows import Stock
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import clock_text
from patrol_desk.ui.pages.people.picking import Pick, PickDialog
from patrol_desk.ui.pages.places.dialogs import make_record
from patrol_desk.ui.widgets.forms import Field

_LONGEST = 60


async def lend_item(desk: Desk, item: Stock) -> None:
    """Ask who takes equipment, then how many and until when, and note it."""
    borrower = await _ask_borrower(desk, item)
    if borrower is None:
        return
    start = await desk.read(loan_start, item.id, borrower.id)

    taken = 0

    async def save(values: Mapping[str, Any]) -> None:
        nonlocal taken
        due = due_at(values["due_on"], values["due_time"])
        assert due is not None  # the form closes only when it can be read
        step = tr("借出 {name} 给 {person}", name=item.name, person=borrower.name)
        await desk.write(step, lend, item.id, borrower.id, due, values)
        taken = values["quantity"]

    def fields(others: Any) -> Sequence[Field]:  # noqa: ANN401  # gives the form's values
        def late(_value: object) -> str | None:
            values = others()
            fault = check_due(values.get("due_on"), values.get("due_time"), desk.now)
            return None if fault is None else say(fault)

        return (
            Field(
                "quantity", lambda: tr("数量"), "number", bounds=(1, start.inside), hint=lambda: _inside(start.inside)
            ),
            Field(
                "numbers", lambda: tr("装备号"), longest=_LONGEST, hint=lambda: tr("写在装备上的号，如 03、07；可空")
            ),
            Field("purpose", lambda: tr("用途"), longest=_LONGEST),
            Field("due_on", lambda: tr("应还日期"), "date", check=_no_day),
            Field("due_time", lambda: tr("应还时间"), longest=8, check=late),
        )

    due = start.due_at
    done = await make_record(
        desk, title=tr("{person} 借 {name}", person=borrower.name, name=item.name), verb=tr("借出"), fields=fields,
        save=save, icon="log-out",
        start={
            "quantity": 1, "numbers": "", "purpose": start.purpose, "due_on": due.date(),
            "due_time": clock_text(due.hour * 60 + due.minute),
        },
    )  # fmt: skip
    if done:
        desk.tell(
            tr("已借出 {name} {count} 件，{person} 领用", name=item.name, count=taken, person=borrower.name), "ok"
        )


async def take_back(desk: Desk, loans: Sequence[Loan]) -> None:
    """Note that loans came back whole."""
    first = loans[0]
    step = (
        tr("归还 {name}（{person}）", name=first.item, person=first.person)
        if len(loans) == 1
        else tr("归还 {count} 笔装备", count=len(loans))
    )
    try:
        pieces = await desk.write(step, return_loans, [loan.id for loan in loans])
    except ConcurrentChangeError as error:
        desk.tell(say(error.message), "warn")
    else:
        desk.tell(tr("已归还 {count} 件", count=pieces), "ok")


async def take_back_short(desk: Desk, loan: Loan) -> None:
    """Ask how many pieces are missing and why, and note what came back."""

    async def save(values: Mapping[str, Any]) -> None:
        step = tr("缺件归还 {name}（{person}）", name=loan.item, person=loan.person)
        left = await desk.write(step, return_short, loan.id, values["missing"], values["remark"])
        words = {"name": loan.item, "count": values["missing"], "left": left}
        desk.tell(tr("{name} 缺 {count} 件，应有改为 {left} 件", **words), "warn")

    def fields(_others: object) -> Sequence[Field]:
        return (
            Field(
                "missing", lambda: tr("缺几件"), "number", bounds=(1, loan.quantity),
                hint=lambda: tr("借出 {count} 件；缺的从应有数里减去", count=loan.quantity),
            ),
            Field("remark", lambda: tr("原因"), longest=_LONGEST, check=_no_reason),
        )  # fmt: skip

    try:
        await make_record(
            desk, title=tr("{person} 归还 {name}", person=loan.person, name=loan.item), verb=tr("缺件归还"),
            fields=fields, save=save, start={"missing": 1, "remark": ""}, icon="undo-2",
        )  # fmt: skip
    except ConcurrentChangeError as error:
        desk.tell(say(error.message), "warn")


async def _ask_borrower(desk: Desk, item: Stock) -> Borrower | None:
    people = {person.id: person for person in await desk.read(list_borrowers)}
    picks = [
        Pick(person.id, person.name, f"{person.code}  {person.squad}", person.colour, person.search)
        for person in people.values()
    ]
    dialog = PickDialog(desk.host, desk.theme, tr("谁领用 {name}？", name=item.name), tr("下一步"), picks)
    dialog.setObjectName("borrower")
    chosen: list[str] = []
    dialog.finished.connect(lambda accepted: chosen.extend(dialog.picked if accepted else ()))
    return people[chosen[0]] if await dialog.ask() and chosen else None


def _inside(count: int) -> str:
    return tr("在库 {count} 件", count=count)


def _no_day(value: object) -> str | None:
    return None if isinstance(value, date) else tr("请写应还的日期。")


def _no_reason(value: object) -> str | None:
    return None if value else tr("归还与数目不符，请写明原因。")
