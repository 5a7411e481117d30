"""Solve the network, read people out of the hubs, and recover the duals."""

from typing import Final

import numpy as np

from patrol_desk.engine.compiled import kernel
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.state import State, empty_slot, fits_slot, has_room, put
from patrol_desk.engine.core.teams import drop_breaks
from patrol_desk.engine.network.build import SINK, SOURCE, Network
from patrol_desk.engine.problem import Int32

SWEEPS: Final = 400
"""Most passes of Bellman and Ford's relaxation; an optimal flow needs far fewer."""


def solve_flow(network: Network) -> tuple[Int64, ...]:
    """Return the flow of each layer's arcs at least cost (A. V. Goldberg's cost scaling, in OR-Tools)."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # lazy: only the flow phase needs it

    solver = SimpleMinCostFlow()
    numbers = [
        solver.add_arcs_with_capacity_and_unit_cost(layer.tail, layer.head, layer.capacity.astype(np.int64), layer.cost)
        for layer in network.layers  # layer by layer: no second copy of all arcs
    ]
    solver.set_node_supply(SOURCE, network.supply)
    solver.set_node_supply(SINK, -network.supply)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise ArithmeticError(status.name)
    return tuple(np.asarray(solver.flows(arcs), dtype=np.int64) for arcs in numbers)


def read_out(network: Network, flows: tuple[Int64, ...]) -> Int64:
    """Return (n, 2) pairs person, group: in each hub people and seats are matched in order."""
    _, _, serve, split, post, _, keep, _ = flows
    served = np.flatnonzero(serve > 0)
    set_of = network.serves.head[served]
    people = network.serve_person[served][np.argsort(set_of, kind="stable")]
    split_order = np.argsort(network.splits.tail, kind="stable")
    relay = np.repeat(network.splits.head[split_order], split[split_order])
    people = people[np.argsort(relay, kind="stable")]
    post_order = np.lexsort((network.posts.head, network.posts.tail))
    group = np.repeat(network.posts.head[post_order], post[post_order]) - network.group_node
    kept = np.flatnonzero(keep > 0)
    kept_pairs = np.column_stack([network.keep_person[kept], network.keeps.head[kept] - network.group_node])
    return np.concatenate([kept_pairs, np.column_stack([people, group])]).astype(np.int64)


@kernel
def enter(instance: Instance, state: State, pairs: Int64) -> int:
    """Put the pairs into the state where all rules allow it; return how many did not fit.

    Teams are looked at once they are complete, so that the order of the pairs does not decide.
    """
    left = 0
    for row in range(len(pairs)):
        person = int(pairs[row, 0])
        slot = empty_slot(instance, state, int(pairs[row, 1]))
        if slot >= 0 and fits_slot(instance, person, slot) and has_room(instance, state, person, slot, -1):
            put(instance, state, slot, person)
        else:
            left += 1
    return left + drop_breaks(instance, state)


def seat_prices(network: Network, flows: tuple[Int64, ...], most: Int64) -> Int64:
    """Return (G,) what one more head costs at each group: potentials of the residual network of an optimal flow.

    Parameters
    ----------
    most
        (G,) what a head is worth to the group at most; a higher price never makes a better bound.
    """
    potential = np.zeros(network.nodes, dtype=np.int64)
    layers = [(layer, flow) for layer, flow in zip(network.layers, flows, strict=True) if len(layer)]
    for _ in range(SWEEPS):
        lowered = [
            _relax(layer.tail, layer.head, layer.cost, flow, layer.capacity, potential) for layer, flow in layers
        ]
        if not any(lowered):
            break
    nodes = network.group_node + np.arange(len(most))
    prices: Int64 = np.clip(potential[nodes] - potential[SOURCE], 0, most)
    return prices


@kernel
def _relax(tail: Int32, head: Int32, cost: Int64, flow: Int64, capacity: Int32, potential: Int64) -> bool:
    """Lower potentials where a residual arc is shorter than they say (Bellman and Ford); return whether any was."""
    changed = False
    for arc in range(len(tail)):
        here = tail[arc]
        there = head[arc]
        if flow[arc] < capacity[arc] and potential[here] + cost[arc] < potential[there]:
            potential[there] = potential[here] + cost[arc]
            changed = True
        if flow[arc] > 0 and potential[there] - cost[arc] < potential[here]:
            potential[here] = potential[there] - cost[arc]
            changed = True
    return changed
