"""What is imported after the window shows, so that the first visit of a page is quick.

What knows no Qt is imported in another thread. What makes classes of Qt's is imported in the window's own, one module a
turn: a class that is made in another thread while the window works can end the program.
"""

import asyncio
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Final

from patrol_desk.ui.shell.pages import PAGES
from patrol_desk.ui.theme import icons

BELOW: Final = (
    "finding", "importing", "map", "people", "places", "planning.board", "planning.edits", "printed", "settings",
    "today",
)  # fmt: skip
"""Packages of services that pages read by and write with."""
BESIDE: Final = (
    "shell.finder.finder", "charts.coverage", "dialogs.printing.dialog", "dialogs.key_sheet", "help.dialog",
    "tour.tour",
)  # fmt: skip
"""Find-anything, curves, printing, keys, help and the tour."""


async def import_ahead() -> None:
    """Import everything that pages need, the window answering meanwhile."""
    await asyncio.to_thread(import_services)
    await asyncio.to_thread(icons.read_ahead)
    for name in window_modules():
        import_module(name)
        await asyncio.sleep(0)


def import_services() -> None:
    """Import what knows no Qt."""
    for name in BELOW:
        for module in _modules(f"patrol_desk.services.{name}"):
            import_module(module)


def window_modules() -> Iterator[str]:
    """Yield the modules of every page and of what stands beside them, parts before wholes."""
    for page in PAGES:
        yield from (name for name in _modules(page.module.rpartition(".")[0]) if name != page.module)
        yield page.module
    yield from (f"patrol_desk.ui.{name}" for name in BESIDE)


def _modules(package: str) -> list[str]:
    """Return the modules of a package and of those in it, the deepest first: the others import them."""
    found = walk_packages(import_module(package).__path__, f"{package}.")
    return sorted((module.name for module in found if not module.ispkg), key=lambda name: -name.count("."))
