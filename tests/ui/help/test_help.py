"""Help: F1 opens the guide at the page shown; it is searched and read by keys, in both languages."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QTextBrowser

from patrol_desk.ui.help.dialog import HelpDialog, page_titles
from patrol_desk.ui.help.guide import place_of, topics
from patrol_desk.ui.i18n.catalog import read_english
from patrol_desk.ui.shell.pages import PAGES
from tests.helpers.desk import Act, DeskTest


def test_both_guides_have_the_same_sections_and_one_for_every_page() -> None:
    """A page's topic is found by what the rail calls it; a change of language stays at the same topic."""
    chinese, english = topics("zh"), topics("en")
    assert len(chinese) == len(english) > 10
    words = read_english()
    for page in PAGES:
        titles = page_titles(page.name)
        place = place_of(*titles, language="zh")
        assert chinese[place].title in titles
        assert english[place].title == words[chinese[place].title]
        assert place_of(*[str(words[title]) for title in titles], language="en") == place
    assert place_of("没有这一节", language="zh") == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_read_in_the_window_leads_nowhere_else(language: str) -> None:
    """Pictures and links of the paper guide are left out; every topic begins with its heading."""
    for topic in topics(language):
        assert "](" not in topic.text
        assert topic.text.startswith(f"## {topic.title}")
        assert topic.title[-1] not in ")）"


def shown(test: DeskTest) -> str:
    """Return the text that stands in the help window."""
    return test.find(QTextBrowser, "help_text").toPlainText()


def test_help_opens_at_the_page_and_finds_words_by_keys(desk_test: Callable[[Act], None]) -> None:
    """F1, a slash, some letters, Enter to the next place, Esc to clear, Esc to close; the focus is back."""

    async def act(test: DeskTest) -> None:
        await test.page("people")
        before = test.focus()
        test.keys("F1")
        assert shown(test).startswith("人员")
        test.keys("/")
        test.write("覆盖率")
        names = test.find(QListWidget, "help_topics")
        titles = [names.item(row).text() for row in range(names.count())]
        assert "排班" in titles
        assert len(titles) < len(topics("zh"))
        marks = test.find(QTextBrowser, "help_text").extraSelections()
        assert marks
        seen = {names.currentItem().text()}
        for _ in range(20):
            test.key(Qt.Key.Key_Return)
            seen.add(names.currentItem().text())
        assert seen == set(titles)
        test.keys("Esc")
        assert names.count() == len(topics("zh"))
        test.keys("Esc")
        await test.settled()
        assert not test.window.findChildren(HelpDialog)
        assert test.focus() is before

    desk_test(act)


def test_help_speaks_the_language_of_the_moment(desk_test: Callable[[Act], None]) -> None:
    """A change of language and of theme while help is open changes it at once; what nobody wrote is said so."""

    async def act(test: DeskTest) -> None:
        await test.page("map")
        test.keys("F1")
        assert shown(test).startswith("地图")
        test.keys("Ctrl+Shift+L")
        await test.settled()
        assert shown(test).startswith("Map")
        test.window.use_look("dark")
        assert shown(test).startswith("Map")
        test.keys("/")
        test.write("zzqq")
        assert "zzqq" in shown(test)
        assert test.find(QListWidget, "help_topics").count() == 0

    desk_test(act)
