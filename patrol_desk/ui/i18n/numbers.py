"""Numbers as the desk writes them."""


def percent(share: float | None) -> str:
    """Return a share as ``96.1``; a dash for none. What is not quite everything never reads 100.0."""
    if share is None:
        return "–"
    return f"{min(share * 100, 99.9):.1f}" if share < 1 else "100.0"


def points(change: float) -> str:
    """Return a change of a share in percentage points: with its sign, ``±0.0`` for none."""
    text = f"{abs(change) * 100:.1f}"
    if float(text) == 0:
        return f"±{text}"
    return f"+{text}" if change > 0 else f"\N{MINUS SIGN}{text}"
