"""The township's rules, and who must or must not serve together."""

from operator import ne

from patrol_desk.engine.settings import NUMBER, STRENGTH, number_allowed, setting
from patrol_desk.models import OverrideBy, PairKind, PersonPair, Rule, RuleStrength
from patrol_desk.sync.kinds import DateKind, IntegerKind, ReferenceKind, Word, WordsKind
from patrol_desk.sync.tables.common import code, person
from patrol_desk.sync.tables.places import CHECKPOINT_KIND
from patrol_desk.sync.tables.spec import Column, RowCheck, TableSpec, columns

RULE_STRENGTH = WordsKind(
    (
        Word(RuleStrength.HARD, "必须遵守", "hard", ("硬", "必须")),
        Word(RuleStrength.WEIGHTED, "尽量遵守", "weighted", ("软", "尽量")),
        Word(RuleStrength.HINT, "仅提示", "hint", ("提示",)),
        Word(RuleStrength.OFF, "不要求", "off", ("关闭",)),
    )
)


OVERRIDE_BY = WordsKind(
    (
        Word(OverrideBy.NOBODY, "谁也不能", "nobody", ("不能",)),
        Word(OverrideBy.CHIEF, "所长", "chief", ()),
        Word(OverrideBy.DUTY_OFFICER, "值班员", "duty officer", ()),
        Word(OverrideBy.CLERK, "内勤", "clerk", ("排班的人",)),
    )
)


def _may_differ(rule: str, what: str) -> bool:
    """Say whether a rule may be set by kind of checkpoint: its strength, its number, or (any) at all."""
    known = setting(rule)
    return known is None or (bool(known.by_kind) if what == "any" else what in known.by_kind)


def _strength_by_kind(rule: str, kind: object, strength: object) -> bool:
    del kind, strength  # both are there
    return _may_differ(rule, STRENGTH)


def _number_by_kind(rule: str, kind: object, number: object) -> bool:
    del kind, number  # both are there
    return _may_differ(rule, NUMBER)


def _by_kind(rule: str, kind: object) -> bool:
    del kind  # it is there
    return _may_differ(rule, "any")


def _never(*given: object) -> bool:
    del given  # what must not be there together
    return False


def _who_fits(rule: str, who: OverrideBy) -> bool:
    del who  # each is one of the roles
    known = setting(rule)
    return known is None or bool(known.who)


def _strength_fits(rule: str, strength: RuleStrength) -> bool:
    known = setting(rule)
    return known is None or strength.value in known.allowed


def _number_fits(rule: str, number: int) -> bool:
    known = setting(rule)
    return known is None or number_allowed(known, number)


RULES = TableSpec(
    "rules",
    "规则",
    Rule,
    columns(
        code("规则编号", "rule code", "rest_minutes", ("规则",)),
        Column("checkpoint_kind", "执勤点类别", "checkpoint kind", CHECKPOINT_KIND, clearable=False),
        Column("strength", "力度", "strength", RULE_STRENGTH, example=RuleStrength.HARD, aliases=("严格程度",)),
        Column("number", "数值", "number", IntegerKind(-1_000_000_000, 1_000_000_000), example=480),
        Column("who", "谁可破例", "override by", OVERRIDE_BY, aliases=("可破例",)),
        Column("since", "生效日期", "holds from", DateKind(), clearable=False, aliases=("从何时生效",)),
    ),
    key=("code", "checkpoint_kind", "since"),
    aliases=("规则表", "rule"),
    checks=(
        RowCheck(("code",), "import.rule_unknown", lambda rule: setting(rule) is not None),
        RowCheck(("code", "checkpoint_kind"), "import.rule_not_by_kind", _by_kind),
        RowCheck(("code", "checkpoint_kind", "strength"), "import.rule_not_by_kind", _strength_by_kind),
        RowCheck(("code", "checkpoint_kind", "number"), "import.rule_not_by_kind", _number_by_kind),
        RowCheck(("code", "strength"), "import.rule_strength", _strength_fits),
        RowCheck(("code", "number"), "import.rule_number", _number_fits),
        RowCheck(("code", "who"), "import.rule_who", _who_fits),
        RowCheck(("code", "checkpoint_kind", "who"), "import.rule_not_by_kind", _never),
        RowCheck(("since",), "import.rule_since", lambda since: since.weekday() == 0),
    ),
)

PERSON_PAIRS = TableSpec(
    "person_pairs",
    "搭档关系",
    PersonPair,
    columns(
        person(),
        Column(
            "other_id",
            "另一人员编号",
            "other person code",
            ReferenceKind("people", by_name=False),
            True,
            example="HM-V000002",
            clearable=False,
            aliases=("搭档编号", "other person"),
        ),
        Column(
            "kind",
            "关系",
            "relation",
            WordsKind(
                (
                    Word(PairKind.TOGETHER, "同岗", "together", ("一起",)),
                    Word(PairKind.APART, "不同岗", "apart", ("分开", "回避")),
                )
            ),
            True,
            example=PairKind.TOGETHER,
            clearable=False,
        ),
    ),
    key=("person_id", "other_id"),
    aliases=("搭档", "person pairs", "pairs"),
    checks=(RowCheck(("person_id", "other_id"), "import.pair_with_self", ne),),
    opposing=("person_id", "other_id", "kind"),
)
