"""What is to be printed: week and version, for whose eyes, in which language, and which squads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from patrol_desk.services.finding.keys import matcher, search_keys
from patrol_desk.services.sheet_data import PlanState, PrivacyProfile
from patrol_desk.services.sheets_week import SquadLine, VersionChoice, WeekSheets
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.itemmodels.rows import Column, RowsModel, tick_column
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.labels import ElidedLabel, Label
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.segmented import Segmented
from patrol_desk.ui.widgets.table import DataTable

PROFILES: Final = (PrivacyProfile.OFFICE, PrivacyProfile.LEADER, PrivacyProfile.PUBLIC)
LANGUAGES: Final = ("zh", "en")


@dataclass(frozen=True, slots=True)
class SquadRow:
    """A squad in the list.

    Parameters
    ----------
    id
        Its code.
    line
        What it is.
    key
        By what it is found.
    """

    id: str
    line: SquadLine
    key: str


class ChoicePanel(QFrame):
    """The left side of the print dialog.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    """

    week_turned = Signal(int)
    """-1 for the week before, 1 for the next."""
    version_chosen = Signal(int)
    squads_changed = Signal()
    looks_changed = Signal()
    """Profile or language."""
    pointed = Signal(str)
    """Code of the squad that has the focus in the list."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._versions: tuple[VersionChoice, ...] = ()
        self.setProperty("panel", "surface")
        self._build_looks()
        self._build_squads()
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def profile(self) -> PrivacyProfile:
        """For whose eyes the sheets are."""
        return PROFILES[max(self.profiles.currentIndex(), 0)]

    @property
    def lang(self) -> str:
        """Language of the sheets."""
        return self.languages.chosen()

    def show_week(self, week: str, span: str) -> None:
        """Show which week."""
        self._week.setText(week)
        self._span.setText(span)

    def show_sheets(self, sheets: WeekSheets, ticked: Sequence[str]) -> None:
        """Show the squads of a week.

        Parameters
        ----------
        sheets
            The week.
        ticked
            Codes of the squads to tick.
        """
        self._versions = sheets.versions
        self._say_versions(sheets.version.number)
        rows = [SquadRow(line.code, line, search_keys(line.name, line.code)) for line in sheets.squads]
        self.model.set_rows(rows)
        self.model.ticks.set(ticked)
        self._say_presets()

    def clear(self) -> None:
        """Show no squads: the week has nothing to print."""
        self._versions = ()
        self.versions.clear()
        self.versions.setEnabled(False)
        self.model.set_rows([])
        self._say_presets()

    def chosen(self) -> list[str]:
        """Return the codes of the ticked squads, in order."""
        return [row.id for row in self.model.all_rows() if row.id in self.model.ticks]

    def retranslate(self) -> None:
        """Set every text anew."""
        self.earlier.set_name(tr("上一周"))
        self.later.set_name(tr("下一周"))
        self._version_words.setText(tr("版本"))
        self._profile_words.setText(tr("给谁看"))
        self._language_words.setText(tr("纸面语言"))
        self._refill(self.profiles, [_profile_text(profile) for profile in PROFILES])
        self.profiles.setAccessibleName(tr("给谁看"))
        self.versions.setAccessibleName(tr("版本"))
        self.languages.set_choices([("zh", tr("中文"), None), ("en", tr("英文"), None)])
        self.search.set_hint(tr("小组名称、拼音或编号"))
        self._squads_words.setText(tr("小组"))
        self.table.setAccessibleName(tr("小组"))
        self._say_profile()
        if self._versions:
            self._say_versions(self._versions[max(self.versions.currentIndex(), 0)].number)
        self.model.retranslate()
        self._say_presets()

    def _build_looks(self) -> None:
        theme = self._theme
        self._week, self._span = Label("strong"), Label("secondary")
        self.earlier, self.later = IconButton(theme, "chevron-left"), IconButton(theme, "chevron-right")
        self.earlier.setObjectName("print_earlier")
        self.later.setObjectName("print_later")
        self.earlier.clicked.connect(lambda: self.week_turned.emit(-1))
        self.later.clicked.connect(lambda: self.week_turned.emit(1))
        self._version_words, self._profile_words = Label("secondary"), Label("secondary")
        self._language_words = Label("secondary")
        self.versions, self.profiles = QComboBox(), QComboBox()
        self.versions.setObjectName("print_version")
        self.profiles.setObjectName("print_profile")
        self.profiles.addItems([""] * len(PROFILES))
        self.versions.activated.connect(lambda place: self.version_chosen.emit(self._versions[place].number))
        self.profiles.currentIndexChanged.connect(self._profile_changed)
        self.languages = Segmented(theme, small=True)
        self.languages.setObjectName("print_language")
        self.languages.set_choices([(name, name, None) for name in LANGUAGES])
        self.languages.changed.connect(lambda _name: self.looks_changed.emit())
        self._profile_note = Label("muted", wrap=True)

    def _build_squads(self) -> None:
        theme = self._theme
        self._squads_words, self._count = Label("strong"), ElidedLabel("muted")
        self.presets = {
            "all": Button(theme, small=True), "duties": Button(theme, small=True), "changed": Button(theme, small=True),
            "none": Button(theme, kind="ghost", small=True),
        }  # fmt: skip
        for name, button in self.presets.items():
            button.setObjectName(f"print_{name}")
            button.clicked.connect(lambda _on=False, name=name: self._tick(name))
        self.search = SearchField(theme)
        self.search.setObjectName("print_search")
        self.model: RowsModel[SquadRow] = RowsModel(_columns())
        self.table = DataTable(theme)
        self.table.setObjectName("print_squads")
        self.table.set_rows_model(self.model)
        self.table.search = self.search
        self.search.target = self.table
        self.search.changed.connect(self._sought)
        self.model.ticks.changed.connect(self._ticked)
        self.table.current_row_changed.connect(self._pointed)

    def _lay_out(self) -> None:
        week = QHBoxLayout()
        week.setSpacing(6)
        week.addWidget(self.earlier)
        week.addWidget(self._week)
        week.addWidget(self._span, 1)
        week.addWidget(self.later)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for row, (words, widget) in enumerate(
            ((self._version_words, self.versions), (self._profile_words, self.profiles))
        ):
            grid.addWidget(words, row, 0)
            grid.addWidget(widget, row, 1)
        grid.addWidget(self._profile_note, 2, 1)
        grid.addWidget(self._language_words, 3, 0)
        languages = QHBoxLayout()
        languages.addWidget(self.languages)
        languages.addStretch(1)
        grid.addLayout(languages, 3, 1)
        grid.setColumnStretch(1, 1)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._squads_words)
        head.addWidget(self._count, 1)
        presets = QHBoxLayout()
        presets.setSpacing(6)
        for button in self.presets.values():
            presets.addWidget(button)
        presets.addStretch(1)
        self._column = QVBoxLayout(self)
        for part in (week, grid, head, presets):
            self._column.addLayout(part)
        self._column.addWidget(self.search)
        self._column.addWidget(self.table, 1)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(16), px(10), px(12), px(10))
        self._column.setSpacing(px(8))
        self.setFixedWidth(px(348))

    def _profile_changed(self) -> None:
        self._say_profile()
        self.looks_changed.emit()

    def _say_profile(self) -> None:
        notes = {
            PrivacyProfile.OFFICE: tr("号码中间四位隐去"),
            PrivacyProfile.LEADER: tr("号码完整，用后收回"),
            PrivacyProfile.PUBLIC: tr("不印组员号码，可张贴"),
        }
        self._profile_note.setText(notes[self.profile])

    def _say_versions(self, shown: int) -> None:
        self._refill(self.versions, [_version_text(choice) for choice in self._versions])
        self.versions.setEnabled(len(self._versions) > 1)
        for place, choice in enumerate(self._versions):
            if choice.number == shown:
                self.versions.setCurrentIndex(place)

    def _refill(self, box: QComboBox, words: Sequence[str]) -> None:
        held = max(box.currentIndex(), 0)
        box.blockSignals(True)
        box.clear()
        box.addItems(list(words))
        box.setCurrentIndex(min(held, len(words) - 1))
        box.blockSignals(False)

    def _say_presets(self) -> None:
        lines = [row.line for row in self.model.all_rows()]
        serving, changed = sum(line.duties > 0 for line in lines), sum(line.changed > 0 for line in lines)
        self.presets["all"].setText(tr("全部 {count}", count=len(lines)))
        self.presets["duties"].setText(tr("有执勤 {count}", count=serving))
        self.presets["changed"].setText(tr("有改动 {count}", count=changed))
        self.presets["changed"].setToolTip(tr("执勤与上一个发布的版本不同的小组"))
        self.presets["changed"].setVisible(changed > 0)
        self.presets["none"].setText(tr("清空"))
        for button in self.presets.values():
            button.updateGeometry()
        self._count.setText(tr("已选 {count} / {total}", count=len(self.model.ticks), total=len(lines)))

    def _tick(self, preset: str) -> None:
        wanted: dict[str, Callable[[SquadLine], bool]] = {
            "all": lambda _line: True,
            "duties": lambda line: line.duties > 0,
            "changed": lambda line: line.changed > 0,
            "none": lambda _line: False,
        }
        self.model.ticks.set(row.id for row in self.model.all_rows() if wanted[preset](row.line))

    def _sought(self, text: str) -> None:
        found = matcher(text)
        self.model.filter((lambda row: found(row.key)) if text else None)

    def _ticked(self) -> None:
        self._say_presets()
        self.squads_changed.emit()

    def _pointed(self, row: SquadRow | None) -> None:
        if row is not None:
            self.pointed.emit(row.id)


