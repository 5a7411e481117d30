"""Every reason and every table has its words in both languages."""

import re
import string
from pathlib import Path

import pytest

import patrol_desk
from patrol_desk.engine.settings import defaults
from patrol_desk.messages import LANGUAGES, catalogue, render
from patrol_desk.sync.tables import TABLES, table_named

SOURCES = [
    path
    for folder in ("sync", "services/importing")
    for path in (Path(patrol_desk.__file__).parent / folder).rglob("*.py")
] + [Path(patrol_desk.__file__).parent / "bench" / "importing.py"]
FAULTS = {code for path in SOURCES for code in re.findall(r'Fault\(\s*"(import\.\w+)"', path.read_text("utf-8"))}


def test_every_fault_says_what_is_wrong_and_what_would_be_right() -> None:
    """Every fault says what is wrong and what would be right."""
    words = catalogue("import")
    assert len(FAULTS) > 20
    assert not {code for code in FAULTS if code not in words or f"{code}_fix" not in words}


@pytest.mark.parametrize("area", ["import", "export", "table"])
def test_both_languages_take_the_same_parameters(area: str) -> None:
    """Both languages take the same parameters."""
    for code, words in catalogue(area).items():
        names = [
            {name for _, name, _, _ in string.Formatter().parse(words[language]) if name} for language in LANGUAGES
        ]
        assert names[0] == names[1], code


def test_every_code_that_is_used_has_words_and_every_word_is_used() -> None:
    """Every code that is used has words and every word is used."""
    used = {code for path in SOURCES for code in re.findall(r'"(import\.\w+)"', path.read_text("utf-8"))}
    known = set(catalogue("import"))
    assert used - known == set()
    assert {code for code in known if code.removesuffix("_fix") not in used} == set()


def test_every_table_has_a_word_and_every_column_two_headings() -> None:
    """Every table has a word and every column two headings."""
    for table in TABLES:
        assert all(render(table.word, language) for language in LANGUAGES)
        for language in LANGUAGES:
            headings = [column.heading(language) for column in table.columns]
            assert len(set(headings)) == len(headings)
    assert table_named("people").kind == "person"
    with pytest.raises(KeyError):
        table_named("nothing")


def test_parents_come_before_their_children() -> None:
    """Parents come before their children."""
    names = [table.name for table in TABLES]
    for table in TABLES:
        assert all(names.index(parent) < names.index(table.name) for parent in table.parents), table.name


def test_the_contract_page_names_every_file_and_column() -> None:
    """`docs/csv.md` and the tables say the same."""
    page = (Path(patrol_desk.__file__).parents[1] / "docs" / "csv.md").read_text("utf-8")
    for table in TABLES:
        assert f"### {table.zh}.csv · {table.name}.csv" in page
        for column in table.columns:
            assert column.zh in page
            assert column.en in page
            assert all(alias in page for alias in column.aliases if column.name not in {"id", "ended_on"})


def test_the_contract_page_names_every_rule_with_its_default() -> None:
    """Who fills in rules.csv finds the codes, what they may be and what holds without them."""
    page = (Path(patrol_desk.__file__).parents[1] / "docs" / "csv.md").read_text("utf-8")
    for rule in defaults().rules.values():
        limits = "" if rule.number is None else f"{rule.number} ({rule.low} … {rule.high} {rule.unit})"
        assert f"| {rule.strength} | {', '.join(rule.allowed)} | {limits} | {', '.join(rule.by_kind)} |" in page
        assert f"| `{rule.code}` |" in page
    assert all(f"| `{level}` |" in page for level in defaults().levels)
