"""People by hand: the list, one person in full, and every edit with its checks."""

from patrol_desk.services.people.detail import (
    PersonDetail,
    WeekHours,
    person_detail,
    reveal_phone,
)
from patrol_desk.services.people.duties import Affected, affected_duties
from patrol_desk.services.people.edit import (
    Retired,
    Saved,
    create_person,
    doubles,
    next_code,
    restore_people,
    retire_people,
    update_person,
)
from patrol_desk.services.people.fields import FIELDS, check_person_field, check_person_fields
from patrol_desk.services.people.groups import Moved, set_caps, set_squad
from patrol_desk.services.people.listing import SHOWN, Choices, changed_people, list_people, people_choices
from patrol_desk.services.people.months import MonthHours
from patrol_desk.services.people.proofs import Proof, end_certificate, set_certificate
from patrol_desk.services.people.records import may_edit, may_export
from patrol_desk.services.people.rows import PersonRow, SkillTag, SquadTag
from patrol_desk.services.people.times import (
    Cell,
    LeaveTaken,
    add_leave,
    change_leave,
    copy_availability,
    end_leave,
    set_availability,
)
from patrol_desk.services.people.training import Trained, Training, add_training, change_training, end_training
from patrol_desk.storage.reads.decisions import SparedRow
from patrol_desk.storage.reads.people import CertificateRow, LeaveRow, MembershipRow, NamedRow
from patrol_desk.storage.reads.person_statuses import StatusLine
from patrol_desk.storage.reads.rows import PatternRow
from patrol_desk.storage.reads.training import TrainingRow

__all__ = [
    "FIELDS",
    "SHOWN",
    "Affected",
    "Cell",
    "CertificateRow",
    "Choices",
    "LeaveRow",
    "LeaveTaken",
    "MembershipRow",
    "MonthHours",
    "Moved",
    "NamedRow",
    "PatternRow",
    "PersonDetail",
    "PersonRow",
    "Proof",
    "Retired",
    "Saved",
    "SkillTag",
    "SparedRow",
    "SquadTag",
    "StatusLine",
    "Trained",
    "Training",
    "TrainingRow",
    "WeekHours",
    "add_leave",
    "add_training",
    "affected_duties",
    "change_leave",
    "change_training",
    "changed_people",
    "check_person_field",
    "check_person_fields",
    "copy_availability",
    "create_person",
    "doubles",
    "end_certificate",
    "end_leave",
    "end_training",
    "list_people",
    "may_edit",
    "may_export",
    "next_code",
    "people_choices",
    "person_detail",
    "restore_people",
    "retire_people",
    "reveal_phone",
    "set_availability",
    "set_caps",
    "set_certificate",
    "set_squad",
    "update_person",
]