def _columns() -> tuple[Column[SquadRow], ...]:
    return (
        tick_column(),
        Column("name", lambda: tr("小组"), 130, lambda row: row.line.name, sort=lambda row: row.line.name,
               squad=lambda row: row.line.colour, stretch=True, tip=lambda row: f"{row.line.name} {row.line.code}"),
        Column("duties", lambda: tr("班次"), 56, lambda row: str(row.line.duties) if row.line.duties else "",
               sort=lambda row: row.line.duties, align="right"),
        Column("changed", lambda: tr("改动|print"), 60, lambda row: str(row.line.changed) if row.line.changed else "",
               sort=lambda row: row.line.changed, align="right", tone=lambda _row: "amber"),
    )  # fmt: skip


def _profile_text(profile: PrivacyProfile) -> str:
    words = {
        PrivacyProfile.OFFICE: tr("本所和市局"),
        PrivacyProfile.LEADER: tr("组长|档"),
        PrivacyProfile.PUBLIC: tr("公示"),
    }
    return words[profile]


def _version_text(choice: VersionChoice) -> str:
    words = {
        PlanState.DRAFT: tr("草稿 v{number}", number=choice.number),
        PlanState.PUBLISHED: tr("第 {number} 版 · 已发布", number=choice.number),
        PlanState.OUTDATED: tr("第 {number} 版 · 已被替换", number=choice.number),
    }
    return words[choice.state]
