"""The English of the window's texts, and the English short names of shifts."""

import tomllib
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QTranslator
from typing_extensions import override

from patrol_desk.ui.i18n.words import CONTEXT, language
from patrol_desk.ui.resources import resource

Entry = str | Mapping[str, str]

_SHIFT_MARKS: Final = {"早": "AM", "午": "PM", "晚": "Eve", "夜": "Night"}


def read_english() -> dict[str, Entry]:
    """Return source text → English of all areas, read from ``resources/i18n/en/*.toml``.

    An entry is a text, or a table with the forms ``one`` and ``other``.

    Raises
    ------
    ValueError
        Two areas give the same source text different English.
    """
    merged: dict[str, Entry] = {}
    for file in sorted(resource("i18n", "en").glob("*.toml")):
        for source, english in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if merged.setdefault(source, english) != english:
                raise ValueError(source)
    return merged


class EnglishTranslator(QTranslator):
    """Answers Qt's look-ups from the catalogue."""

    def __init__(self) -> None:
        super().__init__()
        self._words = read_english()

    @override
    def isEmpty(self) -> bool:
        return False

    @override
    def translate(  # type: ignore[override]  # None is Qt's "not found", which its stub leaves out
        self, context: str, sourceText: str, disambiguation: str | bytes | None = None, n: int = -1
    ) -> str | None:
        del disambiguation
        if context != CONTEXT:
            return None
        if sourceText == "language":
            return "en"
        entry = self._words.get(sourceText)
        if entry is None or isinstance(entry, str):
            return entry
        return entry["one" if n == 1 else "other"]


class Translation:
    """Switches the application's language.

    The Chinese of Qt's own dialogs comes with Qt; English is what Qt speaks without a translator.
    """

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._english: EnglishTranslator | None = None
        self._chinese = QTranslator()
        self._installed: QTranslator | None = None

    def use(self, name: str) -> None:
        """Speak ``"zh"`` or ``"en"`` from now on; every widget gets a `LanguageChange` event."""
        wanted = self._translator(name)
        if wanted is self._installed:
            return
        if self._installed is not None:
            self._app.removeTranslator(self._installed)
        self._installed = wanted
        self._app.installTranslator(wanted)

    def stop(self) -> None:
        """Take the translator back: the next window of the process begins in its own language."""
        if self._installed is not None:
            self._app.removeTranslator(self._installed)
            self._installed = None

    def _translator(self, name: str) -> QTranslator:
        if name == "en":
            self._english = self._english or EnglishTranslator()
            return self._english
        if self._chinese.isEmpty():
            from PySide6.QtCore import QLibraryInfo

            self._chinese.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        return self._chinese


def shift_mark(mark: str) -> str:
    """Return a shift's mark as the language in force writes it; a mark of the station's own stays as it is."""
    return _SHIFT_MARKS.get(mark, mark) if language() == "en" else mark
