"""Numbers as the desk writes them."""


def percent(share: float | None) -> str:
    """Return a share as ``96.1``; a dash for none. What is not quite everything never reads 100.0."""
    if share is None:
        return "–"
    return f"{min(share * 100, 99.9):.1f}" if share < 1 else "100.0"


def points(share: float, before: float) -> str:
    """Return how a share changed in percentage points, as the two shown figures differ; ``±0.0`` for no change."""
    change = round(float(percent(share)) - float(percent(before)), 1)
    if change == 0:
        return "±0.0"
    return f"+{change}" if change > 0 else f"\N{MINUS SIGN}{-change}"
