"""Families of planning problems, deterministic by seed: each is hard in the way its name says."""

from patrol_desk.samples.problems.families import FAMILIES, family
from patrol_desk.samples.problems.greedy import greedy
from patrol_desk.samples.problems.saturation import Saturation, saturation
from patrol_desk.samples.problems.spec import SPECS
from patrol_desk.samples.problems.tiny import tiny

__all__ = ["FAMILIES", "SPECS", "Saturation", "family", "greedy", "saturation", "tiny"]
