"""The look in force: what a colour role, a type role or an icon means just now."""

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from patrol_desk.ui.resources import resource
from patrol_desk.ui.theme.icons import draw_icon, make_icon
from patrol_desk.ui.theme.sheet import style_sheet
from patrol_desk.ui.theme.sizes import ROWS, SIDES, TYPE

THEMES = ("light", "dark")
SYSTEM = "system"
"""Light or dark as the system is just now."""
SCALES = (0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3)
"""Sizes of text to choose from."""
STEPS = (0.9, 1.0, 1.1, 1.2, 1.3)
"""Those that the keys go by."""
_FAMILIES = ("Microsoft YaHei UI", "Noto Sans CJK SC", "PingFang SC", "WenQuanYi Micro Hei")
_SHIPPED = ("PatrolDeskPrint-Regular.otf", "PatrolDeskPrint-Bold.otf")


@cache
def palette_of(name: str) -> Mapping[str, str]:
    """Return colour role → ``#RRGGBB`` of a theme."""
    return MappingProxyType(tomllib.loads(resource("themes", f"{name}.toml").read_text(encoding="utf-8")))


class Theme(QObject):
    """Colours, fonts, sizes and icons by role; tells when they change.

    Parameters
    ----------
    name
        ``"light"``, ``"dark"``, or `SYSTEM`.
    scale
        Text and row heights, one of `SCALES`.
    compact
        Tighter rows for low screens; None: decided by the height of the primary screen.
    """

    changed = Signal()

    def __init__(self, name: str = "light", scale: float = 1.0, *, compact: bool | None = None) -> None:
        super().__init__()
        self._follows = name == SYSTEM
        self._name = _system_name() if self._follows else name
        self._scale = scale
        self._compact = compact
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        self._pixmaps: dict[tuple[str, str, int], QPixmap] = {}
        self._family = _family()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def name(self) -> str:
        """``"light"`` or ``"dark"``."""
        return self._name

    @property
    def choice(self) -> str:
        """``"light"``, ``"dark"``, or `SYSTEM` while the look follows the system's."""
        return SYSTEM if self._follows else self._name

    @property
    def scale(self) -> float:
        """Factor on text and rows."""
        return self._scale

    @property
    def compact(self) -> bool:
        """Whether rows are the low ones."""
        if self._compact is not None:
            return self._compact
        return QGuiApplication.primaryScreen().size().height() <= 768

    def use(self, *, name: str | None = None, scale: float | None = None, compact: bool | None = None) -> None:
        """Change the look; what is None stays. The application and every open widget follow at once."""
        if name is not None:
            self._follows = name == SYSTEM
            self._name = _system_name() if self._follows else name
        self._scale = scale or self._scale
        self._compact = self._compact if compact is None else compact
        for cache_ in (self._colors, self._fonts, self._icons, self._pixmaps):
            cache_.clear()
        self.apply()
        self.changed.emit()

    def apply(self) -> None:
        """Hand font, palette and style sheet to the application.

        The old sheet is taken off before: Qt styles each widget anew for each of its ancestors when one sheet follows
        another, but only once when there was none.
        """
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setStyleSheet("")
        app.setFont(self.font("body"))
        app.setPalette(self._palette())
        app.setStyleSheet(style_sheet(palette_of(self._name), self._scale, compact=self.compact))

    def color(self, role: str) -> QColor:
        """Return the colour of a role; raise KeyError for a role nobody defined."""
        found = self._colors.get(role)
        if found is None:
            found = self._colors[role] = QColor(palette_of(self._name)[role])
        return found

    def font(self, role: str = "body", *, bold: bool | None = None) -> QFont:
        """Return the font of a type role, with digits of one width."""
        key = f"{role}{bold}"
        found = self._fonts.get(key)
        if found is None:
            size, heavy = TYPE[role]
            found = QFont(self._family)
            found.setPixelSize(self.px(size))
            found.setBold(heavy if bold is None else bold)
            found.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[key] = found
        return found

    def icon(self, name: str, role: str = "text2", size: int = 16) -> QIcon:
        """Return a Lucide icon in the colour of a role."""
        key = (name, role, size)
        found = self._icons.get(key)
        if found is None:
            found = self._icons[key] = make_icon(self.pixmap(name, role, size), self.pixmap(name, "line2", size))
        return found

    def pixmap(self, name: str, role: str = "text2", size: int = 16) -> QPixmap:
        """Return a Lucide icon as a picture for painting."""
        key = (name, role, size)
        found = self._pixmaps.get(key)
        if found is None:
            app = QApplication.instance()
            ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
            found = self._pixmaps[key] = draw_icon(name, self.color(role), self.px(size), ratio)
        return found

    def px(self, size: float) -> int:
        """Return a length that grows with the text."""
        return round(size * self._scale)

    def row(self, kind: str) -> int:
        """Return the height of a kind of row."""
        return self.px(ROWS[kind][self.compact])

    def side(self, kind: str) -> int:
        """Return the width of a kind of side panel."""
        return self.px(SIDES[kind][self.compact])

    def _palette(self) -> QPalette:
        roles = QPalette.ColorRole
        palette = QPalette()
        for role, token in {
            roles.Window: "chrome", roles.WindowText: "text", roles.Base: "surface", roles.AlternateBase: "sunken",
            roles.Text: "text", roles.Button: "surface", roles.ButtonText: "text", roles.Highlight: "accentSoft",
            roles.HighlightedText: "text", roles.PlaceholderText: "text3", roles.Link: "accentText",
            roles.ToolTipBase: "raised", roles.ToolTipText: "text",
        }.items():  # fmt: skip
            palette.setColor(role, self.color(token))
        for token_role in (roles.Text, roles.ButtonText, roles.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, token_role, self.color("text3"))
        if not self._follows:
            scheme = Qt.ColorScheme.Dark if self._name == "dark" else Qt.ColorScheme.Light
            QGuiApplication.styleHints().setColorScheme(scheme)
        return palette

    def _system_changed(self, scheme: Qt.ColorScheme) -> None:
        """Follow the system when it turns dark or light, if that is what the look does."""
        name = _name_of(scheme)
        if self._follows and name != self._name:
            self._name = name
            self.use()


def _system_name() -> str:
    """Return the look of the system, once nobody prescribes another to Qt."""
    hints = QGuiApplication.styleHints()
    hints.unsetColorScheme()
    return _name_of(hints.colorScheme())


def _name_of(scheme: Qt.ColorScheme) -> str:
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def _family() -> str:
    """Return the first family the machine has; the shipped print font where it has no Chinese one."""
    present = set(QFontDatabase.families())
    for family in _FAMILIES:
        if family in present:
            return family
    loaded = [QFontDatabase.addApplicationFont(str(resource("fonts", file))) for file in _SHIPPED]
    return QFontDatabase.applicationFontFamilies(loaded[0])[0]
