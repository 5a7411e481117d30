"""The publish dialog: figures, who is touched, checks, the tick for what stays short, and the two ways to publish."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.clock import STATION_UTC_OFFSET
from patrol_desk.services.planning.told import WeekStanding
from patrol_desk.services.planning.versions import PublishReview
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import moment_text
from patrol_desk.ui.i18n.numbers import percent, points
from patrol_desk.ui.pages.roster.publishing.checks import Check, checks
from patrol_desk.ui.pages.roster.publishing.touched import Touched
from patrol_desk.ui.pages.roster.severity import ICONS, severity_word
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.kpi import Kpi, KpiStrip
from patrol_desk.ui.widgets.labels import Chip, Label
from patrol_desk.ui.widgets.sections import Section, line

Answer = Literal["no", "publish", "print", "compare"]

SIDE = 380


class PublishDialog(Dialog):
    """What publishing means, and the answer.

    Parameters
    ----------
    desk
        The window and its look.
    review
        What it is about.
    sheets
        How many squads' sheets the changes touch.
    standing
        How far the squads have been told of the version in force.
    """

    def __init__(self, desk: Desk, review: PublishReview, sheets: int, standing: WeekStanding) -> None:
        super().__init__(desk.host, desk.theme, width=1064, height=748)
        self.review = review
        self.answer: Answer = "no"
        self.look_at: tuple[int, int] | None = None
        self.look_listed = False
        self._sheets = sheets
        self._standing = standing
        self.touched = Touched(desk.theme, review, standing)
        self.touched.compare_asked.connect(self._compare)
        self.table = self.touched.table
        self.setObjectName("publish_dialog")
        self.flush()
        self._fill()

    def _fill(self) -> None:
        theme, review = self._theme, self.review
        self.head(tr("发布第 {number} 周排班", number=review.board.week.number), self._replaces())
        self.add_to_head(Chip(theme, text=tr("草稿 v{number}", number=review.draft.number)))
        self.add_to_head(Chip(theme, "accent", text=tr("第 {number} 版", number=review.draft.number)))
        strip = KpiStrip(theme, "metric")
        strip.setFixedHeight(theme.px(60))
        strip.show(self._figures())
        self.add(strip)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.touched, 1)
        row.addWidget(self._side())
        self.add(middle, 1)
        self._buttons()

    def _replaces(self) -> str:
        old = self.review.in_force
        if old is None or old.published_at is None:
            return tr("本周第一次发布")
        return tr(
            "替换 {moment} 发布的第 {number} 版",
            moment=moment_text(old.published_at + STATION_UTC_OFFSET),
            number=old.number,
        )

    def _figures(self) -> list[Kpi]:
        review = self.review
        counted = (
            (review.added, tr("新增 {count}", count=review.added)),
            (review.removed, tr("移除 {count}", count=review.removed)),
            (review.moved, tr("换班 {count}", count=review.moved)),
        )
        kinds = tr("、|列举").join(words for count, words in counted if count)
        touched = tr("{squads} 组、{places} 点位", squads=review.squads, places=review.checkpoints)
        before, after = review.before, review.after
        cover, short = "", ""
        if before is not None and review.in_force is not None:
            number = review.in_force.number
            change = points(after.coverage, before.coverage)
            cover = tr("第 {number} 版 {old}，{change}", number=number, old=percent(before.coverage), change=change)
            short = tr("第 {number} 版 {count}", number=number, count=before.shortage_heads)
        kept = review.unchanged + len(review.changes)
        share = tr("占 {share}%", share=round(100 * review.unchanged / kept)) if review.in_force else ""
        return [
            Kpi(tr("改动"), f"{len(review.changes)}", tr("处"), kinds),
            Kpi(tr("涉及人数"), f"{review.people}", "", touched),
            Kpi(tr("覆盖率"), percent(after.coverage), "%", cover),
            Kpi(tr("最低缺口"), f"{after.shortage_heads}", tr("人次"), short, _alarm(after.shortage_heads)),
            Kpi(tr("不变"), f"{review.unchanged:,}", tr("人次"), share),
        ]

    def _side(self) -> QFrame:
        theme = self._theme
        side = QFrame()
        side.setProperty("panel", "line-left")
        side.setFixedWidth(theme.px(SIDE))
        column = QVBoxLayout(side)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        found = checks(self.review, self._standing)
        counts = {kind: sum(one.severity == kind for one in found) for kind in ("warn", "note")}
        section = Section(theme)
        section.set_title(tr("发布前核对"), tr("警告 {warn} · 提示 {note}", warn=counts["warn"], note=counts["note"]))
        for place, one in enumerate(found):
            if place:
                section.add(line(theme))
            section.add(self._check(one))
        column.addWidget(section)
        column.addWidget(line(theme))
        after = Section(theme, tr("发布以后"))
        after.add(Label("secondary", tr("发布不能撤销；之后的改动另起一份草稿，再发布一次。"), wrap=True))
        after.add(Label("secondary", tr("{count} 个小组的执勤表有改动，要重新打印。", count=self._sheets), wrap=True))
        after.add(Label("secondary", tr("发布后在“通知与确认”里记下哪些小组已通知、组长已确认。"), wrap=True))
        column.addWidget(after)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(side)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFixedWidth(theme.px(SIDE) + 2)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QFrame()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(scroll)
        return holder

    def _check(self, one: Check) -> QWidget:
        theme = self._theme
        icon, tone = ICONS[one.severity]
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, theme.px(2), 0, theme.px(2))
        row.setSpacing(theme.px(6))
        mark = QLabel()
        mark.setPixmap(theme.pixmap(icon, tone, 16))
        word = Label("strong", severity_word(one.severity))
        word.setProperty("tone", "accent" if one.severity == "note" else "amber")
        metrics = QFontMetrics(theme.font("body", bold=True))
        word.setMinimumWidth(max(metrics.horizontalAdvance(severity_word(each)) for each in ("warn", "note")))
        words = QVBoxLayout()
        words.setSpacing(theme.px(1))
        words.addWidget(Label("strong", one.title, wrap=True))
        words.addWidget(Label("secondary", one.detail, wrap=True))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(word, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        if one.place is not None or one.listed:
            look = Button(theme, "", "link", small=True)
            look.setText(tr("查看"))
            look.setObjectName("publish_look_list" if one.listed else "publish_look")
            look.setAccessibleName(tr("查看：{what}", what=one.title))
            look.clicked.connect(lambda: self._look(one))
            row.addWidget(look, 0, Qt.AlignmentFlag.AlignTop)
        part.setAccessibleName(f"{word.text()} {one.title} {one.detail}")
        return part

    def _buttons(self) -> None:
        theme, short = self._theme, len(self.review.below_minimum)
        self.know = QCheckBox()
        self.know.setObjectName("publish_know")
        self.know.setText(tr("已知 {count} 格低于最低，仍然发布", count=short))
        self.know.toggled.connect(self._allow)
        back = Button(theme, keys="Esc")
        back.setText(tr("返回修改"))
        back.setObjectName("publish_back")
        back.clicked.connect(self.reject)
        self._only = Button(theme, "send")
        self._only.setText(tr("只发布"))
        self._only.setObjectName("publish_only")
        self._only.clicked.connect(lambda: self._choose("publish"))
        self._only.clicked.connect(self.accept)
        self._print = Button(theme, "printer", "primary", "Ctrl+Enter")
        self._print.setText(tr("发布并打印 {count} 张", count=self._sheets))
        self._print.setObjectName("publish_print")
        self._print.clicked.connect(lambda: self._choose("print"))
        self.foot(self._print, back, self._only, left=self.know)
        self.know.setVisible(bool(short))
        self._allow()
        self.first(self.know if short else self._print)

    def _allow(self) -> None:
        known = self.know.isChecked() or not self.review.below_minimum
        self._only.setEnabled(known)
        self._print.setEnabled(known and self._sheets > 0)

    def _choose(self, answer: Answer) -> None:
        self.answer = answer

    def _compare(self) -> None:
        self.answer = "compare"
        self.reject()

    def _look(self, one: Check) -> None:
        self.look_at, self.look_listed = one.place, one.listed
        self.reject()

    @override
    def accepting(self) -> bool:
        return self._only.isEnabled()


def _alarm(count: int) -> str:
    return "red" if count else "green"
