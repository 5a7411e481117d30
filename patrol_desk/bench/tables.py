"""The engine's bench as Markdown: instances, runs, bars, peers, growth."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any, Final

from patrol_desk.bench.document import table
from patrol_desk.bench.summary import PEER_NAMES, numbers

Row = Mapping[str, Any]

Form = Callable[[float], str]


def _count(value: float) -> str:
    return f"{value:,.0f}"


UNPROVEN: Final = 10.0
"""A ratio or gap beyond this says that there is no bound to speak of."""


def percent(value: float) -> str:
    """Return a gap as a percentage; one that no bound stands against says so."""
    return f"{value:.2%}" if value < UNPROVEN else "unproven"


def _share(value: float) -> str:
    return f"{value:.1%}"


def _two(value: float) -> str:
    return f"{value:.2f}"


def _four(value: float) -> str:
    return f"{value:.4f}" if value < UNPROVEN else "unproven"


def _one(value: float) -> str:
    return f"{value:.1f}"


_INSTANCE: Final[tuple[tuple[str, str, Form], ...]] = (
    ("people", "people", _count),
    ("heads", "seats", _count),
    ("heads / duties possible", "ratio", _two),
    ("tightest shift", "tightest_shift", _two),
    ("tightest typed", "tightest_typed", _two),
    ("typed", "typed", _share),
    ("out of reach", "unreachable", _share),
    ("locked", "locked", _share),
    ("can serve", "available", _share),
    ("people a squad", "squad_size", _one),
    ("duties a squad and shift", "squad_duties", _one),
)

_RUN: Final[tuple[tuple[str, str, Form], ...]] = (
    ("tier ratio", "tier_ratio", _four),
    ("gap", "gap", percent),
    ("gap_rest", "gap_rest", percent),
    ("one squad", "single_squad_share", percent),
    ("first plan, s", "first_plan_seconds", _two),
    ("s", "seconds", _one),
    ("MB", "peak_mb", _count),
)

_VERSIONS: Final = (("Python", "python"), ("OR-Tools", "ortools"), ("numba", "numba"))

_SAFE: Final = ("violations", "figures_differ", "free_candidates")

_PEER_HEADS: Final = {
    "greedy": "compiled greedy", "plain_greedy": "plain greedy", "cpsat": "CP-SAT", "timefold": "Timefold",
}  # fmt: skip


_PEERS_SAY: Final = (
    "Missing minimum heads, and the plan's cost as a multiple of the engine's longest run on the same instance; "
    "medians. Timefold improves the plain greedy's plan."
)


def engine_text(found: Row) -> str:
    """Return the whole section of a report (`engine.report`)."""
    parts = [
        _preface(found),
        "### Instances\n\nMedians over the seeds.",
        _instances(found["rows"]),
        "### Runs\n\nEach cell is median / worst over the seeds.",
        _runs(found["summaries"]),
        "### Bars",
        _bars(found["bars"]),
        f"### Peers\n\n{_PEERS_SAY}",
        _peers(found["rows"], found["summaries"]),
    ]
    if any(row["kind"] == "growth" for row in found["rows"]):
        parts += ["### Growth\n\nShrunken copies of the family `large`, one seed, defaults.", _growth(found)]
    return "\n\n".join(parts)


def limit_text(limit: float | None) -> str:
    """Return a time limit in words."""
    return "default" if limit is None else f"{limit:g} s"


def _preface(found: Row) -> str:
    machine, options = found["machine"], found["options"]
    lanes = int(options["jobs"])
    how = "one run at a time" if lanes == 1 else f"{lanes} runs at a time, each held to its share of the cores"
    told = ", ".join(f"{name} {machine[key]}" for name, key in _VERSIONS)
    lines = [
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB; {machine['system']}, {told}.",
        f"{how[0].upper()}{how[1:]}.",
        f"{len(found['rows'])} runs; broken rules, figures in dispute or failed runs: {len(found['faults'])}.",
    ]
    if not found["complete"]:
        lines.append("The run was stopped before its end: the number of seeds says what there is.")
    return " ".join(lines)


def _instances(rows: Sequence[Row]) -> str:
    families = dict.fromkeys(str(row["family"]) for row in rows if row["kind"] == "instance")
    lines = []
    for name in families:
        own = [row for row in rows if row["kind"] == "instance" and row["family"] == name]
        lines.append([name, *(_middle(own, figure, form) for _, figure, form in _INSTANCE)])
    return table(["family", *(head for head, _, _ in _INSTANCE)], lines)


def _middle(rows: Sequence[Row], figure: str, form: Form) -> str:
    values = numbers(rows, figure)
    return form(median(values)) if values else "–"


def _runs(summaries: Sequence[Row]) -> str:
    heads = ["family", "limit", "seeds", "empty / proven", *(head for head, _, _ in _RUN), "broken, differing, free"]
    lines = []
    for summary in summaries:
        middle, worst = summary["median"], summary["worst"]
        empty = f"{_count(middle['shortage'])} / {_count(middle['shortage_bound'])}"
        figures = [f"{form(middle[name])} / {form(worst[name])}" for _, name, form in _RUN]
        safe = ", ".join(_count(worst[name]) for name in _SAFE)
        lines.append([summary["family"], limit_text(summary["limit"]), str(summary["seeds"]), empty, *figures, safe])
    return table(heads, lines)


def _bars(bars: Sequence[Row]) -> str:
    """Return the missed bars one by one, and the reached ones together for each figure and bar."""
    missed = [bar for bar in bars if bar["verdict"] != "reached"]
    reached: dict[tuple[str, str], list[Row]] = {}
    for bar in bars:
        if bar["verdict"] == "reached":
            reached.setdefault((bar["bar"]["figure"], _wanted(bar["bar"])), []).append(bar)
    parts = [f"{len(bars) - len(missed)} of {len(bars)} reached by every seed."]
    if missed:
        heads = ["figure", "family, limit", "bar", "median", "worst", "verdict"]
        parts += ["Not by every seed (“median”: by the median):", table(heads, [_missed(bar) for bar in missed])]
    lines = [[figure, wanted, _worst(own), _places(own)] for (figure, wanted), own in reached.items()]
    return "\n\n".join([*parts, "Reached:", table(["figure", "bar", "worst", "families"], lines)])


def _wanted(rule: Row) -> str:
    return f"≤ {rule['most']:g}" if rule["most"] is not None else f"≥ {rule['least']:g}"


def _missed(bar: Row) -> list[str]:
    where = f"{bar['family']}, {limit_text(bar['limit'])}"
    rule = bar["bar"]
    return [rule["figure"], where, _wanted(rule), f"{bar['median']:.4g}", f"{bar['worst']:.4g}", bar["verdict"]]


def _worst(bars: Sequence[Row]) -> str:
    """Return the value that comes nearest to the bar."""
    values = [float(bar["worst"]) for bar in bars]
    return f"{(max if bars[0]['bar']['most'] is not None else min)(values):.4g}"


def _places(bars: Sequence[Row]) -> str:
    """Name the families, each with the limits under which it was run."""
    limits: dict[str, list[str]] = {}
    for bar in bars:
        limits.setdefault(bar["family"], []).extend([] if bar["limit"] is None else [f"{bar['limit']:g} s"])
    return ", ".join(f"{name} ({', '.join(own)})" if own else name for name, own in limits.items())


def _peers(rows: Sequence[Row], summaries: Sequence[Row]) -> str:
    longest = {summary["family"]: summary for summary in summaries}
    lines = []
    for name, summary in longest.items():
        cells = [_count(summary["median"]["shortage"])]
        own = [row for row in rows if row["family"] == name]
        cells += [_peer_cell(own, summary["median"], peer) for peer in PEER_NAMES]
        lines.append([name, *cells])
    return table(["family", "engine", *(_PEER_HEADS[peer] for peer in PEER_NAMES)], lines)


def _peer_cell(rows: Sequence[Row], middle: Mapping[str, float], peer: str) -> str:
    """Return a peer's missing heads and its cost over the engine's, or why there is none."""
    inside = [row for row in rows if row["kind"] == "instance"]
    apart = [row for row in rows if row["kind"] == peer]
    missing = numbers(apart, "shortage") or numbers(inside, f"{peer}_shortage")
    if missing and f"cost_over_{peer}" in middle:
        return f"{_count(median(missing))}, {_two(1 / max(middle[f'cost_over_{peer}'], 1e-9))} ×"
    for row in apart:
        for why in ("skipped", "failed", "broken"):
            if row.get(why):
                return f"{why}: {row[why]}"
    return "–"


def _growth(found: Row) -> str:
    forms: tuple[tuple[str, str, Form], ...] = (
        ("s", "seconds", _one), ("processor, s", "cpu_seconds", _one), ("MB", "peak_mb", _count),
        ("gap", "gap", percent), ("gap_rest", "gap_rest", percent), ("one squad", "single_squad_share", percent),
    )  # fmt: skip
    lines = [
        [_count(row["people"]), _count(row["seats"]), *(form(row[name]) for _, name, form in forms)]
        for row in found["rows"]
        if row["kind"] == "growth" and "failed" not in row
    ]
    slopes = found["growth"]
    lines.append(["exponent", "", *("–" if (b := slopes.get(name)) is None else _two(b) for _, name, _ in forms)])
    return table(["people", "heads", *(head for head, _, _ in forms)], lines)
