"""The middle of the doctor's page: one gap, where its people have gone, and who comes nearest."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.pages.planning.doctor.funnel import Funnel
from patrol_desk.ui.pages.planning.doctor.words import ICONS, away_text, head_text, kind_text, places_text, proof_text
from patrol_desk.ui.pages.planning.texts import distance
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import Chip, ElidedLabel, Kbd, Label
from patrol_desk.ui.widgets.segmented import Segmented
from patrol_desk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from patrol_desk.services.planning.doctor_data import GapGroup, NearPerson


@dataclass(frozen=True, slots=True)
class NearRow:
    """Somebody near, and their place in the order of rules."""

    id: str
    place: int
    person: "NearPerson"


class GapPanel(QFrame):
    """Shows a gap.

    Parameters
    ----------
    theme
        Gives colours and sizes.

    Attributes
    ----------
    person_asked
        Sent with the id of somebody whose page is wanted.
    """

    person_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._group: GapGroup | None = None
        self.setProperty("panel", "surface")
        self._build()
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_group(self, group: "GapGroup") -> None:
        """Show a gap."""
        self._group = group
        self.funnel.show_group(group)
        self._rows.set_rows(self._ordered())
        self._say()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.order.set_choices([("near", tr("按距离"), None), ("rule", tr("按规则"), None)])
        self.order.setAccessibleName(tr("最接近可排的人怎样排"))
        self._near_title.setText(tr("最接近可排的人"))
        self._near_note.setText(tr("被最少规则挡住的在先"))
        self.table.setAccessibleName(tr("最接近可排的人"))
        self._next_words.setText(tr("下一处"))
        self._person_words.setText(tr("看此人"))
        self._funnel_title.setText(tr("人去哪了"))
        self._rows.retranslate()
        if self._group is not None:
            self.show_group(self._group)

    def _build(self) -> None:
        theme = self._theme
        self._title, self._places = ElidedLabel("object"), ElidedLabel("secondary")
        self._proof = Chip(theme)
        self._funnel_title, self._funnel_note = Label("strong"), ElidedLabel("muted")
        self._need = Label("error")
        self.funnel = Funnel(theme)
        self._near_title, self._near_note = Label("strong"), ElidedLabel("muted")
        self.order = Segmented(theme, small=True)
        self.order.setObjectName("doctor_order")
        self.order.changed.connect(lambda _key: self._rows.set_rows(self._ordered()))
        self._rows: RowsModel[NearRow] = RowsModel(_columns())
        self.table = DataTable(theme)
        self.table.setObjectName("doctor_near")
        self.table.set_rows_model(self._rows)
        self.table.activated_row.connect(lambda row: self.person_asked.emit(row.person.person_id))
        self._foot_words = ElidedLabel("muted")
        self._next_words, self._person_words = Label("muted"), Label("muted")

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("panel", "line-bottom")
        self._head = QVBoxLayout(head)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self._title)
        first.addWidget(self._proof)
        first.addStretch(1)
        self._head.addLayout(first)
        self._head.addWidget(self._places)
        titles = QHBoxLayout()
        titles.setSpacing(8)
        titles.addWidget(self._funnel_title)
        titles.addWidget(self._funnel_note, 1)
        titles.addWidget(self._need)
        self._upper = QVBoxLayout()
        self._upper.addLayout(titles)
        self._upper.addWidget(self.funnel)
        near = QHBoxLayout()
        near.setSpacing(8)
        near.addWidget(self._near_title)
        near.addWidget(self._near_note, 1)
        near.addWidget(self.order)
        rule = QFrame()
        rule.setProperty("panel", "line-top")
        self._near = QVBoxLayout(rule)
        self._near.addLayout(near)
        foot = QFrame()
        foot.setProperty("panel", "line-top")
        self._foot = QHBoxLayout(foot)
        self._foot.addWidget(self._foot_words, 1)
        for part in (Kbd("F8"), self._next_words, Kbd("Enter"), self._person_words):
            self._foot.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addLayout(self._upper)
        whole.addWidget(rule)
        whole.addWidget(self.table, 1)
        whole.addWidget(foot)

    def _restyle(self) -> None:
        px = self._theme.px
        self._head.setContentsMargins(px(16), px(10), px(16), px(10))
        self._head.setSpacing(px(3))
        self._upper.setContentsMargins(px(16), px(8), px(12), px(6))
        self._upper.setSpacing(px(6))
        self._near.setContentsMargins(px(16), px(6), px(12), px(6))
        self._foot.setContentsMargins(px(16), px(6), px(12), px(6))
        self._foot.setSpacing(px(6))

    def _ordered(self) -> list[NearRow]:
        people = self._group.nearest if self._group is not None else ()
        if self.order.chosen() == "near":
            people = tuple(sorted(people, key=lambda person: person.metres))
        else:
            people = tuple(sorted(people, key=lambda person: (person.broken, person.rule, person.metres)))
        return [NearRow(person.person_id, place, person) for place, person in enumerate(people, 1)]

    def _say(self) -> None:
        group = self._group
        assert group is not None
        self._title.setText(head_text(group))
        self._title.updateGeometry()
        self._proof.set_text(proof_text(group))
        self._places.setText(tr("涉及 {places}", places=places_text(group)))
        note = (
            tr("有“{kind}”的 {count} 人，逐条规则筛", kind=kind_text(group), count=f"{group.pool:,}")
            if group.capability
            else tr("全镇 {count} 人，逐条规则筛", count=f"{group.pool:,}")
        )
        self._funnel_note.setText(note)
        self._need.setText(tr("需要 {count}", count=group.needed))
        away = sum(step.kept for step in group.funnel)
        self._foot_words.setText(tr("{count} 人未能到岗，都写明了第一条规则", count=f"{away:,}"))


def _columns() -> tuple[Column[NearRow], ...]:
    return (
        Column("place", lambda: tr("序"), 32, lambda row: str(row.place), role="secondary"),
        Column("name", lambda: tr("姓名"), 84, lambda row: row.person.name, role="strong"),
        Column("squad", lambda: tr("小组"), 92, lambda row: row.person.squad or "–", role="secondary"),
        Column("way", lambda: tr("距离"), 72, lambda row: distance(row.person.metres), align="right"),
        Column(
            "seat", lambda: tr("点位"), 96, lambda row: row.person.seat.place, role="secondary", stretch=True,
            tip=lambda row: row.person.seat.place,
        ),
        Column(
            "reason", lambda: tr("被哪条规则挡住"), 168, lambda row: away_text(row.person),
            icon=lambda row: ICONS.get(row.person.rule, "x"), tone=lambda _row: "red", role="secondary",
            tip=lambda row: say(row.person.reason),
        ),
        Column(
            "serve", lambda: tr("怎样可排"), 132, lambda row: say(row.person.serve), role="secondary",
            tone=lambda row: "accentText" if row.person.broken == 1 else "text2", tip=lambda row: say(row.person.serve),
        ),
    )  # fmt: skip
