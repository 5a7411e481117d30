"""Words of kinds, statuses and tiers of places, in the language in force."""

from patrol_desk.models import CheckpointKind, CheckpointStatus
from patrol_desk.services.places.rows import SeatDemand, SkillKind
from patrol_desk.ui.i18n import tr


def kind_text(kind: CheckpointKind) -> str:
    """Return a kind of checkpoint in words."""
    return {
        CheckpointKind.FIXED_POST: tr("固定岗"),
        CheckpointKind.PATROL_STOP: tr("巡逻点"),
        CheckpointKind.JOINT_GATE: tr("联防卡口"),
        CheckpointKind.TEMPORARY_DUTY: tr("临时勤务"),
    }[kind]


def kind_mark(kind: CheckpointKind) -> str:
    """Return the one character that stands for a kind of checkpoint in its box."""
    return {
        CheckpointKind.FIXED_POST: tr("固|box of a kind of checkpoint"),
        CheckpointKind.PATROL_STOP: tr("巡|box of a kind of checkpoint"),
        CheckpointKind.JOINT_GATE: tr("卡|box of a kind of checkpoint"),
        CheckpointKind.TEMPORARY_DUTY: tr("临|box of a kind of checkpoint"),
    }[kind]


def status_text(status: CheckpointStatus) -> str:
    """Return a status in words."""
    return {
        CheckpointStatus.PLANNED: tr("筹建"),
        CheckpointStatus.ACTIVE: tr("启用"),
        CheckpointStatus.SUSPENDED: tr("暂停|status of a checkpoint"),
        CheckpointStatus.CLOSED: tr("关闭|status of a checkpoint"),
    }[status]


def tier_text(tier: int) -> str:
    """Return a tier in words; 1 is the most important."""
    return {1: tr("一级"), 2: tr("二级"), 3: tr("三级")}[tier]


def distance_text(metres: int) -> str:
    """Return a distance: ``350 m`` below one kilometre, else ``1.4 km``."""
    return f"{metres} m" if metres < 1000 else f"{metres / 1000:.1f} km"


def seat_text(seat: SeatDemand, skills: dict[str, SkillKind]) -> str:
    """Return a kind of seat in words."""
    if seat.leader:
        return tr("组长带班")
    if seat.skill_id is None:
        return tr("任意")
    return skills[seat.skill_id].name
