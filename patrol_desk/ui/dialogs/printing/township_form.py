"""What is printed for a whole week: kinds, days, readers, copies, text, margin, language, one file or several."""

from typing import cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from patrol_desk.common.weeks import Week
from patrol_desk.messages import Language
from patrol_desk.printing.kinds import Look
from patrol_desk.services.printed.kinds import KINDS
from patrol_desk.services.printed.marks import PrivacyProfile
from patrol_desk.services.printed.township import OPTIONS, TownshipAsk, is_daily, options_for
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.looks import LANGUAGES, MOST_COPIES, MOST_MARGIN, SCALES, option_text, profile_text
from patrol_desk.ui.dialogs.printing.settings import (
    LANG,
    MARGIN,
    TEXT,
    TOWNSHIP_APART,
    TOWNSHIP_KINDS,
    TOWNSHIP_PROFILE,
)
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import day_text, week_span_text, week_text
from patrol_desk.ui.widgets.buttons import IconButton
from patrol_desk.ui.widgets.flow import FlowLayout
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.segmented import Segmented

_PROFILES = KINDS["squad-week"].profiles


class TownshipForm(QWidget):
    """The body of the dialog.

    Parameters
    ----------
    desk
        Gives the look, and what was chosen last.
    week
        The week shown first.
    """

    changed = Signal()

    def __init__(self, desk: Desk, week: Week) -> None:
        super().__init__()
        self._desk = desk
        self._week = week
        self.kinds = {option: QCheckBox() for option in OPTIONS}
        self.days = [QCheckBox() for _day in week.days]
        self.profiles, self.scales = QComboBox(), QComboBox()
        self.copies, self.margins = QSpinBox(), QSpinBox()
        self.languages, self.files = Segmented(desk.theme, small=True), Segmented(desk.theme, small=True)
        self.earlier, self.later = IconButton(desk.theme, "chevron-left"), IconButton(desk.theme, "chevron-right")
        self._when, self._span = Label("strong"), Label("secondary")
        self._words = {
            name: Label("secondary")
            for name in ("kinds", "days", "profile", "copies", "text", "files", "language", "margin")
        }
        self._note = Label("muted", wrap=True)
        self._name()
        self._choose_last()
        self._lay_out()
        self._connect()

    @property
    def first(self) -> QWidget:
        """What has the focus first."""
        return self.kinds[OPTIONS[0]]

    @property
    def week(self) -> Week:
        """The week shown."""
        return self._week

    @property
    def profile(self) -> PrivacyProfile:
        """Who may read the sheets."""
        return _PROFILES[max(self.profiles.currentIndex(), 0)]

    @property
    def apart(self) -> bool:
        """Whether each kind has a file of its own."""
        return self.files.chosen() == "apart"

    @property
    def complete(self) -> bool:
        """Whether there is something to print: a kind, and for daily ones a day."""
        options = self.options()
        return bool(options) and (bool(self._chosen_days()) or not any(map(is_daily, options)))

    @property
    def look(self) -> Look:
        """How the sheets are printed."""
        lang = cast("Language", self.languages.chosen())
        return Look(lang, "", SCALES[max(self.scales.currentIndex(), 0)], float(self.margins.value()))

    def options(self) -> tuple[str, ...]:
        """Return the kinds that are ticked and printed for the readers."""
        return options_for(self.profile, [option for option, box in self.kinds.items() if box.isChecked()])

    def ask(self) -> TownshipAsk:
        """Return what is to be read."""
        days = tuple(self._week.days[number] for number in self._chosen_days())
        return TownshipAsk(self._week, self.options(), days, self.profile, copies=self.copies.value())

    def keep(self) -> None:
        """Remember the choice for the next time."""
        settings, look = self._desk.settings, self.look
        settings.set(TOWNSHIP_KINDS, " ".join(option for option, box in self.kinds.items() if box.isChecked()))
        settings.set(TOWNSHIP_PROFILE, self.profile.value)
        settings.set(TOWNSHIP_APART, self.apart)
        settings.set(TEXT, look.scale)
        settings.set(MARGIN, look.margin)
        settings.set(LANG, look.lang)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.earlier.set_name(tr("往前"))
        self.later.set_name(tr("往后"))
        words = {
            "kinds": tr("表|种类"), "days": tr("哪几天"), "profile": tr("给谁看"), "copies": tr("份数"),
            "text": tr("字号"), "files": tr("文件"), "language": tr("纸面语言"), "margin": tr("页边"),
        }  # fmt: skip
        for name, label in self._words.items():
            label.setText(words[name])
        for option, box in self.kinds.items():
            box.setText(tr("{name}（每天）", name=option_text(option)) if is_daily(option) else option_text(option))
        for boxes, texts in (
            (self.profiles, [profile_text(profile) for profile in _PROFILES]),
            (self.scales, [tr("字 {percent}%", percent=round(100 * scale)) for scale in SCALES]),
        ):
            for place, text in enumerate(texts):
                boxes.setItemText(place, text)
        for name, part in (
            ("profile", self.profiles),
            ("text", self.scales),
            ("copies", self.copies),
            ("margin", self.margins),
        ):
            part.setAccessibleName(words[name])
        self.margins.setToolTip(tr("老打印机打不到纸边时，四周多留的空白（毫米）"))
        self.languages.set_choices([("zh", tr("中文"), None), ("en", tr("英文"), None)])
        self.files.set_choices([("one", tr("合成一个 PDF"), None), ("apart", tr("每种表一个 PDF"), None)])
        self._say_week()

    def _name(self) -> None:
        for option, box in self.kinds.items():
            box.setObjectName(f"township_kind_{option}")
        for number, box in enumerate(self.days):
            box.setObjectName(f"township_day_{number}")
        for name in ("profiles", "scales", "copies", "margins", "languages", "files", "earlier", "later"):
            getattr(self, name).setObjectName(f"township_{name}")

    def _choose_last(self) -> None:
        settings = self._desk.settings
        kinds = settings.get(TOWNSHIP_KINDS).split()
        for option, box in self.kinds.items():
            box.setChecked(option in kinds)
        for day in self.days:
            day.setChecked(True)
        self.profiles.addItems([""] * len(_PROFILES))
        values = [profile.value for profile in _PROFILES]
        kept = settings.get(TOWNSHIP_PROFILE)
        self.profiles.setCurrentIndex(values.index(kept) if kept in values else 0)
        self.scales.addItems([""] * len(SCALES))
        self.scales.setCurrentIndex(SCALES.index(settings.get(TEXT)) if settings.get(TEXT) in SCALES else 0)
        self.copies.setRange(1, MOST_COPIES)
        self.margins.setRange(0, MOST_MARGIN)
        self.margins.setSuffix(" mm")
        self.margins.setValue(round(settings.get(MARGIN)))
        self.languages.set_choices([(name, name, None) for name in LANGUAGES])
        self.languages.choose("en" if settings.get(LANG) == "en" else "zh")
        self.files.set_choices([("one", "1", None), ("apart", "n", None)])
        self.files.choose("apart" if settings.get(TOWNSHIP_APART) else "one")

    def _lay_out(self) -> None:
        kinds = QGridLayout()
        kinds.setHorizontalSpacing(16)
        kinds.setVerticalSpacing(8)
        for number, box in enumerate(self.kinds.values()):
            kinds.addWidget(box, number // 2, number % 2)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        grid.addLayout(_row(self.earlier, self._when, self._span, self.later), 0, 0, 1, 2)
        rows = (
            ("kinds", kinds), ("days", _flow(*self.days)), ("profile", _row(self.profiles)),
            ("copies", _row(self.copies, self._words["language"], self.languages)),
            ("text", _row(self.scales, self._words["margin"], self.margins)), ("files", _row(self.files)),
        )  # fmt: skip
        for row, (name, part) in enumerate(rows, start=1):
            at = Qt.AlignmentFlag.AlignTop if name == "kinds" else Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(self._words[name], row, 0, at)
            grid.addLayout(part, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addWidget(self._note)

    def _connect(self) -> None:
        for box in (*self.kinds.values(), *self.days):
            box.toggled.connect(lambda _on: self.changed.emit())
        self.profiles.currentIndexChanged.connect(lambda _place: self._readers())
        self.earlier.clicked.connect(lambda: self._turn(-1))
        self.later.clicked.connect(lambda: self._turn(1))
        self._readers()

    def _readers(self) -> None:
        """Offer what is printed for the readers; what is not keeps its tick for others."""
        fit = options_for(self.profile)
        for option, box in self.kinds.items():
            box.setEnabled(option in fit)
            box.setToolTip("" if option in fit else tr("这种表不印给所选的读者"))
        self.changed.emit()

    def _turn(self, step: int) -> None:
        self._week = self._week.plus(step)
        self._say_week()
        self.changed.emit()

    def _say_week(self) -> None:
        self._when.setText(week_text(self._week))
        self._span.setText(week_span_text(self._week))
        for day, box in zip(self._week.days, self.days, strict=True):
            with QSignalBlocker(box):
                box.setText(day_text(day))
        self._note.setText(
            tr("没有内容的表不印：没有执勤的点位、没有人的小组。每种表用它自己的纸张。选小组只管小组和组员的表。")
        )

    def _chosen_days(self) -> list[int]:
        return [number for number, box in enumerate(self.days) if box.isChecked()]


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row


def _flow(*parts: QWidget) -> FlowLayout:
    row = FlowLayout(10, 4)
    for part in parts:
        row.addWidget(part)
    return row
