"""Which sheets are printed and how: kind, time, version, readers, paper, size of the text, copies, language."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, cast

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from patrol_desk.services.printed.batch import Wanted
from patrol_desk.services.printed.kinds import DIAGNOSIS, KINDS, PLACE_LIST, SheetKind
from patrol_desk.services.printed.marks import PlanState, PrivacyProfile
from patrol_desk.services.printed.township import OF_SQUADS
from patrol_desk.services.sheets_week import VersionChoice
from patrol_desk.ui.dialogs.printing.preview import Language, Look
from patrol_desk.ui.i18n import language, say, tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import IconButton
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.segmented import Segmented

LANGUAGES: Final = ("zh", "en")
SCALES: Final = (1.0, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3)
MOST_COPIES: Final = 20
MOST_MARGIN: Final = 25
"""Millimetres."""


def offered() -> Iterator[str]:
    """Yield what can be chosen as a kind, in order."""
    for kind in KINDS:
        yield kind
        if kind == "sign-in":
            yield OF_SQUADS


class LooksForm(QWidget):
    """The upper part of the choice.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    """

    kind_chosen = Signal()
    turned = Signal(int)
    """-1 for the week, day or month before, 1 for the next."""
    version_chosen = Signal(int)
    profile_chosen = Signal()
    changed = Signal()
    """Language, paper, size of the text or copies."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._versions: tuple[VersionChoice, ...] = ()
        self._options = tuple(offered())
        self._build_when(theme)
        self._build_boxes(theme)
        self._lay_out()

    @property
    def option(self) -> str:
        """What is chosen as a kind: its id, or `OF_SQUADS`."""
        return self._options[max(self.kinds.currentIndex(), 0)]

    @property
    def kind(self) -> SheetKind:
        """The kind of sheet."""
        return KINDS["sign-in" if self.option == OF_SQUADS else self.option]

    @property
    def profile(self) -> PrivacyProfile:
        """For whose eyes the sheets are."""
        return self.kind.profiles[max(self.profiles.currentIndex(), 0)]

    @property
    def when(self) -> str:
        """Which week, day or month is shown."""
        return self._when.text()

    @property
    def look(self) -> Look:
        """How they are printed."""
        paper = self.kind.papers[max(self.papers.currentIndex(), 0)]
        lang = cast("Language", self.languages.chosen())
        scale = SCALES[max(self.scales.currentIndex(), 0)]
        return Look(lang, paper, scale, self.copies.value(), float(self.margins.value()))

    def wanted(self, day: date, number: int | None) -> Wanted:
        """Return what is to be read for a day, its week or its month."""
        return Wanted(self.kind.id, day, self.profile, number, of_squads=self.option == OF_SQUADS)

    def choose(self, option: str, profile: str, look: Look) -> None:
        """Show a choice made before; what the kind does not have is left out."""
        blocked = [QSignalBlocker(box) for box in self._boxes()]
        self.kinds.setCurrentIndex(self._options.index(option) if option in self._options else 0)
        self._fill_kind()
        profiles = [one.value for one in self.kind.profiles]
        self.profiles.setCurrentIndex(profiles.index(profile) if profile in profiles else 0)
        self.papers.setCurrentIndex(self.kind.papers.index(look.paper) if look.paper in self.kind.papers else 0)
        self.scales.setCurrentIndex(SCALES.index(look.scale) if look.scale in SCALES else 0)
        self.copies.setValue(look.copies)
        self.margins.setValue(round(look.margin))
        self.languages.choose(look.lang if look.lang in LANGUAGES else "zh")
        del blocked
        self._say_profile()

    def show_when(self, words: str, span: str, *, turns: bool) -> None:
        """Show which week, day or month."""
        self._when.setText(words)
        self._span.setText(span)
        for button in (self.earlier, self.later):
            button.setVisible(turns)

    def show_versions(self, versions: Sequence[VersionChoice], shown: int) -> None:
        """Show the versions that can be printed."""
        self._versions = tuple(versions)
        _refill(self.versions, [_version_text(choice) for choice in self._versions])
        self.versions.setEnabled(len(self._versions) > 1)
        numbers = [choice.number for choice in self._versions]
        self.versions.setCurrentIndex(numbers.index(shown) if shown in numbers else -1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.earlier.set_name(tr("往前"))
        self.later.set_name(tr("往后"))
        for label, box, words in (
            (self._kind_words, self.kinds, tr("表|种类")), (self._version_words, self.versions, tr("版本")),
            (self._profile_words, self.profiles, tr("给谁看")), (self._paper_words, self.papers, tr("纸张")),
            (self._copies_words, self.copies, tr("份数")), (self._language_words, self.languages, tr("纸面语言")),
            (self._margin_words, self.margins, tr("页边")),
        ):  # fmt: skip
            label.setText(words)
            box.setAccessibleName(words)
        self.scales.setAccessibleName(tr("字号"))
        self.margins.setToolTip(tr("老打印机打不到纸边时，四周多留的空白（毫米）"))
        _refill(self.kinds, [option_text(option) for option in self._options])
        _refill(self.scales, [tr("字 {percent}%", percent=round(100 * scale)) for scale in SCALES])
        self.languages.set_choices([("zh", tr("中文"), None), ("en", tr("英文"), None)])
        self._fill_kind()
        if self._versions:
            self.show_versions(self._versions, self._versions[max(self.versions.currentIndex(), 0)].number)

    def _build_when(self, theme: Theme) -> None:
        self._when, self._span = Label("strong"), Label("secondary")
        self.earlier, self.later = IconButton(theme, "chevron-left"), IconButton(theme, "chevron-right")
        self.earlier.setObjectName("print_earlier")
        self.later.setObjectName("print_later")
        self.earlier.clicked.connect(lambda: self.turned.emit(-1))
        self.later.clicked.connect(lambda: self.turned.emit(1))

    def _build_boxes(self, theme: Theme) -> None:
        self._kind_words, self._version_words, self._profile_words = (Label("secondary") for _ in range(3))
        self._paper_words, self._copies_words, self._language_words = (Label("secondary") for _ in range(3))
        self._margin_words = Label("secondary")
        self.kinds, self.versions, self.profiles = QComboBox(), QComboBox(), QComboBox()
        self.papers, self.scales, self.copies, self.margins = QComboBox(), QComboBox(), QSpinBox(), QSpinBox()
        for name in ("kinds", "versions", "profiles", "papers", "scales", "copies", "margins"):
            getattr(self, name).setObjectName(f"print_{name.removesuffix('s') if name != 'copies' else name}")
        self.copies.setRange(1, MOST_COPIES)
        self.margins.setRange(0, MOST_MARGIN)
        self.margins.setSuffix(" mm")
        self.languages = Segmented(theme, small=True)
        self.languages.setObjectName("print_language")
        self.languages.set_choices([(name, name, None) for name in LANGUAGES])
        self._profile_note = Label("muted", wrap=True)
        _refill(self.kinds, list(self._options))
        _refill(self.scales, [""] * len(SCALES))
        self._fill_kind()
        self.kinds.currentIndexChanged.connect(self._kind_changed)
        self.versions.activated.connect(lambda place: self.version_chosen.emit(self._versions[place].number))
        self.profiles.currentIndexChanged.connect(self._profile_changed)
        for box in (self.papers, self.scales):
            box.currentIndexChanged.connect(lambda _place: self.changed.emit())
        for number in (self.copies, self.margins):
            number.valueChanged.connect(lambda _number: self.changed.emit())
        self.languages.changed.connect(lambda _name: self.changed.emit())

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[QWidget | None, QWidget | QLayout], ...] = (
            (self._kind_words, self.kinds),
            (None, _beside(self.earlier, self._when, self._span, self.later, stretch=2)),
            (self._version_words, self.versions),
            (self._profile_words, self.profiles),
            (None, self._profile_note),
            (self._paper_words, _beside(self.papers, self.scales)),
            (self._copies_words, _beside(self.copies, self._margin_words, self.margins)),
            (self._language_words, _beside(self.languages)),
        )
        for row, (words, part) in enumerate(rows):
            if words is not None:
                grid.addWidget(words, row, 0)
            if isinstance(part, QLayout):
                grid.addLayout(part, row, 0 if words is None else 1, 1, 2 if words is None else 1)
            else:
                grid.addWidget(part, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)

    def _boxes(self) -> tuple[QWidget, ...]:
        return self.kinds, self.profiles, self.papers, self.scales, self.copies, self.margins

    def _fill_kind(self) -> None:
        """Offer the readers and papers of the kind."""
        _refill(self.profiles, [profile_text(profile) for profile in self.kind.profiles])
        _refill(self.papers, list(self.kind.papers))
        self.profiles.setEnabled(len(self.kind.profiles) > 1)
        self._say_profile()

    def _kind_changed(self) -> None:
        for box in (self.profiles, self.papers):
            with QSignalBlocker(box):
                box.setCurrentIndex(0)
        self._fill_kind()
        self.kind_chosen.emit()

    def _profile_changed(self) -> None:
        self._say_profile()
        self.profile_chosen.emit()

    def _say_profile(self) -> None:
        notes = {
            PrivacyProfile.OFFICE: tr("号码中间四位隐去"),
            PrivacyProfile.LEADER: tr("号码完整，用后收回"),
            PrivacyProfile.PUBLIC: tr("不印组员号码，可张贴"),
        }
        if self.kind.id == DIAGNOSIS:
            named = self.profile is PrivacyProfile.OFFICE
            self._profile_note.setText(tr("印姓名和缘由，只供本所") if named else tr("不印姓名，只印人数"))
            return
        listed = self.kind.id == PLACE_LIST
        self._profile_note.setText(tr("不含人员和号码") if listed else notes[self.profile])


def _beside(*parts: QWidget, stretch: int = -1) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for place, part in enumerate(parts):
        row.addWidget(part, 1 if place == stretch else 0)
    if stretch < 0:
        row.addStretch(1)
    return row


def _refill(box: QComboBox, words: Sequence[str]) -> None:
    held = max(box.currentIndex(), 0)
    with QSignalBlocker(box):
        box.clear()
        box.addItems(list(words))
        box.setCurrentIndex(min(held, len(words) - 1))


def option_text(option: str) -> str:
    """Return the name of what can be chosen as a kind."""
    if option == OF_SQUADS:
        return tr("签到表（按小组）")
    if option == "sign-in":
        return tr("签到表（按点位）")
    words = say(KINDS[option].name)
    words = words[:1].upper() + words[1:] if language() == "en" else words
    return tr("{name}（样例）", name=words) if KINDS[option].sample else words


def profile_text(profile: PrivacyProfile) -> str:
    """Return for whose eyes a profile is."""
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
