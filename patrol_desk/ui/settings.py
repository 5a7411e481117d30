"""What the desk remembers between two starts; each setting is declared once, with type and default."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QSettings

T = TypeVar("T", str, int, float, bool, list[str])


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting.

    Parameters
    ----------
    key
        Name in the file.
    default
        Its value until somebody changes it; its type is the setting's type.
    about
        What it does.
    """

    key: str
    default: T
    about: str


LANGUAGE: Final = Setting("language", "zh", "zh or en")
THEME: Final = Setting("theme", "light", "light, dark or system")
SCALE: Final = Setting("scale", 1.0, "text and rows, 0.9 to 1.3")
LAST_STATION: Final = Setting("last_station", "", "file opened at the next start")
RECENT: Final[Setting[list[str]]] = Setting("recent", [], "files opened lately, newest first")
TOUR: Final = Setting("tour", False, "whether the guided tour of the sample has been shown")
WINDOW: Final = Setting("window", "", "place and size of the window, base64")


class Settings:
    """Settings in one INI file of the user's.

    Parameters
    ----------
    file
        The file; it is made at the first change.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    def get(self, setting: Setting[T]) -> T:
        """Return a setting's value; its default when the file holds none or nonsense."""
        found = self._store.value(setting.key)
        if not isinstance(found, str):
            return setting.default
        try:
            value = json.loads(found)
        except ValueError:
            return setting.default
        if type(value) is int and type(setting.default) is float:
            return type(setting.default)(value)
        return value if type(value) is type(setting.default) else setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Keep a value."""
        self._store.setValue(setting.key, json.dumps(value))

    def state(self, name: str) -> Any:  # noqa: ANN401  # whatever JSON a view stored
        """Return what a view stored of its own, e.g. column widths; None when nothing."""
        found = self._store.value(f"view/{name}")
        try:
            return json.loads(found) if isinstance(found, str) else None
        except ValueError:
            return None

    def keep_state(self, name: str, value: object) -> None:
        """Store a view's own state: anything JSON takes."""
        self._store.setValue(f"view/{name}", json.dumps(value))

    def close(self) -> None:
        """Write the file."""
        self._store.sync()
