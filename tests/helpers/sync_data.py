"""A made-up township as files: invented people, every table, small or as large as a test asks."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from patrol_desk.common.clock import FixedClock
from patrol_desk.sync.kinds.identity import check_character

CLOCK = FixedClock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC))
"""Noon of Friday 2026-11-20 in China."""
MONDAY = date(2026, 11, 23)

Cells = dict[str, str]
Tables = dict[str, list[Cells]]

_SURNAMES = "陈林黄张李王吴刘蔡杨"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
_RARE = ("阿卜杜拉·买买提", "欧阳𬭊", "㛃小雨", "Maria Santos", "迪丽娜尔·阿不都热依木")
_SHIFTS = (
    ("D1", "早班", "早", "06:00"),
    ("D2", "中班", "中", "12:00"),
    ("N1", "夜班", "夜", "18:00"),
    ("N2", "深夜班", "深", "22:00"),
)


def resident_id(born: date, order: int) -> str:
    """Return a resident ID that passes every check."""
    seventeen = f"441900{born:%Y%m%d}{order:03d}"
    return seventeen + check_character(seventeen)


@dataclass(slots=True)
class Maker:
    """Makes the files of one township, the same for the same arguments.

    Parameters
    ----------
    people
        Number of people; everything else follows from it.
    seed
        Seed.
    """

    people: int = 40
    seed: int = 1
    tables: Tables = field(default_factory=dict)

    def make(self) -> Tables:
        """Return table name → rows, cells by Chinese heading."""
        random = Random(self.seed)
        self._places()
        self._duties(random)
        for number in range(1, self.people + 1):
            self._person(number, random)
        self._emphasis()
        return self.tables

    def _add(self, table: str, **cells: str) -> None:
        self.tables.setdefault(table, []).append(cells)

    def _places(self) -> None:
        self._add(
            "township",
            镇街编号="441900121000",
            镇街名称="虚门镇",
            字头="XM",
            派出所名称="虚门派出所",
            上级单位="市义警办",
            值班电话="0769-22110000",
        )
        for number in range(1, 4):
            code = f"441900-121-{number:03d}"
            box = "113.67 22.76; 113.69 22.76; 113.69 22.78"
            self._add("communities", **{"村（社区）编号": code, "村（社区）名称": f"虚社区{number}"}, 边界=box)
            self._add(
                "grid_cells",
                网格编号=f"XM-G{number:03d}",
                网格名称=f"网格{number}",
                边界=box,
                **{"村（社区）编号": code},
            )
            self._add(
                "organisations", 单位编号=f"XM-D{number}", 单位名称=f"虚公司{number}", 单位类别="企业", 单位电话="110"
            )
            self._add(
                "muster_points", 召集点编号=f"XM-Z{number}", 召集点名称=f"召集点{number}", 经度="113.68", 纬度="22.77"
            )
            self._add("response_teams", 队伍编号=f"XM-T{number}", 队伍名称=f"第{number}队", 召集点编号=f"XM-Z{number}")
            self._add("equipment", 装备编号=f"XM-E{number}", 装备名称="手电筒", 召集点编号=f"XM-Z{number}", 数量="20")
        self._add(
            "map_features", 要素编号="XM-R1", 要素名称="虚门大道", 要素类别="主干道", 线路="113.67 22.76; 113.7 22.8"
        )
        self._add("skills", 技能编号="DRV", 技能名称="驾驶", 技能简称="驾")
        self._add("skills", 技能编号="AID", 技能名称="急救", 技能简称="救")
        self._add("rules", 规则编号="rest_minutes", 数值="480")
        self._add("rules", 规则编号="reach_m", 执勤点类别="联防卡口", 力度="尽量遵守", 数值="9000")
        self._add("rules", 规则编号="novice_days", 力度="不要求")
        self._add("rules", 规则编号="care_near", 数值="3")
        self._add("holidays", 日期="2026-10-01", 节假日名称="国庆节", 节假日类别="节假日", 已公布="是")

    def _duties(self, random: Random) -> None:
        for code, name, mark, start in _SHIFTS:
            self._add(
                "shift_patterns",
                班次编号=code,
                班次名称=name,
                班次简称=mark,
                开始时间=start,
                夜班="否",
                **{"时长（分钟）": "240"},
            )
        for number in range(1, max(2, self.people // 25) + 1):
            code = f"XM-P{number:04d}"
            self._add(
                "checkpoints",
                执勤点编号=code,
                执勤点名称=f"虚岗{number}",
                执勤点简称=f"岗{number}",
                执勤点类别="固定岗",
                执勤点状态="启用",
                重要程度=str(random.randint(1, 3)),
                网格编号="XM-G001",
                地址=f"虚门大道 {number} 号",
                须有民警辅警="是" if number == 1 else "否",
                须有组长="是" if number == 2 else "否",
                每周巡访次数=str(number % 4),
                勤务起="2026-11-28" if number == 2 else "",
                勤务止="2026-11-29" if number == 2 else "",
                邻镇="石碣镇" if number == 1 else "",
                经度=f"{113.6 + random.random() / 10:.6f}",
                纬度=f"{22.7 + random.random() / 10:.6f}",
                **{"无人时限（小时）": str(number * 8)},
            )
            for pattern, *_ in _SHIFTS:
                for weekday in "一二三四五六日":
                    self._add(
                        "demand",
                        执勤点编号=code,
                        班次编号=pattern,
                        星期=f"周{weekday}",
                        岗位类别="任意",
                        最低人数="2",
                        期望人数="3",
                        邻镇人数="1" if number == 1 and weekday == "六" else "0",
                    )
            typed = {"执勤点编号": code, "班次编号": "N1", "星期": "周五", "最低人数": "1", "期望人数": "1"}
            self._add("demand", 岗位类别="组长", **typed)
            self._add("demand", 岗位类别="DRV", **typed)
        for number in range(1, max(1, self.people // 20) + 1):
            self._add("squads", 小组编号=f"XM-S{number:03d}", 小组名称=f"第{number}小组", 单位编号="XM-D1")

    def _emphasis(self) -> None:
        community = {"村（社区）编号": "441900-121-001"}
        self._add(
            "priority_areas", 片区编号="XM-A1", 片区名称="夜市片区", 提升级数="1", 片区起="2026-11-25", **community
        )
        self._add("priority_areas", 片区编号="XM-A2", 片区名称="码头名单", 提升级数="0", 网格编号="XM-G001")
        self._add("area_checkpoints", 片区编号="XM-A1", 执勤点编号="XM-P0001")
        self._add("area_checkpoints", 片区编号="XM-A2", 执勤点编号="XM-P0002")
        days = {"时段起": "2026-11-27", "时段止": "2026-11-29"}
        self._add("security_periods", 时段编号="XM-B1", 时段名称="年货节", 片区编号="XM-A2", 增加最低人数="1", **days)
        self._add("security_periods", 时段编号="XM-B2", 时段名称="卡口", 执勤点类别="联防卡口", 增加百分比="50", **days)
        for number in (1, 3):
            pair = {"人员编号": f"XM-V{number:06d}", "另一人员编号": f"XM-V{number + 1:06d}"}
            self._add("person_pairs", 关系="同岗" if number == 1 else "不同岗", **pair)

    def _person(self, number: int, random: Random) -> None:
        code = f"XM-V{number:06d}"
        born = date(1960, 1, 1) + timedelta(days=random.randrange(16_000))
        name = _RARE[number % 5] if number % 9 == 0 else random.choice(_SURNAMES) + random.choice(_GIVEN)
        self._add(
            "people",
            人员编号=code,
            姓名=name,
            力量类型="义警",
            状态="在队",
            参与程度="每周",
            性别=random.choice("男女"),
            出生日期=born.isoformat(),
            身份证号=resident_id(born, number % 999 + 1),
            手机号=f"13{random.randrange(10**9):09d}",
            每周上限=str(random.randint(1, 4)),
            工作日前夜免排="是" if number % 3 == 0 else "否",
            网格编号="XM-G002",
            住址经度=f"{113.6 + random.random() / 10:.6f}",
            住址纬度=f"{22.7 + random.random() / 10:.6f}",
            **{"村（社区）编号": "441900-121-002"},
        )
        squad = f"XM-S{number % max(1, self.people // 20) + 1:03d}"
        self._add("squad_memberships", 人员编号=code, 小组编号=squad, 职务="组员", 起始日期="2025-01-01")
        for pattern in random.sample([shift[0] for shift in _SHIFTS], 2):
            days = {f"周{day}": random.choice(("优先", "可以", "尽量不", "不可")) for day in "一二三四五六日"}
            self._add("availability", 人员编号=code, 班次编号=pattern, **days)
        if number % 8 == 0:
            self._add("team_memberships", 人员编号=code, 队伍编号="XM-T1", 职务="队员", 起始日期="2025-03-01")
            self._add("leave", 人员编号=code, 请假起="2026-11-24", 请假止="2026-11-26", 请假事由="事假")
        if number % 6 == 0:
            self._add("certificates", 人员编号=code, 技能编号="DRV", 证书编号=f"C{number:05d}", 有效期至="2028-01-01")
            course = {"培训课程": "勤务规范轮训", "培训日期": "2026-03-02", "培训分钟": "120", "培训结果": "合格"}
            self._add("training_records", 人员编号=code, 复训期限="2027-03-02", **course)
        for week in range(2):
            day = MONDAY - timedelta(days=7 * week + number % 7 + 1)
            self._add(
                "attendance",
                人员编号=code,
                执勤点编号="XM-P0001",
                班次编号="N1",
                日期=day.isoformat(),
                考勤状态="到",
                服务分钟="240",
            )


def small(people: int = 40, seed: int = 1) -> Tables:
    """Return a small township."""
    return Maker(people, seed).make()


def csv_text(rows: Sequence[Mapping[str, str]], *, delimiter: str = ",", end: str = "\r\n") -> str:
    """Return rows as the text of a CSV file; headings are those of all rows."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerow(headings)
    writer.writerows([row.get(heading, "") for heading in headings] for row in rows)
    return text.getvalue()


def write_folder(folder: Path, tables: Mapping[str, Sequence[Mapping[str, str]]], encoding: str = "utf-8-sig") -> Path:
    """Write every table to a CSV file named after it, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_bytes(csv_text(rows).encode(encoding))
    return folder
