"""Minimum-cost flow: person → window → hub (squad × home cell × shift × capabilities) → seat group."""
