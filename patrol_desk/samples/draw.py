"""Random draws that are the same on every platform and Python."""

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """A stream of draws for one topic of one township.

    Only `random.Random.random` is called: Python promises its sequence for a seed, and for no other method.

    Parameters
    ----------
    seed
        Seed of the township.
    topic
        What is drawn; each topic has a stream of its own, so that more draws in one leave the others alone.
    """

    def __init__(self, seed: int, topic: str) -> None:
        digest = hashlib.blake2b(f"{seed}/{topic}".encode(), digest_size=8).digest()
        self._next = random.Random(int.from_bytes(digest, "big")).random

    def below(self, count: int) -> int:
        """Return a whole number from 0 to count - 1."""
        return int(self._next() * count)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self._next() * (high - low + 1))

    def chance(self, per_mille: int) -> bool:
        """Return True that many times in a thousand."""
        return self._next() * 1000 < per_mille

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[int(self._next() * len(items))]

    def weighted(self, items: Sequence[tuple[T, int]]) -> T:
        """Return one of the items, each as often as its whole-number weight says."""
        left = int(self._next() * sum(weight for _, weight in items))
        index = 0
        while left >= items[index][1]:
            left -= items[index][1]
            index += 1
        return items[index][0]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in random order (Fisher and Yates)."""
        result = list(items)
        for last in range(len(result) - 1, 0, -1):
            other = int(self._next() * (last + 1))
            result[last], result[other] = result[other], result[last]
        return result
