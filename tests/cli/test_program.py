"""The command line answers in the user's language and with an exit code that scripts can trust."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from patrol_desk.__main__ import main
from patrol_desk.cli.commands import COMMANDS
from patrol_desk.cli.context import Context
from patrol_desk.cli.program import run
from patrol_desk.cli.speaking import complaint


def test_no_command_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Every command stands in the help with a sentence; nothing was done, so the code is not 0."""
    assert run([], bench=lambda _name, _options: {}, window=no_window) == 2
    shown = capsys.readouterr().out
    assert all(f"    {command.name}" in shown for command in COMMANDS)
    assert "用法：" in shown


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_explains_itself(command: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """``--help`` ends with 0; in English no Chinese is left."""
    with pytest.raises(SystemExit) as ended:
        main([command, "--help", "--lang", language])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    han = any("\u4e00" <= letter <= "\u9fff" for letter in shown)
    assert han == (language == "zh")


@pytest.mark.parametrize(
    ("argv", "zh", "en"),
    [
        (["plan"], "还缺参数", "Arguments are missing"),
        (["plan", "--db", "x", "--week", "w", "--mode", "z"], "不能是 'z'", "cannot be 'z'"),
        (["plan", "--db", "x", "--week", "w", "--seed", "q"], "看不懂", "a number is expected"),
        (["new", "--db", "x", "--plain", "--key-file", "k"], "不能同时用", "cannot go with"),
        (["template", "a", "b"], "没有这样的参数", "no such argument"),
        (["plan", "--db"], "个数不对", "too few or too many"),
    ],
)
def test_wrong_arguments_are_said_in_words(
    argv: list[str], zh: str, en: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 and one sentence that names the argument."""
    for language, words in (("zh", zh), ("en", en)):
        with pytest.raises(SystemExit) as ended:
            main(["--lang", language, *argv])
        assert ended.value.code == 2
        assert words in capsys.readouterr().err


def test_a_complaint_nobody_foresaw_is_passed_on() -> None:
    """Better an English word than none."""
    assert complaint("something new").params == {"text": "something new"}


@pytest.mark.parametrize(("language", "words"), [("zh", "找不到"), ("en", "There is no")])
def test_a_missing_file_is_a_sentence_and_a_failure(
    language: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback; the sentence names the file; the code is 1."""
    code = main(["check", "--db", str(tmp_path / "无.db"), "--week", "2026-W48", f"--lang={language}"])
    said = capsys.readouterr().err
    assert code == 1
    assert words in said
    assert "无.db" in said
    assert "Traceback" not in said


def no_window(_purpose: str, _options: object) -> int:
    """Stand for the window where a command opens none."""
    raise AssertionError


def test_the_window_is_opened_with_what_was_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a command the desk opens; `desk FILE` opens that file."""
    seen: list[tuple[str, object]] = []

    def window(purpose: str, options: object) -> int:
        seen.append((purpose, options))
        return 0

    def bench(_name: str, _options: object) -> dict[str, object]:
        raise AssertionError

    assert run(["desk", "a.db"], bench=bench, window=window) == 0
    assert seen == [("desk", {"file": "a.db", "sample": False})]
    assert capsys.readouterr().out == ""


def test_a_bad_week_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The value and what would be right stand in the sentence."""
    assert main(["plan", "--db", str(tmp_path / "a.db"), "--week", "48"]) == 1
    assert "2026-W48" in capsys.readouterr().err


def test_benchmarks_print_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The figures of the benchmark that was asked for, as one document."""
    seen: list[tuple[str, object]] = []

    def bench(name: str, options: object) -> dict[str, object]:
        seen.append((name, options))
        return {"seconds": 1.5}

    assert run(["bench", "print", "--json"], bench=bench, window=no_window) == 0
    assert json.loads(capsys.readouterr().out) == {"seconds": 1.5}
    assert seen[0][0] == "print"


def test_a_benchmark_that_finds_a_fault_fails(capsys: pytest.CaptureFixture[str]) -> None:
    """The figures are printed all the same; the rows at fault are named and the exit code is 1."""
    seen: list[Mapping[str, object]] = []

    def bench(_name: str, options: Mapping[str, object]) -> dict[str, object]:
        seen.append(options)
        return {"faults": ["solver/large/0"] if len(seen) > 1 else []}

    line = "bench engine --seeds 2 --seeds-of large=1 --peers cpsat, --growth  --resume a.jsonl --minutes 5 --lang en"
    assert run(line.split(" "), bench=bench, window=no_window) == 0
    assert run(["bench", "engine", "--lang", "en"], bench=bench, window=no_window) == 1
    said = capsys.readouterr()
    assert "solver/large/0" in said.err
    assert '"faults"' in said.out
    asked, left_out = seen
    assert (asked["seeds_of"], asked["peers"], asked["growth"], asked["minutes"]) == ({"large": 1}, ("cpsat",), (), 5.0)
    assert asked["rows"] == Path("a.jsonl")
    assert (left_out["peers"], left_out["growth"], left_out["docs"], left_out["scale"]) == (None, None, None, None)


def test_a_number_of_seeds_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The argument and the value are named."""
    with pytest.raises(SystemExit) as left:
        run(["bench", "engine", "--seeds-of", "large", "--lang", "en"], bench=lambda *_: {}, window=no_window)
    assert left.value.code == 2
    assert "--seeds-of" in capsys.readouterr().err


def test_every_benchmark_can_be_asked_for() -> None:
    """The command line offers what there is."""
    from patrol_desk.bench.catalogue import BENCHES
    from patrol_desk.cli import benches

    assert sorted(BENCHES) == sorted(benches.BENCHES)


def test_progress_is_throttled_but_its_end_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """A thousand steps in no time are two lines: the first and the last."""
    from argparse import Namespace

    from patrol_desk.common.message import Message

    context = Context(Namespace(), "zh", lambda _name, _options: {}, lambda _purpose, _options: 0)
    for step in range(1, 1001):
        context.progress(Message("cli.printing"), step, 1000)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].endswith("1/1000")
    assert lines[-1].endswith("1000/1000")
    assert len(lines) < 10


def test_a_fault_of_the_program_is_told_without_values(capsys: pytest.CaptureFixture[str]) -> None:
    """The kind of error and the places in the code are shown; what the error says may hold a name and is not."""
    secret = "王小明 13800000000"

    def bench(_name: str, _options: object) -> dict[str, object]:
        return {"seconds": float(secret)}

    assert run(["bench", "print"], bench=bench, window=no_window) == 1
    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "benches.py" in said
    assert "王小明" not in said
