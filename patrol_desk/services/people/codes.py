"""Codes that come next: one more than the highest of the most usual form."""

import re
from collections import Counter
from collections.abc import Collection

_NUMBERED = re.compile(r"(.*?)(\d+)", re.ASCII)


def following(codes: Collection[str]) -> str:
    """Return the code after the highest of the most usual form: ``XZ-0330`` → ``XZ-0331``; "" where there is none."""
    found = [match for match in map(_NUMBERED.fullmatch, codes) if match is not None]
    if not found:
        return ""
    head = Counter(match[1] for match in found).most_common(1)[0][0]
    tails = [match[2] for match in found if match[1] == head]
    return f"{head}{max(map(int, tails)) + 1:0{max(map(len, tails))}d}"
