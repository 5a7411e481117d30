"""People, squads, response teams and their memberships."""

from datetime import date

from patrol_desk.models import (
    ActivityClass,
    Certificate,
    Force,
    Gender,
    Person,
    PersonStatus,
    ResponseTeam,
    Skill,
    Squad,
    SquadMembership,
    SquadRole,
    TeamMembership,
)
from patrol_desk.sync.kinds import (
    DateKind,
    IntegerKind,
    PhoneKind,
    ReferenceKind,
    ResidentIdKind,
    TextKind,
    Word,
    WordsKind,
    yes_no,
)
from patrol_desk.sync.kinds.identity import birth_date_of
from patrol_desk.sync.tables.common import code, community, grid_cell, name, person, place
from patrol_desk.sync.tables.spec import Column, RowCheck, TableSpec, both_or_none, columns, in_order

FORCE = WordsKind(
    (
        Word(Force.OFFICER, "民警", "police officer", ("警察", "officer")),
        Word(Force.AUXILIARY, "辅警", "auxiliary"),
        Word(Force.VOLUNTEER, "义警", "volunteer police", ("volunteer", "志愿者")),
        Word(Force.FULL_TIME, "专职巡防员", "full-time patrol", ("专职", "巡防员", "full-time")),
        Word(Force.GUARD, "保安员", "security guard", ("保安", "guard")),
        Word(Force.GRID_WORKER, "网格员", "grid worker"),
        Word(Force.TRAFFIC, "交通协管员", "traffic warden", ("协管员", "traffic")),
        Word(Force.PUBLICITY, "平安使者", "publicity volunteer", ("publicity",)),
        Word(Force.LIAISON, "联络员", "community liaison", ("liaison",)),
    )
)
STATUS = WordsKind(
    (
        Word(PersonStatus.APPLIED, "申请", "applied", ("已申请",)),
        Word(PersonStatus.VETTED, "审核", "vetted", ("已审核",)),
        Word(PersonStatus.AWAITING_TRAINING, "待培训", "awaiting training"),
        Word(PersonStatus.ACTIVE, "在队", "active", ("在职", "正常")),
        Word(PersonStatus.INACTIVE, "停用", "inactive", ("离队", "退出")),
    )
)
ACTIVITY = WordsKind(
    (
        Word(ActivityClass.WEEKLY, "每周", "weekly"),
        Word(ActivityClass.MONTHLY, "每月", "monthly"),
        Word(ActivityClass.CALL_OUT, "仅召集", "call-out only", ("召集", "call-out")),
    )
)
GENDER = WordsKind((Word(Gender.FEMALE, "女", "female", ("f",)), Word(Gender.MALE, "男", "male", ("m",))))


def _strength() -> Column:
    return Column(
        "strength", "编制", "full strength", IntegerKind(1, 999), example=26, aliases=("编制人数", "strength")
    )


SKILLS = TableSpec(
    "skills",
    "技能",
    Skill,
    columns(
        code("技能编号", "skill code", "DRV", ("技能代码",)),
        name("技能名称", "skill name", "驾驶", ("技能",)),
        Column("mark", "技能简称", "skill mark", TextKind(4, one_line=True), True, example="驾", clearable=False),
    ),
    key=("code",),
    aliases=("技能表", "skill"),
)

SQUADS = TableSpec(
    "squads",
    "义警小组",
    Squad,
    columns(
        code("小组编号", "squad code", "HM-S001", ("义警小组编号",)),
        name("小组名称", "squad name", "沙角第一小组", ("小组", "义警小组")),
        community(),
        Column(
            "organisation_id",
            "单位编号",
            "organisation code",
            ReferenceKind("organisations"),
            example="HM-D001",
            aliases=("所属单位", "单位", "organisation", "organization"),
        ),
        *place("base_lon", "base_lat", "集合", "base "),
        _strength(),
    ),
    key=("code",),
    checks=(both_or_none("base_lon", "base_lat"),),
    aliases=("小组", "义警小组表", "squad"),
)


def _same_birth(birth_date: date, resident_id: str) -> bool:
    return birth_date_of(resident_id) == birth_date


