"""The closed lists of the domain; values are what the database holds."""

from enum import IntEnum, StrEnum


class Force(StrEnum):
    """力量类型."""

    OFFICER = "officer"
    AUXILIARY = "auxiliary"
    VOLUNTEER = "volunteer"
    FULL_TIME = "full_time"
    GUARD = "guard"
    GRID_WORKER = "grid_worker"
    TRAFFIC = "traffic"
    PUBLICITY = "publicity"
    LIAISON = "liaison"


class PersonStatus(StrEnum):
    """申请 → 审核 → 待培训 → 在队 → 停用."""

    APPLIED = "applied"
    VETTED = "vetted"
    AWAITING_TRAINING = "awaiting_training"
    ACTIVE = "active"
    INACTIVE = "inactive"


class ActivityClass(StrEnum):
    """参与程度."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    CALL_OUT = "call_out"


class TrainingResult(StrEnum):
    """培训结果: 合格 / 不合格 / 参加 (no test)."""

    PASSED = "passed"
    FAILED = "failed"
    ATTENDED = "attended"


class Gender(StrEnum):
    """性别."""

    FEMALE = "female"
    MALE = "male"


class SquadRole(StrEnum):
    """组长 / 副组长 / 组员 (队员 in a response team)."""

    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"


class CheckpointKind(StrEnum):
    """固定岗 / 巡逻点 / 联防卡口 / 临时勤务."""

    FIXED_POST = "fixed_post"
    PATROL_STOP = "patrol_stop"
    JOINT_GATE = "joint_gate"
    TEMPORARY_DUTY = "temporary_duty"


class CheckpointStatus(StrEnum):
    """筹建 / 启用 / 暂停 / 关闭."""

    PLANNED = "planned"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Preference(IntEnum):
    """可执勤时间: 不可 / 尽量不 / 可以 / 优先."""

    UNAVAILABLE = 0
    AVOID = 1
    FINE = 2
    PREFER = 3


class LeaveReason(StrEnum):
    """请假事由."""

    PERSONAL = "personal"
    SICK = "sick"
    WORK = "work"
    FAMILY = "family"
    AWAY = "away"
    OTHER = "other"


class HolidayKind(StrEnum):
    """节假日 / 调休上班."""

    HOLIDAY = "holiday"
    MAKE_UP_WORKDAY = "make_up_workday"


class OrganisationKind(StrEnum):
    """所属单位的类别."""

    COMPANY = "company"
    ASSOCIATION = "association"
    BRANCH = "branch"
    OWNERS_COMMITTEE = "owners_committee"


class MapFeatureKind(StrEnum):
    """道路 / 河流."""

    MAIN_ROAD = "main_road"
    ROAD = "road"
    RIVER = "river"


class PlanState(StrEnum):
    """草稿 → 已发布 → 已结束."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class VersionState(StrEnum):
    """A plan version: the working draft, the one in force, or one that a newer replaced."""

    DRAFT = "draft"
    PUBLISHED = "published"
    OUTDATED = "outdated"


class RuleStrength(StrEnum):
    """How strictly a rule is kept: 必须遵守 / 尽量遵守 / 仅提示 / 不要求."""

    HARD = "hard"
    WEIGHTED = "weighted"
    HINT = "hint"
    OFF = "off"


class OverrideBy(StrEnum):
    """谁可破例: the last of the roles that may override a rule; those before it may too."""

    NOBODY = "nobody"
    CHIEF = "chief"
    DUTY_OFFICER = "duty_officer"
    CLERK = "clerk"


class PairKind(StrEnum):
    """同岗 / 不同岗: two people who must, or must not, serve in one patrol."""

    TOGETHER = "together"
    APART = "apart"


class AssignmentSource(StrEnum):
    """Who put the person there."""

    SOLVER = "solver"
    HAND = "hand"
    IMPORT = "import"


class AttendanceState(StrEnum):
    """到 / 迟 / 缺 / 替."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    REPLACED = "replaced"


class OverrideReason(StrEnum):
    """破例原因: 突发勤务 / 本人自愿 / 无其他人可用 / 上级指令 / 其他."""

    EMERGENCY = "emergency"
    WILLING = "willing"
    NOBODY_ELSE = "nobody_else"
    ORDERED = "ordered"
    OTHER = "other"


class RequestKind(StrEnum):
    """请假退出一班 / 两人互换."""

    DROP = "drop"
    SWAP = "swap"


class RequestState(StrEnum):
    """待批 / 已批准 / 未批准."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"


class ImportState(StrEnum):
    """How an import ended."""

    DONE = "done"
    UNDONE = "undone"


class Role(StrEnum):
    """所长 / 值班员 / 内勤 / 只读 / 审计员."""

    CHIEF = "chief"
    DUTY_OFFICER = "duty_officer"
    CLERK = "clerk"
    VIEWER = "viewer"
    AUDITOR = "auditor"
