"""What every part of the solver works on: the problem as flat arrays, a plan as slots, and the small kernels on both."""
