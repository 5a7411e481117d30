"""Every page on a low screen: words that fit in both languages, Tab down the rail; and that the audits can fail."""

from collections.abc import Callable

import numpy as np
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from patrol_desk.ui.shell.pages import PAGES
from patrol_desk.ui.shell.rail import RailItem
from patrol_desk.ui.theme.theme import THEMES
from tests.helpers.desk import Act, DeskTest
from tests.ui.audit.reading import (
    against_reading,
    contrast_in,
    cut,
    faint,
    nameless,
    scope_of,
    stops_of,
    walk,
    without_role,
)
from tests.ui.audit.sizes import LOW_SCREEN


def test_every_page_can_be_heard_and_read(desk_test: Callable[[Act], None]) -> None:
    """Each control has a name and a role; each text stands out from its ground in both looks."""
    faults: list[str] = []

    async def act(test: DeskTest) -> None:
        test.window.resize(*LOW_SCREEN)
        for page in PAGES:
            await test.page(page.name)
            stops = stops_of(scope_of(test))
            assert len(stops) > len(PAGES)
            faults.extend(f"{page.name}: no name: {each}" for each in nameless(stops))
            faults.extend(f"{page.name}: no role: {each}" for each in without_role(stops))
        for look in THEMES:
            test.window.theme.use(name=look)
            for page in PAGES:
                await test.page(page.name)
                faults.extend(f"{page.name}: {look}: {each}" for each in faint(test.window))

    desk_test(act)
    assert not faults, "\n".join(dict.fromkeys(faults))


def test_no_word_of_a_page_is_cut_in_either_language(desk_test: Callable[[Act], None]) -> None:
    """Buttons, labels, tabs, headings and boxes have the room that their words need, in English after Chinese."""
    faults: list[str] = []

    async def act(test: DeskTest) -> None:
        test.window.resize(*LOW_SCREEN)
        for page in PAGES:
            await test.page(page.name)
            for language in ("zh", "en"):
                test.window.use_language(language)
                await test.settled()
                faults.extend(f"{page.name}: {language}: {each}" for each in cut(test.window))
            test.window.use_language("zh")
            await test.settled()

    desk_test(act)
    assert not faults, "\n".join(dict.fromkeys(faults))


def test_tab_goes_down_the_rail(desk_test: Callable[[Act], None]) -> None:
    """From the first page past the tools to the settings, each once."""

    async def act(test: DeskTest) -> None:
        await test.page("today")
        items = [item for item in test.frame.rail.findChildren(RailItem) if item.isVisible()]
        items[0].setFocus()
        way = [stop for stop in walk(test, stops_of(test.window)) if stop in items]
        assert len(way) == len(set(way)) == len(items)
        assert not list(against_reading(way))

    desk_test(act)


def test_what_the_audits_look_for_would_be_found(desk_test: Callable[[Act], None]) -> None:
    """A grey text, a button without a name, one too narrow for its word, a step back up: each is told."""

    async def act(test: DeskTest) -> None:
        await test.page("settings")
        host = test.frame
        upper, lower = QPushButton(host), QPushButton("很长的一句话", host)
        pale = QLabel("看不清", host)
        pale.setStyleSheet("color: #c8c8c8; background: #ffffff")
        upper.setGeometry(200, 200, 90, 30)
        lower.setGeometry(200, 260, 24, 30)
        pale.setGeometry(320, 200, 90, 30)
        for each in (upper, lower, pale):
            each.show()
            each.raise_()
        await test.settled()
        assert [told for told in nameless([upper, lower]) if "QPushButton" in told]
        assert any("很长的一句话" in told for told in cut(host))
        assert any(told.text == "看不清" for told in faint(test.window))
        assert list(against_reading([lower, upper]))
        assert not list(against_reading([upper, lower]))
        plain = QWidget(host)
        plain.setObjectName("plain")
        assert without_role([plain]) == {"plain"}
        for made in (upper, lower, pale, plain):
            made.deleteLater()

    desk_test(act)


def test_contrast_is_that_of_the_guidelines() -> None:
    """Black on white is 21, and #767676 on white just passes."""
    ground = np.full((4, 4), 0xFFFFFF, dtype=np.uint32)
    for ink, wanted in ((0x000000, 21.0), (0x767676, 4.54)):
        picture = ground.copy()
        picture[1, 1] = ink
        assert abs(contrast_in(picture) - wanted) < 0.01
