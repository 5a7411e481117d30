"""The same commands for a person at a terminal: sentences that say what happened and what to do next."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from patrol_desk.__main__ import main
from patrol_desk.cli import stations
from patrol_desk.cli.context import Context
from patrol_desk.engine.formats import write_plan, write_problem
from patrol_desk.engine.plan import Plan
from patrol_desk.samples.problems import greedy, tiny
from patrol_desk.security import passphrases

WEEK = ("--week", "2026-W48")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small sample with a planned week."""
    file = tmp_path_factory.mktemp("sample") / "样例.db"
    assert main(["demo", "--size", "small", "--seed", "2", "--db", str(file)]) == 0
    assert main(["plan", "--db", str(file), *WEEK, "--moves", "2000"]) == 0
    return file


def said(capsys: pytest.CaptureFixture[str], *argv: object, code: int = 0) -> str:
    """Run a command and return what it prints as its result."""
    assert main([str(word) for word in argv]) == code
    return capsys.readouterr().out


def test_a_plan_is_summed_up(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Seats, gaps, and what is proven about them; a second plan in the mode that fills gaps only."""
    shown = said(capsys, "plan", "--db", sample, *WEEK, "--moves", "1000", "--mode", "gaps", "--lang", "en")
    assert "seats" in shown
    assert "Proven" in shown


def test_a_check_is_summed_up(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No violation is a sentence too."""
    assert "违规 0 处" in said(capsys, "check", "--db", sample, *WEEK)


def test_gaps_are_explained(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where, how many, who is kept away by what and what would help; as figures too."""
    shown = said(capsys, "explain", "--db", sample, *WEEK, "--limit", "3")
    assert "还缺" in shown
    assert "不可执勤" in shown
    found = json.loads(said(capsys, "explain", "--db", sample, *WEEK, "--json"))
    checked = json.loads(said(capsys, "check", "--db", sample, *WEEK, "--json"))
    assert found["missing"] == checked["shortage"] == sum(gap["missing"] for gap in found["gaps"])
    assert all(gap["kept_away"] for gap in found["gaps"])


def test_a_broken_rule_is_named_and_fails_the_check(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nearly all the reach is taken away: the check says who is too far, and its exit code is not 0."""
    folder = sample.parent / "规则"
    folder.mkdir()
    (folder / "规则.csv").write_text("规则编号,数值\nreach_m,100\n", encoding="utf-8")
    station = sample.with_name("本站.db")
    assert main(["new", "--plain", "--db", str(station)]) == 0
    assert main(["export", str(sample.parent / "文件"), "--db", str(sample)]) == 0
    assert main(["import", str(sample.parent / "文件"), "--db", str(station)]) == 0
    assert main(["plan", "--db", str(station), *WEEK, "--moves", "1000"]) == 0
    capsys.readouterr()
    assert "更新 1" in said(capsys, "import", folder, "--db", station)
    shown = said(capsys, "check", "--db", station, *WEEK, code=1)
    assert "  reach  " in shown
    assert "没有可用的证明" not in shown


def test_an_import_says_what_was_kept_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts a table, sentences for the rows, and where they are or how to get them; a dry run writes nothing."""
    station, folder = tmp_path / "本站.db", tmp_path / "文件"
    assert main(["new", "--plain", "--db", str(station)]) == 0
    folder.mkdir()
    (folder / "技能.csv").write_text("技能编号,技能名称,技能简称\nAID,急救,急\n,无编号,无\n", encoding="gb18030")
    capsys.readouterr()
    dry = said(capsys, "import", folder, "--db", station, "--dry-run")
    assert "没有写入" in dry
    assert "加 --rejects" in dry
    shown = said(capsys, "import", folder, "--db", station, "--rejects", tmp_path / "退回")
    assert "新增 1" in shown
    assert "退回 1" in shown
    assert str(tmp_path / "退回") in shown


def test_an_import_is_listed_and_taken_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was built on since stays and is named; a second time there is nothing left to take back."""
    station, folder = tmp_path / "本站.db", tmp_path / "文件"
    assert main(["new", "--plain", "--db", str(station)]) == 0
    capsys.readouterr()
    assert "还没有做过导入" in said(capsys, "import-undo", "--db", station)
    folder.mkdir()
    (folder / "技能.csv").write_text("技能编号,技能名称,技能简称\nAID,急救,急\nDRV,驾驶,驾\n", encoding="gb18030")
    said(capsys, "import", folder, "--db", station)
    (folder / "技能.csv").write_text("技能编号,技能名称,技能简称\nAID,急救员,急\n", encoding="gb18030")
    said(capsys, "import", folder, "--db", station)
    newer, older = json.loads(said(capsys, "import-undo", "--db", station, "--json"))["imports"]
    assert (older["added"], newer["changed"], older["can_undo"]) == (2, 1, True)
    shown = said(capsys, "import-undo", older["run"], "--db", station)
    assert "删去新增的 1 条" in shown
    assert "技能 AID：后来改过" in shown
    undone = json.loads(said(capsys, "import-undo", newer["run"], "--db", station, "--json"))
    assert undone == {"run": newer["run"], "removed": 0, "restored": 1, "left": 0}
    assert main(["import-undo", newer["run"], "--db", str(station)]) == 1
    assert "已经撤销过了" in capsys.readouterr().err
    assert said(capsys, "import-undo", "--db", station).count("已撤销或不能再撤销") == 2


def test_a_sample_takes_no_real_people(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Importing into a sample is refused with the way out."""
    (tmp_path / "技能.csv").write_text("技能编号,技能名称,技能简称\nAID,急救,急\n", encoding="utf-8")
    assert main(["import", str(tmp_path), "--db", str(sample)]) == 1
    assert "new" in capsys.readouterr().err


def test_empty_files_for_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files with headings, and a sentence that says how many."""
    assert "空白表格" in said(capsys, "template", tmp_path / "空表")
    assert "Empty files" in said(capsys, "template", tmp_path / "empty", "--lang", "en")
    assert (tmp_path / "empty" / "people.csv").exists()


def test_the_doctor_reports_in_words_and_json(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A healthy file, and one that is none of ours."""
    assert "ok" in said(capsys, "doctor", "--db", sample)
    found = json.loads(said(capsys, "doctor", "--db", sample, "--json"))
    assert found["healthy"] is True
    foreign = sample.with_name("笔记.db")
    foreign.write_text("不是数据库" * 400, encoding="utf-8")
    assert "fail" in said(capsys, "doctor", "--db", foreign, code=1)


def test_sheets_of_one_squad(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only the squad asked for; an unknown code is named."""
    shown = said(
        capsys, "print", "squad-week", "--db", sample, *WEEK, "--squad", "XZ-GX-0001", "--out", tmp_path / "a.pdf"
    )
    assert "1 张表" in shown
    wrong = main(
        ["print", "squad-week", "--db", str(sample), *WEEK, "--squad", "S-9", "--out", str(tmp_path / "b.pdf")]
    )
    assert wrong == 1


def test_the_engine_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file is solved, checked and, when a plan breaks a rule, refused by name."""
    problem = tiny(1)
    write_problem(tmp_path / "p.json.gz", problem)
    assert "已写出" in said(
        capsys, "engine", "solve", tmp_path / "p.json.gz", "--out", tmp_path / "plan.json", "--moves", "100"
    )
    assert "违规 0 处" in said(capsys, "engine", "check", tmp_path / "p.json.gz", tmp_path / "plan.json")
    held = greedy(problem).assignments
    crowd = Plan(held.repeat(9, axis=0))
    write_plan(tmp_path / "crowd.json", problem, crowd)
    shown = said(capsys, "engine", "check", tmp_path / "p.json.gz", tmp_path / "crowd.json", code=1)
    assert "  twice  " in shown
    assert "已编译" in said(capsys, "engine", "warm")


def test_a_passphrase_is_asked_for_twice_when_new(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is typed unseen; later it is asked for once."""
    asked: list[str | None] = []

    def prompt(_words: str, again: str | None = None) -> str:
        asked.append(again)
        return "莞溪 2026 晚风 Patrol"

    monkeypatch.setattr(passphrases, "from_prompt", prompt)
    shown = said(capsys, "new", "--db", tmp_path / "本站.db", "--key-file", tmp_path / "钥匙.key")
    assert str(tmp_path / "钥匙.key") in shown
    assert main(["doctor", "--db", str(tmp_path / "本站.db"), "--key-file", str(tmp_path / "钥匙.key")]) == 0
    assert [again is None for again in asked] == [False, True]


def test_a_stop_while_a_sample_is_made_leaves_nothing(tmp_path: Path) -> None:
    """The half-made file is not left where the next try would stumble over it."""
    from argparse import Namespace

    from patrol_desk.common.errors import CancelledByUserError

    context = Context(
        Namespace(), "zh", lambda _name, _options: {}, lambda _purpose, _options: 0, stop_asked=lambda: True
    )
    with pytest.raises(CancelledByUserError):
        stations.make_demo(context, tmp_path / "样例.db", "small", 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process alone")
def test_ctrl_c_keeps_the_best_plan(sample: Path) -> None:
    """The command ends well within seconds and its draft passes the check."""
    command = [sys.executable, "-m", "patrol_desk", "plan", "--db", str(sample), *WEEK, "--moves", str(2**40), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as running:
        assert running.stderr is not None
        for line in running.stderr:
            if "改进" in line:
                running.send_signal(signal.SIGINT)
                break
        shown, _ = running.communicate()
    assert running.returncode == 0
    assert json.loads(shown)["stopped"] == "user"
    assert main(["check", "--db", str(sample), *WEEK]) == 0


def test_a_reader_who_has_seen_enough_gets_no_complaint() -> None:
    """`patrol-desk … | head` ends without a traceback, although nobody reads on."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "patrol_desk", "engine", "warm"], stdout=writing, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writing)
    assert ended.returncode == 1
    assert ended.stderr == b""
