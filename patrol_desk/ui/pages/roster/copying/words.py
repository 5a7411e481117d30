"""What copying and pasting did or would do, in sentences."""

from collections.abc import Sequence

from patrol_desk.services.planning.edits import Copied
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.roster.squads.words import rule_text


def reasons(counts: Sequence[tuple[str, int]]) -> str:
    """Return rules and how many each refuses."""
    return tr("，|列举").join(tr("{rule} {count}", rule=rule_text(rule), count=count) for rule, count in counts)


def copied_sentences(copied: Copied) -> list[str]:
    """Return what copying would do, a sentence a line."""
    found = [tr("将复制 {count} 个班次。", count=copied.copied)]
    if copied.removed:
        found.append(tr("先移除目标里未锁定的 {count} 个班次。", count=copied.removed))
    if copied.kept:
        found.append(tr("已锁定的 {count} 个班次保留。", count=copied.kept))
    if copied.there:
        found.append(tr("{count} 个班次目标里已有。", count=copied.there))
    if copied.left_out:
        why = reasons(copied.left_out_by)
        found.append(tr("{count} 个被规则挡住，不复制：{why}。", count=copied.left_out, why=why))
    return found
