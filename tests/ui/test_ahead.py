"""What is imported behind the window's back makes no class of Qt's; what the pages need is there afterwards."""

import subprocess
import sys

from patrol_desk.ui.shell.ahead import window_modules
from patrol_desk.ui.shell.pages import PAGES

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
