"""Published runs of the engine's bench, one small file each, and a table over them."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from patrol_desk.bench.document import table
from patrol_desk.bench.tables import limit_text, percent

Row = Mapping[str, Any]

_KEPT: Final = ("machine", "options", "summaries", "growth", "faults", "complete")

_FIGURES: Final = (
    "shortage", "shortage_bound", "tier_ratio", "gap", "gap_rest", "single_squad_share", "first_plan_seconds",
    "seconds", "peak_mb",
)  # fmt: skip

_TOLD: Final = (("saturated", 30.0), ("slack", 30.0), ("large", 60.0), ("full_rules", None))
"""The runs whose medians stand in the table over time."""


def keep_in_history(folder: Path, day: date, found: Row) -> Path:
    """Write a report in short; a second one of a day gets a number."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"engine-{day.isoformat()}.json"
    number = 2
    while path.exists():
        path = folder / f"engine-{day.isoformat()}-{number}.json"
        number += 1
    short = {"date": day.isoformat(), **{name: found[name] for name in _KEPT}, "bars": _verdicts(found["bars"])}
    short["summaries"] = [_short(summary) for summary in found["summaries"]]
    path.write_text(json.dumps(short, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def history_text(folder: Path) -> str:
    """Return the table of medians over time, oldest first."""
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("engine-*.json"))]
    lines = []
    for run in sorted(runs, key=lambda found: str(found["date"])):
        for family, limit in _TOLD:
            lines += [
                _line(run, summary)
                for summary in run["summaries"]
                if (summary["family"], summary["limit"]) == (family, limit)
            ]
    heads = ["date", "family, limit", "seeds", "gap", "gap_rest", "one squad", "first plan, s", "MB", "bars reached"]
    return table(heads, lines)


def _line(run: Row, summary: Row) -> list[str]:
    middle = summary["median"]
    bars = run["bars"]
    reached = sum(verdict["verdict"] == "reached" for verdict in bars)
    return [
        str(run["date"]),
        f"{summary['family']}, {limit_text(summary['limit'])}",
        str(summary["seeds"]),
        percent(middle["gap"]),
        percent(middle["gap_rest"]),
        f"{middle['single_squad_share']:.2%}",
        f"{middle['first_plan_seconds']:.2f}",
        f"{middle['peak_mb']:,.0f}",
        f"{reached} of {len(bars)}",
    ]


def _short(summary: Row) -> dict[str, object]:
    """Return a summary with the figures that history tells."""
    kept = {name: summary[name] for name in ("family", "limit", "seeds")}
    for name in ("median", "worst"):
        kept[name] = {figure: summary[name][figure] for figure in _FIGURES if figure in summary[name]}
    return kept


def _verdicts(bars: Sequence[Row]) -> list[dict[str, object]]:
    return [
        {
            "figure": bar["bar"]["figure"],
            **{name: bar[name] for name in ("family", "limit", "median", "worst", "verdict")},
        }
        for bar in bars
    ]