PEOPLE = TableSpec(
    "people",
    "人员",
    Person,
    columns(
        code("人员编号", "person code", "HM-V000001", ("义警编号",)),
        name("姓名", "name", "张三", ("名字",)),
        Column(
            "force",
            "力量类型",
            "force",
            FORCE,
            default=Force.VOLUNTEER,
            example=Force.VOLUNTEER,
            clearable=False,
            aliases=("力量类别", "人员类别"),
        ),
        Column(
            "status",
            "状态",
            "status",
            STATUS,
            default=PersonStatus.ACTIVE,
            example=PersonStatus.ACTIVE,
            clearable=False,
            aliases=("人员状态",),
        ),
        Column("status_on", "状态日期", "status on", DateKind(), example=None),
        Column("status_reason", "状态原因", "status reason", TextKind(), blank=""),
        Column(
            "activity_class",
            "参与程度",
            "activity class",
            ACTIVITY,
            default=ActivityClass.MONTHLY,
            example=ActivityClass.WEEKLY,
            clearable=False,
            aliases=("参与频次",),
        ),
        Column("gender", "性别", "gender", GENDER, example=Gender.FEMALE, aliases=("sex",)),
        Column("birth_date", "出生日期", "birth date", DateKind(past=True), aliases=("生日", "出生年月日")),
        Column(
            "resident_id",
            "身份证号",
            "resident id",
            ResidentIdKind(),
            aliases=("身份证", "身份证号码", "公民身份号码", "证件号码"),
        ),
        Column(
            "phone",
            "手机号",
            "phone",
            PhoneKind(),
            example="13800001111",
            aliases=("手机", "手机号码", "电话", "联系电话", "mobile"),
        ),
        Column("joined_on", "入队日期", "joined on", DateKind(), aliases=("加入日期",)),
        Column("insured_from", "保险起", "insured from", DateKind(), aliases=("保险开始",)),
        Column("insured_until", "保险止", "insured until", DateKind(), aliases=("保险到期", "保险截止")),
        Column(
            "contract_minutes",
            "每周合同分钟",
            "contract minutes a week",
            IntegerKind(0, 10_080),
            aliases=("合同分钟", "contract minutes"),
        ),
        Column(
            "weekly_cap",
            "每周上限",
            "weekly cap",
            IntegerKind(0, 7),
            default=1,
            example=2,
            clearable=False,
            aliases=("每周最多次数", "每周最多班次"),
        ),
        community(),
        grid_cell(),
        Column(
            "organisation_id",
            "单位编号",
            "organisation code",
            ReferenceKind("organisations"),
            aliases=("所属单位", "单位", "organisation", "organization"),
        ),
        *place("home_lon", "home_lat", "住址", "home "),
        Column(
            "spares_workday_eve",
            "工作日前夜免排",
            "spare workday eves",
            yes_no(),
            default=False,
            example=False,
            clearable=False,
            aliases=("免排夜班",),
        ),
    ),
    key=("code",),
    aliases=("义警", "人员名册", "名册", "人员名单", "队员", "person", "persons", "volunteers"),
    unique=("resident_id",),
    checks=(
        in_order("insured_from", "insured_until"),
        RowCheck(("birth_date", "resident_id"), "import.birth_differs", _same_birth),
        both_or_none("home_lon", "home_lat"),
    ),
)

ROLE = WordsKind(
    (
        Word(SquadRole.LEADER, "组长", "leader", ("队长",)),
        Word(SquadRole.DEPUTY, "副组长", "deputy", ("副队长",)),
        Word(SquadRole.MEMBER, "组员", "member", ("队员", "成员")),
    )
)
TEAM_ROLE = WordsKind(
    (
        Word(SquadRole.LEADER, "队长", "leader", ("组长",)),
        Word(SquadRole.DEPUTY, "副队长", "deputy", ("副组长",)),
        Word(SquadRole.MEMBER, "队员", "member", ("组员", "成员")),
    )
)


def _membership(role: WordsKind) -> tuple[Column, Column, Column]:
    return (
        Column(
            "role",
            "职务",
            "role",
            role,
            default=SquadRole.MEMBER,
            example=SquadRole.MEMBER,
            clearable=False,
            aliases=("角色",),
        ),
        Column(
            "from_on",
            "起始日期",
            "from",
            DateKind(),
            required=True,
            clearable=False,
            aliases=("开始日期", "加入日期", "from on"),
        ),
        Column("until_on", "截止日期", "until", DateKind(), aliases=("结束日期", "until on")),
    )


SQUAD_MEMBERSHIPS = TableSpec(
    "squad_memberships",
    "小组成员",
    SquadMembership,
    columns(
        person(),
        Column(
            "squad_id",
            "小组编号",
            "squad code",
            ReferenceKind("squads"),
            True,
            example="HM-S001",
            clearable=False,
            aliases=("小组", "义警小组", "所在小组", "squad"),
        ),
        *_membership(ROLE),
    ),
    key=("person_id", "from_on"),
    aliases=("组员", "义警小组成员", "小组人员", "squad memberships", "squad members"),
    checks=(in_order("from_on", "until_on"),),
    exclusive=("person_id", "from_on", "until_on"),
)

RESPONSE_TEAMS = TableSpec(
    "response_teams",
    "先莞队",
    ResponseTeam,
    columns(
        code("队伍编号", "response team code", "HM-T01", ("先莞队编号",)),
        name("队伍名称", "response team name", "第一先莞队", ("先莞队",)),
        Column(
            "muster_point_id",
            "召集点编号",
            "muster point code",
            ReferenceKind("muster_points"),
            example="HM-Z01",
            aliases=("召集点", "muster point"),
        ),
        _strength(),
    ),
    key=("code",),
    aliases=("应急响应小组", "队伍", "response teams", "response team", "teams"),
)

TEAM_MEMBERSHIPS = TableSpec(
    "team_memberships",
    "先莞队成员",
    TeamMembership,
    columns(
        person(),
        Column(
            "team_id",
            "队伍编号",
            "response team code",
            ReferenceKind("response_teams"),
            True,
            example="HM-T01",
            clearable=False,
            aliases=("先莞队", "队伍", "response team"),
        ),
        *_membership(TEAM_ROLE),
    ),
    key=("person_id", "from_on"),
    aliases=("队伍成员", "应急响应小组成员", "先莞队队员", "team memberships", "team members"),
    checks=(in_order("from_on", "until_on"),),
    exclusive=("person_id", "from_on", "until_on"),
)

CERTIFICATES = TableSpec(
    "certificates",
    "证书",
    Certificate,
    columns(
        person(),
        Column(
            "skill_id",
            "技能编号",
            "skill code",
            ReferenceKind("skills"),
            True,
            example="DRV",
            clearable=False,
            aliases=("技能", "skill"),
        ),
        Column(
            "number",
            "证书编号",
            "certificate number",
            TextKind(),
            blank="",
            example="C-2025-0001",
            aliases=("证号", "证书号"),
        ),
        Column("issued_on", "发证日期", "issued on", DateKind()),
        Column("expires_on", "有效期至", "expires on", DateKind(), aliases=("到期日期", "失效日期")),
    ),
    key=("person_id", "skill_id"),
    aliases=("证书表", "技能证书", "certificate"),
    checks=(in_order("issued_on", "expires_on"),),
)
