"""Generated townships and planning problems, deterministic by seed."""

from patrol_desk.samples.sample import Sample, Scarcity
from patrol_desk.samples.township import generate
from patrol_desk.samples.write import write_sample

__all__ = ["Sample", "Scarcity", "generate", "write_sample"]
