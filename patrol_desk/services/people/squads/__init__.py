"""Squads and response teams: the list, one in full, transfers with their effect, and every edit."""

from patrol_desk.services.people.squads.detail import Expiry, GroupDetail, MemberCard, Stay, group_detail
from patrol_desk.services.people.squads.edit import (
    Closed,
    GroupText,
    close_group,
    create_group,
    next_group_code,
    update_group,
)
from patrol_desk.services.people.squads.listing import list_groups
from patrol_desk.services.people.squads.moving import Change, Effect, Transfer, effect_of, set_role, set_team, transfer
from patrol_desk.services.people.squads.rows import LEAD, NIGHT, GroupKind, GroupLine, Level, NeedSource

__all__ = [
    "LEAD",
    "NIGHT",
    "Change",
    "Closed",
    "Effect",
    "Expiry",
    "GroupDetail",
    "GroupKind",
    "GroupLine",
    "GroupText",
    "Level",
    "MemberCard",
    "NeedSource",
    "Stay",
    "Transfer",
    "close_group",
    "create_group",
    "effect_of",
    "group_detail",
    "list_groups",
    "next_group_code",
    "set_role",
    "set_team",
    "transfer",
    "update_group",
]
