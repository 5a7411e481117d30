"""Type sizes and row heights in logical pixels at 100 %."""

from types import MappingProxyType
from typing import Final

TYPE: Final = MappingProxyType(
    {
        "display": (28, True),
        "metric": (22, True),
        "kpi": (18, True),
        "page": (16, True),
        "object": (15, True),
        "body": (13, False),
        "secondary": (12, False),
        "micro": (11, False),
    }
)
"""Role → size, bold."""

ROWS: Final = MappingProxyType(
    {
        "roster": (27, 23),
        "group": (24, 21),
        "footer": (34, 27),
        "table": (29, 26),
        "today": (27, 24),
        "call": (34, 30),
        "header": (28, 26),
    }
)
"""Kind of row → height, height when compact."""

SIDES: Final = MappingProxyType({"inspector": (328, 300), "people": (398, 384), "today": (392, 360), "map": (298, 298)})
"""Side panel → width, width when compact."""
