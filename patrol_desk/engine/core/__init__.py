"""What all parts of the solver work on: the problem as flat arrays, a plan as slots, the small kernels on both."""
