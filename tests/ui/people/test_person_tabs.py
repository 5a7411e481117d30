"""What a person's tabs tell: hours by month and class, where somebody belongs, how long certificates last."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from patrol_desk.models import PersonStatus, Skill
from patrol_desk.services.people import Proof, person_detail, set_certificate
from patrol_desk.services.people.status import set_status
from patrol_desk.storage import bulk
from patrol_desk.ui.i18n.dates import date_text
from patrol_desk.ui.pages.people.words import hours_text
from patrol_desk.ui.widgets.labels import Chip, Label
from tests.helpers.desk import WEEK, DeskTest
from tests.helpers.people_page import TODAY, Start, current, open_page


def test_hours_and_memberships_are_told_by_keys(desk_test: Start) -> None:
    """Arrows go to each tab; what it tells is what the file says; the other language at once."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        served = next(row for row in page.model.all_rows() if row.minutes and row.squad)
        page.table.go_to(served.id)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        assert current(page) == served.id
        with d.fresh() as station:
            detail = person_detail(station, station.system_actor(), served.id, WEEK)
        tabs = d.find(QWidget, "person_tabs")
        tabs.setFocus()
        d.key(Qt.Key.Key_End, tabs)
        squads = page.panel.belonging.lines[0].accessibleDescription().splitlines()
        assert len(squads) == len(detail.memberships)
        assert detail.memberships[0].name in squads[0]
        assert f"{detail.memberships[0].from_on} 起" in squads[0]
        d.key(Qt.Key.Key_Left, tabs)
        told = d.find(QWidget, "person_months").accessibleDescription().splitlines()
        assert len(told) == len(detail.months)
        assert told[0].startswith(f"月份 {detail.months[0].first:%Y-%m}")
        assert f"合计 {hours_text(detail.months[0].total)}" in told[0]
        d.keys("Ctrl+Shift+L")
        await d.settled()
        assert d.find(QWidget, "person_months").accessibleDescription().startswith("Month")
        assert (
            f"since {date_text(detail.memberships[0].from_on)}" in page.panel.belonging.lines[0].accessibleDescription()
        )

    desk_test(act)


def test_a_status_is_told_over_time(desk_test: Start) -> None:
    """Each step with its day, why, who noted it when, the latest first; in the other language at once; undone, gone."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        person = next(row for row in page.model.all_rows() if row.status is PersonStatus.AWAITING_TRAINING)
        page.table.go_to(person.id)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        page.panel.tabs.choose("belonging")
        timeline = d.find(QWidget, "status_timeline")
        before = timeline.accessibleDescription().splitlines()
        assert [line.split()[0] for line in before] == ["待培训", "审核", "申请"]
        await d.desk.write("test", set_status, [person.id], PersonStatus.ACTIVE, TODAY, "培训合格")
        await d.settled()
        with d.fresh() as station:
            entry = person_detail(station, station.system_actor(), person.id, WEEK).statuses[0]
        first, *rest = timeline.accessibleDescription().splitlines()
        assert first == f"在队 {TODAY} 起 培训合格 {entry.by} 登记于 {entry.at:%Y-%m-%d %H:%M}"
        assert rest == before
        assert [label.text() for label in timeline.findChildren(Label)][:3] == ["在队", f"{TODAY} 起", "培训合格"]
        d.keys("Ctrl+Shift+L")
        await d.settled()
        assert (
            timeline.accessibleDescription()
            .splitlines()[0]
            .startswith(f"Active since {date_text(TODAY)} 培训合格 noted by")
        )
        d.keys("Ctrl+Z")
        await d.settled()
        assert len(timeline.accessibleDescription().splitlines()) == len(before)

    desk_test(act)


def test_a_certificate_says_how_long_it_lasts(desk_test: Start) -> None:
    """Sixty days before its end in amber, with the days; past it in red; longer ones plainly."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        person = next(row for row in page.model.all_rows() if row.squad and not row.skills and row.expires_on is None)
        days = (TODAY + timedelta(days=60), TODAY - timedelta(days=1), TODAY + timedelta(days=61))
        with d.fresh() as station, station.read() as session:
            skills = [str(row[0]) for row in bulk.rows(session, Skill, ("id",), order_by=("code",))]
        for skill, day in zip(skills, days, strict=False):
            await d.desk.write("test", set_certificate, person.id, Proof(skill, "", None, day), seen=0)
        page.table.go_to(person.id)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        page.panel.tabs.choose("proofs")
        proofs = page.panel.proofs
        courses = proofs.training.findChildren(Chip)
        chips = [chip for chip in proofs.findChildren(Chip) if chip.isVisible() and chip not in courses]
        assert [chip.text() for chip in chips] == [
            f"至 {days[0]}，还有 60 天", f"{days[1]} 已过期", f"至 {days[2]}",
        ]  # fmt: skip

    desk_test(act)
