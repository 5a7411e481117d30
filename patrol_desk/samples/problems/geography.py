"""Where a made-up township's communities, squads and checkpoints lie."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from patrol_desk.engine.problem import Int32
from patrol_desk.samples.problems.spec import Spec

_METRES_PER_ROOT_CHECKPOINT = 600
"""A township with four times the checkpoints is twice as wide."""


@dataclass(frozen=True, slots=True, eq=False)
class Geography:
    """Places on a plane in metres: (S, 2) squad bases and (C, 2) checkpoints."""

    bases: Int32
    checkpoints: Int32


def make_geography(spec: Spec, rng: Generator) -> Geography:
    """Return the places of one township: squads and checkpoints round communities, some checkpoints far out."""
    width = max(3_000.0, _METRES_PER_ROOT_CHECKPOINT * spec.checkpoints**0.5)
    communities = rng.uniform(0, width, (max(3, spec.squads // 12), 2))
    weight = rng.dirichlet(np.full(len(communities), 3.0))
    bases = communities[rng.choice(len(communities), spec.squads, p=weight)] + rng.normal(0, 350, (spec.squads, 2))
    even = np.full(len(communities), 1 / len(communities))
    near = communities[rng.choice(len(communities), spec.checkpoints, p=(weight + even) / 2)]
    checkpoints = near + rng.normal(0, 700, near.shape)
    far = rng.random(spec.checkpoints) < spec.remote
    angle = rng.uniform(0, np.pi / 3, spec.checkpoints)
    distance = width * 0.7 + spec.reach_m * rng.uniform(0.5, 1.05, spec.checkpoints)
    outside = width / 2 + distance[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    checkpoints[far] = outside[far]
    return Geography(bases.astype(np.int32), checkpoints.astype(np.int32))
