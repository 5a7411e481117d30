"""Where to begin: the sample township, a station of one's own, a file that exists."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from patrol_desk.samples.sizes import SIZES
from patrol_desk.services.starting import KnownStation, sample_path
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.start.cards import Card
from patrol_desk.ui.pages.start.town_picture import TownPicture
from patrol_desk.ui.pages.start.view import View
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.segmented import Segmented

WAYS: Final = ("sample", "create", "open")


class WelcomeView(View):
    """Three cards, the files opened lately, and the way out.

    Parameters
    ----------
    theme
        Gives colours.

    Attributes
    ----------
    way_chosen
        Sent with the way whose card has the focus.
    way_opened
        Sent with the way to go.
    again
        Sent when an existing sample is to be made anew.
    file_opened
        Sent with the path of a file opened lately.
    left
        Sent when the program is to end.
    """

    way_chosen = Signal(str)
    way_opened = Signal(str)
    again = Signal()
    file_opened = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.way = WAYS[0]
        self._recent: tuple[KnownStation, ...] = ()
        self._sample_there = sample_path().exists()
        self._build_cards()
        self._build_recent()
        self.content.addStretch(1)
        self._mark = QLabel()
        self._note = Label("secondary", wrap=True)
        self._leave = Button(theme)
        self._leave.setObjectName("leaveProgram")
        self._leave.clicked.connect(self.left)
        self.foot.addWidget(self._mark)
        self.foot.addWidget(self._note, 1)
        self.foot.addWidget(self._leave)
        self.restyle()
        self.retranslate()
        self._choose(self.way)

    def _build_cards(self) -> None:
        self.cards = {
            "sample": Card(self.theme, "map", "play"),
            "create": Card(self.theme, "building-2"),
            "open": Card(self.theme, "folder-open"),
        }
        for way, card in self.cards.items():
            card.setObjectName(f"card_{way}")
            card.picked.connect(partial(self._choose, way))
            card.opened.connect(partial(self.way_opened.emit, way))
            card.moved.connect(self._move)
            self.content.addWidget(card)
        self.size_choice = Segmented(self.theme, small=True)
        self.size_choice.setObjectName("sampleSize")
        self.size_choice.changed.connect(lambda _key: self.retranslate())
        self._again = Button(self.theme, "rotate-ccw", "link")
        self._again.setObjectName("sampleAgain")
        self._again.clicked.connect(self.again)
        sample = self.cards["sample"]
        sample.add_below(self.size_choice)
        sample.add_below(self._again)
        self._picture = TownPicture(self.theme)
        sample.extra.addWidget(self._picture)

    def _build_recent(self) -> None:
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._recent_title = Label("secondary")
        self._row.addWidget(self._recent_title)
        self._row.addStretch(1)
        self._keys_hint = Label("muted")
        self._row.addWidget(self._keys_hint)
        self.content.addLayout(self._row)
        self._recent_buttons: list[QWidget] = []

    def show_recent(self, recent: Sequence[KnownStation]) -> None:
        """Offer the files opened lately; those that are gone are left out."""
        self._recent = tuple(known for known in recent if known.there)[:3]
        for button in self._recent_buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._recent_buttons = []
        for place, known in enumerate(self._recent):
            button = Button(self.theme, "lock" if known.encrypted else "database", "ghost", small=True)
            button.setText(known.path.name if known.path.parent.name in {"", "PatrolDesk"} else _short(known.path))
            button.setToolTip(str(known.path))
            button.setObjectName(f"recent_{place}")
            button.clicked.connect(lambda _on=False, path=known.path: self.file_opened.emit(path))
            self._row.insertWidget(1 + place, button)
            self._recent_buttons.append(button)
        self._recent_title.setVisible(bool(self._recent))

    def sample_is_there(self, there: bool) -> None:
        """Take note whether a sample was made before."""
        self._sample_there = there
        self.retranslate()

    def take_way(self, way: str) -> None:
        """Choose a card as if it had been picked."""
        self._choose(way)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture.setVisible(self.width() >= self.theme.px(960))

    def focus_card(self) -> None:
        """Give the chosen card the focus."""
        self.cards[self.way].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, way: str) -> None:
        self.way = way
        for name, card in self.cards.items():
            card.choose(name == way)
        self.way_chosen.emit(way)

    def _move(self, step: int) -> None:
        place = (WAYS.index(self.way) + step) % len(WAYS)
        self.cards[WAYS[place]].setFocus(Qt.FocusReason.TabFocusReason)

    def restyle(self) -> None:
        """Take sizes and icons anew from the theme."""
        super().restyle()
        self._mark.setPixmap(self.theme.pixmap("info", "text3", 14))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.head(tr("从哪里开始？"), tr("三种都可以随时改。样例镇与本站分开存放，互不影响。"))
        small, whole = SIZES["small"], SIZES["township"]
        self.size_choice.set_choices(
            [
                ("small", tr("小镇 {people:,} 人", people=small.people), None),
                ("township", tr("实际规模 {people:,} 人", people=whole.people), None),
            ]
        )
        self._say_sample()
        self._say_others()
        self._recent_title.setText(tr("最近打开："))
        self._keys_hint.setText(tr("键盘：↑↓ 选择，Enter 打开"))
        self._note.setText(tr("样例镇里的人名、电话都是编的；窗口上方一直写着“样例”，一键离开。"))
        self._leave.setText(tr("退出"))

    def _say_sample(self) -> None:
        size = SIZES[self.size_choice.chosen()]
        card = self.cards["sample"]
        card.say(
            tr("打开样例镇"),
            tr(
                "莞溪镇的一周：{posts} 个执勤点、{people:,} 人、{squads} 个小组、{teams} 支先莞队，可以随便改。",
                posts=size.checkpoints, people=size.people, squads=size.squads, teams=size.teams,
            ),
            tr("继续样例镇") if self._sample_there else tr("打开样例镇"),
        )  # fmt: skip
        card.set_facts(
            [("clock", tr("约 1 分钟看懂")), ("rotate-ccw", tr("可以重新生成")), ("log-out", tr("无需账号"))]
        )
        self.size_choice.setVisible(not self._sample_there)
        self.size_choice.setAccessibleName(tr("样例镇的大小"))
        self._again.setVisible(self._sample_there)
        self._again.setText(tr("重新生成…"))

    def _say_others(self) -> None:
        create, existing = self.cards["create"], self.cards["open"]
        create.say(
            tr("建立本站"),
            tr("填本站资料，设口令，再导入 CSV 或 Excel 文件（WPS、UTF-8 与 GBK 都可以）。"),
            tr("建立本站"),
        )
        create.set_facts(
            [
                ("user-check", tr("先定所长")),
                ("key-round", tr("数据加密存放")),
                ("upload", tr("人员、小组、点位、班次从文件导入")),
            ]
        )
        existing.say(
            tr("打开已有"), tr("选一个以前建立的数据库文件；加密的要输入口令，密钥文件在它旁边。"), tr("打开文件…")
        )
        existing.set_facts([("hard-drive", tr("只打开本机磁盘上的文件")), ("shield-check", tr("口令不保存"))])


def _short(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
