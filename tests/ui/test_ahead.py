"""What is imported behind the window's back makes no class of Qt's; what the pages need is there afterwards."""

import subprocess
import sys

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from patrol_desk.ui.resources import resource
from patrol_desk.ui.shell.ahead import window_modules
from patrol_desk.ui.shell.pages import PAGES
from patrol_desk.ui.theme import icons

IN_THREAD = """
import sys
from patrol_desk.ui.shell.ahead import import_services
before = set(sys.modules)
import_services()
print("\\n".join(set(sys.modules) - before))
"""


def test_the_thread_imports_nothing_of_qt() -> None:
    """Classes of Qt's that a thread makes beside a working window have ended the program."""
    ran = subprocess.run([sys.executable, "-c", IN_THREAD], capture_output=True, text=True, check=True)
    loaded = ran.stdout.split()
    assert "patrol_desk.services.planning.board.opening" in loaded
    qt = [name for name in loaded if name.startswith(("PySide6.", "pyqtgraph", "patrol_desk.ui."))]
    assert qt == []


def test_every_page_is_imported_after_its_parts() -> None:
    """A page's own module comes last, when little of it is left to import."""
    order = list(window_modules())
    for page in PAGES:
        package = page.module.rpartition(".")[0]
        parts = [place for place, name in enumerate(order) if name.startswith(f"{package}.")]
        assert page.module in order
        assert order.index(page.module) >= min(parts)
    assert "patrol_desk.ui.charts.coverage" in order


def test_no_icon_is_read_from_the_disk_when_a_page_is_painted(qapp: QApplication) -> None:
    """Once read ahead, every icon that is shipped is drawn without its file."""
    del qapp
    icons.read_ahead()
    before = icons.source.cache_info().misses
    names = [file.stem for file in resource("icons").glob("*.svg")]
    assert len(names) > 100
    for name in names:
        assert not icons.draw_icon(name, QColor("red"), 16, 1.0).isNull()
    assert icons.source.cache_info().misses == before
