"""The benchmarks: figures as data, ratios against a named peer or a bound of the same run."""

from patrol_desk.bench.catalogue import run

__all__ = ["run"]
